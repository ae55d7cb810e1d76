#include "calendar/caldav_calendar.h"

#include <utility>

#include "calendar/caldav_events.h"
#include "evenkeel/examined.h"
#include "stores/memory/event_change.h"
#include "text/reasons.h"

namespace evenkeel {
namespace {

constexpr std::size_t kEditBytes = 1u << 20;  // both parsers read the text of a changed event

// Whether the privileges that a server tells of allow a change.
bool MayWrite(const XmlElement& privileges) {
  for (const XmlElement& one : privileges.children) {
    if (one.Find("write") != nullptr || one.Find("write-content") != nullptr || one.Find("all") != nullptr) return true;
  }
  return false;
}

class CaldavCalendar final : public Calendar, public Examined {
 public:
  CaldavCalendar(CaldavSettings settings, std::shared_ptr<HttpTransport> transport, const AdapterContext& context)
      : context_(context), server_(std::move(settings), std::move(transport), context.environment), events_(server_, context) {}

  StoreTraits Traits() const override { return {.unique_versions = false, .checks_fences = false, .keeps_operations = false, .writable = true}; }

  StatusOr<EventListing> List() override { return events_.List(); }

  StatusOr<Event> Get(std::string_view uid) override {
    EVENKEEL_ASSIGN_OR_RETURN(const CaldavEvent found, events_.Find(uid));
    return found.known.event;
  }

  StatusOr<Event> Update(std::string_view uid, const EventChange& change, const Version& expected, const WriteStamp&) override {
    EVENKEEL_ASSIGN_OR_RETURN(const CaldavEvent found, events_.Find(uid));
    const std::string resource = context_.name + ":" + std::string(uid);
    if (found.tag.etag.empty() || found.tag.weak) {
      return Status(Code::kUnimplemented, "the server gives the event " + std::string(found.tag.weak ? "a weak ETag" : "no ETag") + ", so that no write can be conditional; change it by hand", resource);
    }
    if (found.known.event.version != expected) {
      return Status(Code::kPreconditionFailed, "the event is not the one the plan was made from: somebody else changed it; plan again", resource);
    }
    EVENKEEL_ASSIGN_OR_RETURN(const Event wanted, ChangedEvent(found.known.event, change, context_.zone, context_.zones));
    EVENKEEL_RETURN_IF_ERROR(CheckWritable(found, resource));
    EVENKEEL_ASSIGN_OR_RETURN(const EditedEvent edited, EditEvent(found.page, found.known, wanted, events_.ReadingOf(found.path), context_.environment->Now()));
    if (const Status put = server_.Put(found.path, edited.after, found.tag.etag); !put.ok()) return Status(put.code(), put.message(), resource);
    return Confirm(uid, wanted);
  }

  std::vector<Check> Examine() override {
    const auto calendar = server_.FindCalendar();
    if (!calendar.ok()) return {{context_.name, "calendar", false, calendar.status().ToString()}};
    const XmlElement* privileges = calendar->properties.Find("current-user-privilege-set");
    const std::string name = calendar->properties.TextOf("displayname");
    std::vector<Check> checks = {{context_.name, "calendar", true, (name.empty() ? "" : "\"" + ShowText(name) + "\" at ") + server_.Place()}};
    if (privileges != nullptr && !MayWrite(*privileges)) {
      checks.push_back({context_.name, "rights", true, "read alone, which is enough until apply: give the user the right to write"});
    }
    return checks;
  }

 private:
  Status CheckWritable(const CaldavEvent& found, const std::string& resource) {
    if (found.page.bytes.size() > kEditBytes) return {Code::kLimitExceeded, "the event has more than " + std::to_string(kEditBytes) + " bytes; change it by hand", resource};
    if (!keeps_conditions_) {
      EVENKEEL_ASSIGN_OR_RETURN(keeps_conditions_, server_.KeepsConditions());
    }
    if (*keeps_conditions_) return OkStatus();
    return {Code::kUnimplemented, server_.Place() + " writes over what has changed, whatever condition it is given; nothing is written there: change the event by hand", resource};
  }

  // What the server has made of it. Where that is something else, somebody else may have been there, too: whoever looks decides.
  StatusOr<Event> Confirm(std::string_view uid, const Event& wanted) {
    const auto now = events_.Find(uid);
    const std::string resource = context_.name + ":" + std::string(uid);
    if (!now.ok()) return Status(Code::kUnknownOutcome, "it was written and could not be read again: " + now.status().message(), resource);
    if (SaysAsWanted(now->known.event, wanted)) return now->known.event;
    return Status(Code::kUnknownOutcome, "it was written, and the server says something else now", resource);
  }

  AdapterContext context_;
  CaldavServer server_;
  CaldavEvents events_;
  std::optional<bool> keeps_conditions_;
};

}  // namespace

StatusOr<std::unique_ptr<Calendar>> MakeCaldavCalendar(std::shared_ptr<HttpTransport> transport, const AdapterContext& context, const Json& settings) {
  EVENKEEL_ASSIGN_OR_RETURN(CaldavSettings caldav, ReadCaldavSettings(context, settings));
  return std::unique_ptr<Calendar>(std::make_unique<CaldavCalendar>(std::move(caldav), std::move(transport), context));
}

}  // namespace evenkeel
