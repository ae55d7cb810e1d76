// One example for each noun of include/evenkeel, by its header's name. Compiled as a test; shown on the header's page of the reference.
#include <algorithm>
#include <iostream>

#include <evenkeel/adapters.h>
#include <evenkeel/aws/aws.h>
#include <evenkeel/aws/credentials.h>
#include <evenkeel/calendar_adapters.h>
#include <evenkeel/documents.h>
#include <evenkeel/evenkeel.h>
#include <evenkeel/examined.h>
#include <evenkeel/exit_code.h>
#include <evenkeel/http_transport.h>
#include <evenkeel/memory_stores.h>

namespace evenkeel::reference {

//! [adapters]
// A fleet file with any of the adapters that were built; files that name a "feed" of the host's own come from its own adapter.
StatusOr<Fleet> OpenAny(const std::string& file, const AdapterRegistry::Entry<Listing>& feed, Environment& environment, const ZoneSource& zones) {
  AdapterRegistry adapters;
  RegisterAdapters(adapters);
  adapters.listings["feed"] = feed;
  return OpenFleet(file, adapters, environment, zones);
}
//! [adapters]

//! [apply]
int ApplyWithOneApproval(Fleet& fleet, const Plan& plan, const std::string& action, const std::string& by) {
  ApplyOptions options;
  options.approvals = {action};
  options.by = by;
  const StatusOr<RunReport> run = Apply(fleet, plan, options);
  return run.ok() ? ExitCodeOf(*run) : exit_code::kError;
}
//! [apply]

//! [aws]
// Every adapter there is, with credentials of the host's own for those on AWS.
AdapterRegistry AllAdapters(std::shared_ptr<aws::CredentialsProvider> credentials) {
  AdapterRegistry adapters;
  RegisterLocalAdapters(adapters);
  aws::RegisterAwsAdapters(adapters, {nullptr, std::move(credentials)});
  return adapters;
}
//! [aws]

//! [booking]
void ShowWhy(const Booking& booking) {
  for (const Link& link : booking.links) std::cout << link.resource.ToString() << " belongs to " << booking.key << ": " << link.evidence << '\n';
}
//! [booking]

//! [calendar]
StatusOr<Event> MoveEvent(Calendar& calendar, const Event& event, LocalDateTime start, const WriteStamp& stamp) {
  EventChange change;
  change.start = start;
  change.zone = event.zone;
  return calendar.Update(event.uid, change, event.version, stamp);
}
//! [calendar]

//! [calendar_adapters]
StatusOr<Fleet> OpenWithFeeds(Environment& environment, const ZoneSource& zones) {
  AdapterRegistry adapters;
  RegisterLocalAdapters(adapters);
  RegisterCalendarAdapters(adapters);
  return OpenFleet("fleet.json", adapters, environment, zones);
}
//! [calendar_adapters]

//! [check]
bool AllIsWell(const std::vector<Check>& checks) {
  return std::all_of(checks.begin(), checks.end(), [](const Check& check) { return check.passed; });
}
//! [check]

//! [credentials]
// Credentials from a vault of the host's own, in the place of AWS's chain.
class FromVault final : public aws::CredentialsProvider {
 public:
  explicit FromVault(std::function<StatusOr<aws::Credentials>()> open) : open_(std::move(open)) {}
  StatusOr<aws::Credentials> Get() override { return open_(); }

