#include "digest/sha256.h"
#include "json/pieces.h"

namespace evenkeel {
namespace {

constexpr std::string_view kSchema = "evenkeel.plan/1";

Json BookingToJson(const BookingPlan& booking) {
  Json json = {{"booking", booking.booking},
               {"title", booking.title},
               {"canonical", booking.canonical ? Json(booking.canonical->ToString()) : Json(nullptr)},
               {"why_canonical", booking.why_canonical},
               {"duplicates", Json::array()},
               {"verdicts", Json::array()},
               {"actions", Json::array()},
               {"questions", Json::array()},
               {"notes", booking.notes},
               {"unproven", booking.unproven}};
  if (!booking.lost_features.empty()) json["lost_features"] = booking.lost_features;
  for (const Resource& page : booking.duplicates) json["duplicates"].push_back(page.ToString());
  for (const Verdict& verdict : booking.verdicts) json["verdicts"].push_back(VerdictToJson(verdict));
  for (const Action& action : booking.actions) json["actions"].push_back(ActionToJson(action));
  for (const Question& question : booking.questions) json["questions"].push_back(QuestionToJson(question));
  return json;
}

Json Unsigned(const Plan& plan) {
  Json json = {{"schema", kSchema},
               {"fleet", plan.fleet},
               {"tz_version", plan.tz_version},
               {"zone", plan.zone},
               {"bookings", Json::array()},
               {"brakes", Json::array()},
               {"complete", plan.unread.empty()},
               {"unread", UnreadToJson(plan.unread)}};
  for (const BookingPlan& booking : plan.bookings) json["bookings"].push_back(BookingToJson(booking));
  for (const Brake& brake : plan.brakes) json["brakes"].push_back({{"name", brake.name}, {"why", brake.why}});
  return json;
}

std::string HashOf(const Json& json) { return "sha256:" + Sha256Hex(DumpJson(json)); }

Verb VerbFrom(ObjectReader& reader) {
  const std::string name = reader.Text("verb");
  for (int i = 0; i <= static_cast<int>(Verb::kLeaveHandoff); ++i) {
    if (VerbName(static_cast<Verb>(i)) == name) return static_cast<Verb>(i);
  }
  return reader.Fail("verb", "a verb that this program knows; it may be older than the plan"), Verb::kBackUpPage;
}

Approval ApprovalFrom(ObjectReader& reader) {
  const std::string name = reader.Text("approval");
  for (const Approval approval : {Approval::kAuto, Approval::kApprove, Approval::kManual}) {
    if (ApprovalName(approval) == name) return approval;
  }
  return reader.Fail("approval", "auto, approve or manual"), Approval::kManual;
}

Action ActionFrom(const Json& object, const std::string& path, Status& status) {
  ObjectReader reader(object, path, status);
  Action action;
  action.id = reader.Text("id");
  action.verb = VerbFrom(reader);
  action.store = reader.Text("store");
  action.resource = reader.Text("resource");
  action.approval = ApprovalFrom(reader);
  action.reason = reader.Text("reason");
  action.needs = reader.Texts("needs");
  action.precondition = ObjectReader(reader.Object("precondition"), reader.PathOf("precondition"), status).Text("version");
  action.change = ChangeFrom(action.verb, reader.Object("change"), reader.PathOf("change"), status);
  action.undo = reader.Text("undo");
  return action;
}

BookingPlan BookingFrom(const Json& object, const std::string& path, Status& status) {
  ObjectReader reader(object, path, status);
  BookingPlan booking;
  booking.booking = reader.Text("booking");
  booking.title = reader.Text("title");
  if (const std::string page = reader.Text("canonical"); !page.empty()) booking.canonical = PageFromText(page);
  booking.why_canonical = reader.Text("why_canonical");
  for (const std::string& page : reader.Texts("duplicates")) booking.duplicates.push_back(PageFromText(page));
  const auto at = [&reader](const char* name, std::size_t i) { return reader.PathOf(name) + "[" + std::to_string(i) + "]"; };
  const Json& verdicts = reader.Array("verdicts");
  for (std::size_t i = 0; i < verdicts.size(); ++i) booking.verdicts.push_back(VerdictFrom(verdicts[i], at("verdicts", i), status));
  const Json& actions = reader.Array("actions");
  for (std::size_t i = 0; i < actions.size(); ++i) booking.actions.push_back(ActionFrom(actions[i], at("actions", i), status));
  const Json& questions = reader.Array("questions");
  for (std::size_t i = 0; i < questions.size(); ++i) booking.questions.push_back(QuestionFrom(questions[i], at("questions", i), status));
  booking.notes = reader.Texts("notes");
  booking.unproven = reader.Texts("unproven");
  if (reader.Has("lost_features")) booking.lost_features = reader.Texts("lost_features");
  return booking;
}

// The hash is of the document as it was read, so that a member this program does not know is covered too.
Status CheckHash(const Json& json) {
  Json unsigned_json = json;
  unsigned_json.erase("plan");
  unsigned_json.erase("made_at");
  if (json["plan"] == HashOf(unsigned_json)) return OkStatus();
  return Status(Code::kInvalidArgument,
                "the plan does not match its own hash: it was changed after it was made. Make a new one with `evenkeel plan`", "plan");
}

}  // namespace

Json ActionToJson(const Action& action) {
  return {{"id", action.id},
          {"verb", VerbName(action.verb)},
          {"store", action.store},
          {"resource", action.resource},
          {"approval", ApprovalName(action.approval)},
          {"reason", action.reason},
          {"needs", action.needs},
          {"precondition", {{"version", TextOrNull(action.precondition)}}},
          {"change", ChangeToJson(action.change)},
          {"undo", action.undo}};
}

std::string HashOfPlan(const Plan& plan) { return HashOf(Unsigned(plan)); }

Json PlanToJson(const Plan& plan) {
  Json json = Unsigned(plan);
  json["plan"] = plan.hash;
  json["made_at"] = FormatInstant(plan.made_at);
  return json;
}

StatusOr<Plan> PlanFromJson(const Json& json) {
  if (!json.is_object() || !json.contains("schema") || !json["schema"].is_string()) {
    return Status(Code::kInvalidArgument, "is no plan: \"schema\" is missing. Make one with `evenkeel plan FLEET --out FILE`", "plan");
  }
  if (json["schema"] == "evenkeel.fleet/1") {
    return Status(Code::kInvalidArgument, "this is a fleet file; name a plan, or `show FLEET RUN`", "plan");
  }
  if (json["schema"] != kSchema) {
    return Status(Code::kInvalidArgument,
                  "has schema " + json["schema"].get<std::string>() + ", this program applies " + std::string(kSchema) +
                      ". Use the program that made it, or make a new plan",
                  "plan");
  }
  Status status;
  ObjectReader reader(json, "", status);
  Plan plan;
  plan.hash = reader.Text("plan");
  plan.made_at = reader.InstantAt("made_at").value_or(Instant{});
  EVENKEEL_RETURN_IF_ERROR(status);
  EVENKEEL_RETURN_IF_ERROR(CheckHash(json));
  plan.fleet = reader.Text("fleet");
  plan.tz_version = reader.Text("tz_version");
  plan.zone = reader.Text("zone");
  const Json& bookings = reader.Array("bookings");
  for (std::size_t i = 0; i < bookings.size(); ++i) {
    plan.bookings.push_back(BookingFrom(bookings[i], "bookings[" + std::to_string(i) + "]", status));
  }
  const Json& brakes = reader.Array("brakes");
  for (std::size_t i = 0; i < brakes.size(); ++i) {
    ObjectReader brake(brakes[i], "brakes[" + std::to_string(i) + "]", status);
    plan.brakes.push_back({brake.Text("name"), brake.Text("why")});
  }
  plan.unread = UnreadFrom(reader.Array("unread"), "unread", status);
  EVENKEEL_RETURN_IF_ERROR(status);
  return plan;
}

}  // namespace evenkeel
