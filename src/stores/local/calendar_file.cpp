#include "stores/local/calendar_file.h"

#include "digest/sha256.h"
#include "stores/local/calendar_edit.h"
#include "stores/local/ledger.h"
#include "stores/local/names.h"
#include "stores/memory/event_change.h"
#include "text/reasons.h"

namespace evenkeel {
namespace {

// The file at one moment.
struct Page : CalendarPage {
  std::string real_path;
  FileState state;
};
using Known = KnownEvent;

class CalendarFile final : public Calendar {
 public:
  CalendarFile(const AdapterContext& context, std::string path)
      : environment_(context.environment), zones_(context.zones), ledger_(context), name_(context.name), path_(std::move(path)),
        zone_(context.zone), limits_(context.limits), reading_{path_, name_, zone_, zones_, limits_} {}

  StoreTraits Traits() const override { return {false, true, false, true}; }

  StatusOr<EventListing> List() override {
    EVENKEEL_ASSIGN_OR_RETURN(const Page page, ReadPage());
    EVENKEEL_ASSIGN_OR_RETURN(const auto known, Know(page));
    EventListing listing;
    for (const Known& one : known) {
      if (one.problem.ok()) {
        listing.events.push_back(one.event);
        continue;
      }
      listing.complete = false;
      AddReason(listing.why_incomplete, one.problem.ToString());
    }
    return listing;
  }

  StatusOr<Event> Get(std::string_view uid) override {
    EVENKEEL_ASSIGN_OR_RETURN(const Page page, ReadPage());
    EVENKEEL_ASSIGN_OR_RETURN(const Known known, Find(page, uid));
    return known.event;
  }

  StatusOr<Event> Update(std::string_view uid, const EventChange& change, const Version& expected, const WriteStamp& stamp) override {
    EVENKEEL_RETURN_IF_ERROR(Get(uid).status());  // what cannot be done makes no state folder
    EVENKEEL_ASSIGN_OR_RETURN(const auto lock, ledger_.Lock());
    EVENKEEL_ASSIGN_OR_RETURN(const Page page, ReadPage());
    EVENKEEL_ASSIGN_OR_RETURN(const Known known, Find(page, uid));
    const std::string resource = name_ + ":" + std::string(uid);
    if (known.event.version != expected) {
      return Status(Code::kPreconditionFailed, "the event is not the one the plan was made from: somebody else changed it; plan again", resource);
    }
    EVENKEEL_ASSIGN_OR_RETURN(const Event wanted, ChangedEvent(known.event, change, zone_, zones_));
    EVENKEEL_RETURN_IF_ERROR(ledger_.PassFence(stamp, resource));
    EVENKEEL_ASSIGN_OR_RETURN(const EditedEvent edited, EditEvent(page, known, wanted, reading_, environment_->Now()));
    EVENKEEL_ASSIGN_OR_RETURN(const std::uint64_t counter, ledger_.Announce(uid, stamp, page.state));
    EVENKEEL_RETURN_IF_ERROR(environment_->files().WriteAtomically(page.real_path, edited.after, ledger_.temporary_folder(), [&]() -> Status {
      auto state = environment_->files().Stat(page.real_path);
      if (state.ok() && state->inode == page.state.inode && state->changed_ns == page.state.changed_ns && state->bytes == page.state.bytes) return OkStatus();
      return {Code::kPreconditionFailed, "somebody else changed " + path_ + " just now; plan again", resource};
    }));
    Event result = wanted;
    result.version = VersionOf(edited.event, counter);
    return result;
  }

 private:
  static Version VersionOf(std::string_view bytes, std::uint64_t counter) {
    return "c" + Sha256Hex(bytes).substr(0, 32) + "." + std::to_string(counter);
  }

  StatusOr<Page> ParsePage(std::string bytes) const {
    EVENKEEL_ASSIGN_OR_RETURN(CalendarPage read, ReadCalendarPage(std::move(bytes), reading_));
    return Page{std::move(read), {}, {}};
  }

  StatusOr<Page> ReadPage() const {
    Files& files = environment_->files();
    for (int attempt = 0; attempt < 5; ++attempt) {
      auto path = files.Resolve(path_);
      if (path.code() == Code::kNotFound) {
        return Status(Code::kNotFound, "the calendar " + path_ + " does not exist; correct \"path\" in the fleet file", name_);
      }
      if (!path.ok()) return path.status();
      EVENKEEL_ASSIGN_OR_RETURN(const FileState before, files.StatSettled(*path));
      auto bytes = files.Read(*path, limits_.calendar_bytes);
      if (bytes.code() == Code::kLimitExceeded) {
        return Status(Code::kLimitExceeded, path_ + " has more than " + std::to_string(limits_.calendar_bytes) + " bytes (limit calendar_bytes)", name_);
      }
      if (!bytes.ok()) return bytes.status();
      EVENKEEL_ASSIGN_OR_RETURN(const FileState after, files.StatSettled(*path));
      if (!(after == before)) continue;
      EVENKEEL_ASSIGN_OR_RETURN(Page page, ParsePage(*std::move(bytes)));
      page.real_path = *path;
      page.state = after;
      return page;
    }
    return Status(Code::kUnavailable, path_ + " changes faster than it can be read; try again", name_);
  }

  // With their versions.
  StatusOr<std::vector<Known>> Know(const Page& page) const {
    std::vector<Known> all = KnowEvents(page, reading_);
    for (Known& known : all) {
      EVENKEEL_ASSIGN_OR_RETURN(const Note note, ledger_.Read(known.event.uid));
      known.event.version = VersionOf(known.text->span.In(page.bytes), Ledger::CounterAt(note, page.state));
    }
    return all;
  }

  StatusOr<Known> Find(const Page& page, std::string_view uid) const {
    EVENKEEL_ASSIGN_OR_RETURN(const auto known, Know(page));
    return FindKnown(known, uid, reading_);
  }

  Environment* environment_;
  const ZoneSource* zones_;
  Ledger ledger_;
  std::string name_, path_, zone_;
  Limits limits_;
  CalendarReading reading_;
};

}  // namespace

StatusOr<std::unique_ptr<Calendar>> MakeCalendarFile(const AdapterContext& context, const Json& settings) {
  EVENKEEL_ASSIGN_OR_RETURN(std::string path, PathSetting(context, settings));
  return std::unique_ptr<Calendar>(std::make_unique<CalendarFile>(context, std::move(path)));
}

}  // namespace evenkeel