 private:
  std::function<StatusOr<aws::Credentials>()> open_;
};
//! [credentials]

//! [documents]
std::string FindAsText(const FindAnswer& answer, Instant now) { return DumpJson(AnswerDocument(answer, std::nullopt, now)); }
//! [documents]

//! [edge_cache]
Status DropCopies(EdgeCache& cache, const std::string& path) {
  const StatusOr<std::string> sent = cache.Invalidate({path}, "deploy-7");
  if (sent.code() != Code::kUnknownOutcome) return sent.status();
  EVENKEEL_ASSIGN_OR_RETURN(const bool accepted, cache.WasAccepted("deploy-7"));  // look before it is repeated
  return accepted ? OkStatus() : cache.Invalidate({path}, "deploy-7").status();
}
//! [edge_cache]

//! [edit]
StatusOr<std::string> AnHourEarlier(const std::string& page, const ReadOptions& options) {
  EVENKEEL_ASSIGN_OR_RETURN(const Reading reading, ReadPage(page, options));
  EVENKEEL_ASSIGN_OR_RETURN(const Edits edits, ShiftPage(page, reading, -60, options));
  EVENKEEL_ASSIGN_OR_RETURN(std::string edited, ApplyEdits(page, edits.edits));
  EVENKEEL_RETURN_IF_ERROR(CheckEdits(page, edited, edits, options));
  return edited;
}
//! [edit]

//! [environment]
StatusOr<std::string> ReadSmallFile(Environment& environment, const std::string& path) { return environment.files().Read(path, 64 * 1024); }
//! [environment]

//! [evenkeel]
StatusOr<Plan> PlanOneBooking(Fleet& fleet, const std::string& booking) {
  AuditOptions options;
  options.booking = booking;
  return PlanFleet(fleet, options);
}
//! [evenkeel]

//! [examined]
class RecordsThatSayMore : public RecordStore, public Examined {
  std::vector<Check> Examine() override { return {{"own", "token", true, "good until Friday"}}; }
};
//! [examined]

//! [exit_code]
int AuditForCron(Fleet& fleet) {
  const StatusOr<Audit> audit = AuditFleet(fleet, {});
  return audit.ok() ? ExitCodeOf(*audit) : exit_code::kError;
}
//! [exit_code]

//! [field]
bool SameStart(const FieldRegistry& fields, const std::string& one, const std::string& other) {
  const FieldDefinition& start = *fields.Find("start");
  const StatusOr<Value> a = ParseValue(start, one), b = ParseValue(start, other);  // "3:30 PM", "15:30"
  return a.ok() && b.ok() && SameValue(start, *a, *b);
}
//! [field]

//! [fleet]
StatusOr<Fleet> OpenWithLocalAdapters(const std::string& path, Environment& environment, const ZoneSource& zones) {
  AdapterRegistry adapters;
  RegisterLocalAdapters(adapters);
  return OpenFleet(path, adapters, environment, zones);
}
//! [fleet]

//! [guard]
bool MayDeploy(Fleet& fleet, const std::string& key, const std::string& bytes, const std::string& me) {
  const StatusOr<GuardAnswer> answer = GuardDeploy(fleet, key, bytes, me);
  if (!answer.ok()) return std::cerr << answer.status().ToString() << '\n', false;
  for (const Refusal& refusal : answer->refusals) std::cerr << refusal.why << "; next: " << refusal.next << '\n';
  return answer->Allows();
}
//! [guard]

//! [http_transport]
// A host's own client behind the port: here one that never leaves the house.
class OneHostOnly final : public HttpTransport {
 public:
  OneHostOnly(HttpTransport& transport, std::string authority) : transport_(transport), authority_(std::move(authority)) {}
  StatusOr<HttpResponse> Send(const HttpRequest& request) override {
    if (request.authority != authority_) return Status(Code::kInvalidArgument, "only " + authority_ + " is asked", request.authority);
    return transport_.Send(request);
  }

