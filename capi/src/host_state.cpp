#include "host_stores.h"
#include "store_documents.h"

namespace evenkeel::capi {
namespace {

StateDocument OneDocument(const Json& json, Status& status) { return DocumentFrom(json, "document", status); }

class HostState final : public StateStore {
 public:
  HostState(Host host, const ek_state_store& table) : host_(std::move(host)), table_(table) {}

  StatusOr<StateDocument> GetDocument(std::string_view kind, std::string_view id) override {
    return AskFor(host_, Effect::kReads, Named(kind, id),
                  [&](ek_reply* reply) { table_.get_document(host_.get(), ViewOf(kind), ViewOf(id), reply); }, OneDocument);
  }
  StatusOr<StateDocument> PutDocument(std::string_view kind, std::string_view id, const Json& value, const std::optional<Version>& expected) override {
    const std::string text = DumpJson(value);
    const ek_view version = expected ? ViewOf(*expected) : ek_view{nullptr, 0};
    const auto call = [&](ek_reply* reply) {
      table_.put_document(host_.get(), ViewOf(kind), ViewOf(id), ViewOf(text), expected ? &version : nullptr, reply);
    };
    return AskFor(host_, Effect::kWrites, Named(kind, id), call, OneDocument);
  }
  Status DeleteDocument(std::string_view kind, std::string_view id, const Version& expected) override {
    return Do(Named(kind, id), [&](ek_reply* reply) { table_.delete_document(host_.get(), ViewOf(kind), ViewOf(id), ViewOf(expected), reply); });
  }
  StatusOr<std::vector<StateDocument>> ListDocuments(std::string_view kind) override {
    return AskFor(host_, Effect::kReads, host_.Resource(kind), [&](ek_reply* reply) { table_.list_documents(host_.get(), ViewOf(kind), reply); },
                  [](const Json& json, Status& status) {
                    static_cast<void>(ListedFrom(json, "documents", status));
                    return ItemsFrom(json, "documents", DocumentFrom, status);
                  });
  }

  Status PutBlob(std::string_view name, std::string_view bytes) override {
    return Do(host_.Resource(name), [&](ek_reply* reply) { table_.put_blob(host_.get(), ViewOf(name), ViewOf(bytes), reply); });
  }
  StatusOr<std::string> GetBlob(std::string_view name) override {
    return Bytes(host_.Resource(name), [&](ek_reply* reply) { table_.get_blob(host_.get(), ViewOf(name), reply); });
  }
  Status RemoveBlob(std::string_view name) override {
    return Do(host_.Resource(name), [&](ek_reply* reply) { table_.remove_blob(host_.get(), ViewOf(name), reply); });
  }
  std::string BlobLocation(std::string_view name) const override {
    if (table_.blob_location == nullptr) return {};
    const auto location = AskFor(host_, Effect::kReads, host_.Resource(name), [&](ek_reply* reply) { table_.blob_location(host_.get(), ViewOf(name), reply); },
                                 [](const Json& json, Status&) { return json.is_string() ? json.get<std::string>() : std::string(); });
    return location.ok() ? *location : std::string();
  }

  Status AppendJournal(std::string_view run, std::uint64_t sequence, std::string_view line) override {
    return Do(host_.Resource(run), [&](ek_reply* reply) { table_.append_journal(host_.get(), ViewOf(run), sequence, ViewOf(line), reply); });
  }
  // What stands behind the last newline is a torn line.
  StatusOr<JournalLines> ReadJournal(std::string_view run) override {
    EVENKEEL_ASSIGN_OR_RETURN(const std::string bytes, Bytes(host_.Resource(run), [&](ek_reply* reply) { table_.read_journal(host_.get(), ViewOf(run), reply); }));
    JournalLines journal;
    std::size_t begin = 0;
    for (std::size_t end = bytes.find('\n'); end != std::string::npos; end = bytes.find('\n', begin)) {
      journal.lines.push_back(bytes.substr(begin, end - begin));
      begin = end + 1;
    }
    journal.torn_bytes = bytes.size() - begin;
    return journal;
  }
  StatusOr<std::vector<std::string>> ListJournals() override {
    return AskFor(host_, Effect::kReads, host_.name, [&](ek_reply* reply) { table_.list_journals(host_.get(), reply); }, [](const Json& json, Status& status) {
      std::vector<std::string> runs;
      if (!json.is_array()) status = Status(Code::kInvalidArgument, "must be an array of texts");
      for (const Json& run : json.is_array() ? json : Json::array()) {
        if (run.is_string()) {
          runs.push_back(run.get<std::string>());
        } else {
          status = Status(Code::kInvalidArgument, "must be an array of texts");
        }
      }
      return runs;
    });
  }
  Status RemoveJournal(std::string_view run) override {
    return Do(host_.Resource(run), [&](ek_reply* reply) { table_.remove_journal(host_.get(), ViewOf(run), reply); });
  }

 private:
  std::string Named(std::string_view kind, std::string_view id) const { return host_.Resource(std::string(kind) + "/" + std::string(id)); }

  template <typename Call>
  Status Do(const std::string& resource, Call call) {
    ek_reply reply;
    return Ask(host_, Effect::kWrites, resource, reply, call);
  }
  template <typename Call>
  StatusOr<std::string> Bytes(const std::string& resource, Call call) {
    ek_reply reply;
    EVENKEEL_RETURN_IF_ERROR(Ask(host_, Effect::kReads, resource, reply, call));
    return std::move(reply.bytes);
  }

  Host host_;
  ek_state_store table_;
};

}  // namespace

std::unique_ptr<StateStore> MakeHostStore(Host host, const ek_state_store& table) { return std::make_unique<HostState>(std::move(host), table); }

}  // namespace evenkeel::capi
