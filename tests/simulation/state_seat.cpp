#include "simulation/state_seat.h"

#include <utility>

#include "observe/state_documents.h"
#include "simulation/seat.h"

namespace evenkeel::simulation {
namespace {

class State final : public StateStore {
 public:
  State(Stage& stage, int agent) : documents_(stage, agent, Place::kDocuments), blobs_(stage, agent, Place::kBlobs), journal_(stage, agent, Place::kJournal) {}
  StatusOr<StateDocument> GetDocument(std::string_view kind, std::string_view id) override {
    return documents_.Read("Get", kind, [&] { return state().GetDocument(kind, id); });
  }
  StatusOr<StateDocument> PutDocument(std::string_view kind, std::string_view id, const Json& value, const std::optional<Version>& expected) override {
    return documents_.Write("Put", kind, [seat = documents_, kind = std::string(kind), id = std::string(id), value, expected] {
      const auto before = kind == kLeaseKind ? LeaseIn(seat.world(), id) : std::nullopt;
      auto put = seat.world().state.PutDocument(kind, id, value, expected);
      if (put.ok() && kind == kLeaseKind) seat.sim().CheckLease(before, id);
      return put;
    });
  }
  Status DeleteDocument(std::string_view kind, std::string_view id, const Version& expected) override {
    return documents_.Write("Delete", kind, [seat = documents_, kind = std::string(kind), id = std::string(id), expected] {
      return seat.world().state.DeleteDocument(kind, id, expected);
    });
  }
  StatusOr<std::vector<StateDocument>> ListDocuments(std::string_view kind) override {
    return documents_.Read(CallKind::kList, "List", kind, [&] { return state().ListDocuments(kind); }, [](Fate, std::vector<StateDocument>&) {});
  }
  Status PutBlob(std::string_view name, std::string_view bytes) override {
    return blobs_.Write("Put", name, [seat = blobs_, name = std::string(name), bytes = std::string(bytes)] { return seat.world().state.PutBlob(name, bytes); });
  }
  StatusOr<std::string> GetBlob(std::string_view name) override {
    return blobs_.Read("Get", name, [&] { return state().GetBlob(name); });
  }
  std::string BlobLocation(std::string_view name) const override { return blobs_.world().state.BlobLocation(name); }
  Status AppendJournal(std::string_view run, std::uint64_t sequence, std::string_view line) override {
    return journal_.Write("Append", run, [seat = journal_, run = std::string(run), sequence, line = std::string(line)] {
      Status appended = seat.world().state.AppendJournal(run, sequence, line);
      if (appended.ok()) seat.sim().NoteAppended(seat.agent(), line);
      return appended;
    });
  }
  Status RemoveBlob(std::string_view name) override {
    return blobs_.Write("Remove", name, [seat = blobs_, name = std::string(name)] { return seat.world().state.RemoveBlob(name); });
  }
  Status RemoveJournal(std::string_view run) override {
    return journal_.Write("Remove", run, [seat = journal_, run = std::string(run)] { return seat.world().state.RemoveJournal(run); });
  }
  StatusOr<JournalLines> ReadJournal(std::string_view run) override {
    return journal_.Read("Read", run, [&] { return state().ReadJournal(run); });
  }
  StatusOr<std::vector<std::string>> ListJournals() override {
    return journal_.Read(CallKind::kList, "List", "", [&] { return state().ListJournals(); }, [](Fate, std::vector<std::string>&) {});
  }

 private:
  MemoryStateStore& state() { return documents_.world().state; }

  Seat documents_, blobs_, journal_;
};

}  // namespace

std::unique_ptr<StateStore> OpenState(Stage& stage, int agent) { return std::make_unique<State>(stage, agent); }

}  // namespace evenkeel::simulation