 private:
  HttpTransport& transport_;
  std::string authority_;
};
//! [http_transport]

//! [json]
StatusOr<Plan> PlanOfText(const std::string& text) {
  EVENKEEL_ASSIGN_OR_RETURN(const Json json, ParseJson(text, "the plan"));
  return PlanFromJson(json);
}
//! [json]

//! [lease]
Status ChangeUnderLease(Fleet& fleet, const std::string& booking, const std::string& me, const std::function<Status()>& change) {
  EVENKEEL_ASSIGN_OR_RETURN(const Lease lease, AcquireLease(fleet, booking, me));
  const Status changed = change();  // before lease.until
  EVENKEEL_RETURN_IF_ERROR(ReleaseLease(fleet, lease.booking, me).status());
  return changed;
}
//! [lease]

//! [limits]
ReadOptions ForTrustedLargePages() {
  ReadOptions options;
  options.limits.page_bytes = 16u << 20;
  return options;
}
//! [limits]

//! [listing]
StatusOr<std::string> StartOnMarketplace(Listing& listing, const std::string& id) {
  EVENKEEL_ASSIGN_OR_RETURN(const ListingEntry entry, listing.Get(id));
  const auto start = entry.attributes.find("start");
  return start == entry.attributes.end() ? std::string() : start->second.dump();
}
//! [listing]

//! [memory_stores]
Status TwoWriters() {
  MemoryObjectStore mine;
  const auto theirs = mine.Share();  // as a second process would have it
  EVENKEEL_ASSIGN_OR_RETURN(const ObjectInfo seen, mine.Create("g/x.html", "<p>4:30 PM</p>", "text/html", {"op-1", {}}));
  EVENKEEL_RETURN_IF_ERROR(theirs->Replace("g/x.html", "<p>5 PM</p>", seen.version, {"op-2", {}}).status());
  return mine.Replace("g/x.html", "<p>3:30 PM</p>", seen.version, {"op-3", {}}).status();  // kPreconditionFailed
}
//! [memory_stores]

//! [object_store]
StatusOr<ObjectInfo> ReplaceIfUnchanged(ObjectStore& store, const Object& seen, const std::string& bytes) {
  return store.Replace(seen.info.key, bytes, seen.info.version, {"my-operation", {}});
}
//! [object_store]

//! [plan]
std::vector<std::string> WaitingForApproval(const Plan& plan) {
  std::vector<std::string> ids;
  for (const BookingPlan& booking : plan.bookings) {
    for (const Action& action : booking.actions) {
      if (action.approval == Approval::kApprove) ids.push_back(action.id);
    }
  }
  return ids;
}
//! [plan]

//! [policy]
Policy TheRecordDecides() {
  Policy policy;
  policy.authority["*"] = {{"crew-dispatch"}, {"internal-calendar", "boatsetter"}};  // the last two are equals
  policy.protect = {"photo-upload", "csrf-token"};
  policy.retire = Retire::kRedirect;
  return policy;
}
//! [policy]

//! [reading]
void ShowTimes(const std::string& page) {
  const auto zones = MakeSystemZoneSource();
  ReadOptions options;
  options.zone = "America/Los_Angeles";
  options.zones = zones.get();
  const StatusOr<Reading> reading = ReadPage(page, options);
  if (!reading.ok()) return;
  for (const TimeReference& time : reading->times) std::cout << RoleName(time.role) << ": " << time.span.In(page) << '\n';
}
//! [reading]

//! [record_store]
StatusOr<Record> SetStart(RecordStore& store, const Record& seen, const std::string& start, const WriteStamp& stamp) {
  return store.Update(seen.key, {{"start_time", start}}, {{"start_time", seen.attributes.at("start_time")}}, seen.version, stamp);
}
//! [record_store]

//! [resource]
Resource PageOf(const std::string& store, const std::string& key) { return {ResourceKind::kPage, store, key}; }
//! [resource]

//! [snapshot]
void NameWhatIsDark(Fleet& fleet) {
  const StatusOr<Snapshot> snapshot = Observe(fleet);
  if (!snapshot.ok()) return;
  for (const Unread& unread : UnreadOf(*snapshot)) std::cerr << unread.store << ' ' << unread.resource << ": " << unread.why << '\n';
}
//! [snapshot]

//! [span]
std::string_view Between(std::string_view page, Span first, Span second) { return Span{first.end, second.begin}.In(page); }
//! [span]

//! [state_store]
Status Remember(StateStore& state, const std::string& id, const Json& value) {
  const StatusOr<StateDocument> before = state.GetDocument("house_note", id);
  if (before.ok()) return state.PutDocument("house_note", id, value, before->version).status();
  return before.code() == Code::kNotFound ? state.PutDocument("house_note", id, value, std::nullopt).status() : before.status();
}
//! [state_store]

//! [status]
StatusOr<int> MinutesOf(const std::string& text) {
  if (const std::optional<int> minutes = ParseMinutes(text)) return *minutes;
  return Status(Code::kInvalidArgument, "is no time of day; write it as 15:30", text);
}
//! [status]

//! [task_board]
StatusOr<Card> Finish(TaskBoard& board, const Card& card, const WriteStamp& stamp) {
  return board.Move(card.id, board.DoneLane(), card.version, stamp);
}
//! [task_board]

//! [verdict]
void ShowVerdicts(const Decision& decision) {
  for (const Verdict& verdict : decision.verdicts) {
    std::cout << verdict.field << " is " << (verdict.value ? FormatValue(*verdict.value) : "open") << ": " << verdict.why << '\n';
  }
}
//! [verdict]

//! [zone]
StatusOr<Instant> InstantOf(const ZoneSource& zones, Date date, int minutes) {
  const LocalSeconds local = date::local_days(date) + std::chrono::minutes(minutes);
  EVENKEEL_ASSIGN_OR_RETURN(const LocalResolution resolved, zones.ToInstant("America/Los_Angeles", local));
  return resolved.instant;
}
//! [zone]

}  // namespace evenkeel::reference
