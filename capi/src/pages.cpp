// Reading and editing one page.
#include <algorithm>
#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "evenkeel/edit.h"
#include "evenkeel/exit_code.h"
#include "evenkeel/json.h"
#include "fleet.h"
#include "json/pieces.h"
#include "views.h"
#include "zones.h"

namespace evenkeel::capi {

// What the options of a reading borrow: zones of its own, or those of a fleet.
struct Zones {
  std::unique_ptr<ZoneSource> own;
  std::shared_ptr<FleetCore> fleet;
};

}  // namespace evenkeel::capi

struct ek_reading : evenkeel::capi::Handle {
  static constexpr evenkeel::capi::Tag kTag = evenkeel::capi::Tag::kReading;

  ek_reading() : Handle(kTag) {}

  evenkeel::capi::Zones zones;
  evenkeel::ReadOptions options;  // borrows `zones`
  std::string page;
  evenkeel::Reading reading;
  // Made when first asked for: a caller that only shifts never pays for it. No call_once: what is thrown through it when memory has run
  // out ends the process (glibc then loads its unwinder).
  mutable std::mutex mutex;
  mutable std::string json;
};

struct ek_edits : evenkeel::capi::Handle {
  static constexpr evenkeel::capi::Tag kTag = evenkeel::capi::Tag::kEdits;

  ek_edits(int code, std::string document, std::string edited) : Handle(kTag), exit(code), json(std::move(document)), page(std::move(edited)) {}

  const int exit;
  const std::string json, page;
};

namespace evenkeel::capi {
namespace {

Status UseFleetsRules(const ek_fleet* fleet, ReadOptions& into, Zones& zones) {
  if (fleet == nullptr) return OkStatus();
  EVENKEEL_RETURN_IF_ERROR(CheckHandle(fleet));
  zones.fleet = fleet->core;
  const FleetConfig& config = fleet->core->fleet.config;
  into.zone = config.zone;
  into.extra_features = config.features;
  into.day_first = config.day_first;
  into.limits = config.limits;
  return OkStatus();
}

StatusOr<ReadOptions> OptionsOf(const ek_read_options* given, Zones& zones) {
  EVENKEEL_ASSIGN_OR_RETURN(const ek_read_options options, CopyStruct(given, "ek_read_options"));
  Taken taken;
  ReadOptions into;
  into.day_first = options.day_first != 0;
  EVENKEEL_RETURN_IF_ERROR(UseFleetsRules(options.fleet, into, zones));
  if (options.zones != nullptr || !zones.fleet) {
    EVENKEEL_ASSIGN_OR_RETURN(zones.own, MakeZones(options.zones));
  }
  into.zones = zones.own ? zones.own.get() : zones.fleet->zones.get();
  into.date = taken.DateOf(options.date, "date");
  if (std::string zone = taken.Text(options.zone, "zone"); !zone.empty()) into.zone = std::move(zone);
  if (!into.zones->Has(into.zone)) taken.Fail("zone", "is no zone of the tz database; write it as America/Los_Angeles");
  if (options.keep_going != nullptr) {
    into.keep_going = [ask = options.keep_going, host = options.keep_going_host] { return ask(host) != 0; };
  }
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  return into;
}

StatusOr<std::unique_ptr<ek_reading>> Read(ek_view page, const ek_read_options* options) {
  auto made = std::make_unique<ek_reading>();
  EVENKEEL_ASSIGN_OR_RETURN(made->options, OptionsOf(options, made->zones));
  Taken taken;
  made->page = taken.Text(page, "page");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(made->reading, ReadPage(made->page, made->options));
  made->options.keep_going = nullptr;  // it was the caller's for the call
  return made;
}

// Nothing is given out that a second look does not agree with.
StatusOr<std::unique_ptr<ek_edits>> Checked(const ek_reading& from, const Edits& edits) {
  EVENKEEL_ASSIGN_OR_RETURN(std::string page, ApplyEdits(from.page, edits.edits));
  EVENKEEL_RETURN_IF_ERROR(CheckEdits(from.page, page, edits, from.options));
  return std::make_unique<ek_edits>(ExitCodeOf(edits), DumpJson(EditsToJson(edits)), std::move(page));
}

StatusOr<std::unique_ptr<ek_edits>> Shift(const ek_reading* reading, int minutes) {
  EVENKEEL_RETURN_IF_ERROR(CheckHandle(reading));
  EVENKEEL_ASSIGN_OR_RETURN(const Edits edits, ShiftPage(reading->page, reading->reading, minutes, reading->options));
  return Checked(*reading, edits);
}

StatusOr<Json> Document(ek_view text, const char* name, const char* schema) {
  Taken taken;
  const std::string_view json = taken.View(text, name);
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(Json document, ParseJson(json, name));
  if (!document.is_object()) return Status(Code::kInvalidArgument, "must be an object", name);
  if (document.contains("schema") && document.at("schema") != schema) {
    return Status(Code::kInvalidArgument, std::string("has another schema than ") + schema, name);
  }
  return document;
}

std::optional<LocalDateTime> TimeIn(ObjectReader& reader, const char* name) {
  return reader.Has(name) ? reader.LocalAt(name) : std::nullopt;
}

constexpr const char* kTargets[] = {"schema", "start", "end", "arrival", "cutoff", "switch", "statements", "moments"};

StatusOr<PageTargets> TargetsOf(ek_view text) {
  EVENKEEL_ASSIGN_OR_RETURN(const Json document, Document(text, "targets", "evenkeel.targets/1"));
  for (const auto& [name, value] : document.items()) {
    if (std::find(std::begin(kTargets), std::end(kTargets), name) == std::end(kTargets)) return Status(Code::kInvalidArgument, "is no target", "targets." + name);
  }
  Status status;
  ObjectReader reader(document, "targets", status);
  PageTargets targets;
  targets.start = TimeIn(reader, "start");
  targets.end = TimeIn(reader, "end");
  targets.arrival = TimeIn(reader, "arrival");
  targets.cutoff = TimeIn(reader, "cutoff");
  targets.switch_over = TimeIn(reader, "switch");
  if (reader.Has("statements")) {
    const Json& statements = reader.Object("statements");
    ObjectReader texts(statements, reader.PathOf("statements"), status);
    for (const auto& [field, value] : statements.items()) targets.statements[field] = texts.Text(field.c_str());
  }
  for (const Json& moment : reader.Has("moments") ? reader.Array("moments") : Json::array()) {
    ObjectReader one(moment, reader.PathOf("moments"), status);
    const Span span = one.SpanAt("span");
    if (const auto value = one.LocalAt("value")) targets.moments[span] = *value;
  }
  EVENKEEL_RETURN_IF_ERROR(status);
  return targets;
}

StatusOr<std::unique_ptr<ek_edits>> Set(const ek_reading* reading, ek_view text) {
  EVENKEEL_RETURN_IF_ERROR(CheckHandle(reading));
  EVENKEEL_ASSIGN_OR_RETURN(const PageTargets targets, TargetsOf(text));
  EVENKEEL_ASSIGN_OR_RETURN(const Edits edits, SetPage(reading->page, reading->reading, targets, reading->options));
  return Checked(*reading, edits);
}

StatusOr<std::unique_ptr<ek_result>> EditBytes(ek_view page, ek_view text) {
  Taken taken;
  const std::string_view bytes = taken.View(page, "page");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(const Json document, Document(text, "edits", "evenkeel.edits/1"));
  Status status;
  ObjectReader reader(document, "edits", status);
  const std::vector<Edit> edits = EditListFrom(reader.Array("edits"), "edits", status);
  EVENKEEL_RETURN_IF_ERROR(status);
  EVENKEEL_ASSIGN_OR_RETURN(std::string edited, ApplyEdits(bytes, edits));
  return ResultOf(exit_code::kDone, document, std::move(edited));
}

StatusOr<std::unique_ptr<ek_result>> ReadLine(ek_view text, const ek_read_options* given) {
  Zones zones;
  EVENKEEL_ASSIGN_OR_RETURN(const ReadOptions options, OptionsOf(given, zones));
  Taken taken;
  const std::string_view line = taken.View(text, "text");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(const Reading reading, ReadText(line, options));
  return ResultOf(exit_code::kDone, ReadingToJson(reading));
}

}  // namespace
}  // namespace evenkeel::capi

using namespace evenkeel::capi;

ek_error* ek_read(ek_view page, const ek_read_options* options, ek_reading** reading) {
  return Give(reading, [&] { return Read(page, options); });
}

ek_view ek_reading_json(const ek_reading* reading) {
  return GuardValue(ek_text(nullptr), [&] {
    if (!IsHandle(reading)) return ek_text(nullptr);
    const std::lock_guard<std::mutex> lock(reading->mutex);
    if (reading->json.empty()) reading->json = evenkeel::DumpJson(evenkeel::ReadingToJson(reading->reading));
    return ViewOf(reading->json);
  });
}

ek_view ek_reading_page(const ek_reading* reading) { return IsHandle(reading) ? ViewOf(reading->page) : ek_text(nullptr); }
void ek_reading_free(ek_reading* reading) { FreeHandle(reading); }

ek_error* ek_reading_shift(const ek_reading* reading, int32_t minutes, ek_edits** edits) {
  return Give(edits, [&] { return Shift(reading, minutes); });
}

ek_error* ek_reading_set(const ek_reading* reading, ek_view targets, ek_edits** edits) {
  return Give(edits, [&] { return Set(reading, targets); });
}

ek_view ek_edits_json(const ek_edits* edits) { return IsHandle(edits) ? ViewOf(edits->json) : ek_text(nullptr); }
ek_view ek_edits_page(const ek_edits* edits) { return IsHandle(edits) ? ViewOf(edits->page) : ek_text(nullptr); }
int32_t ek_edits_exit(const ek_edits* edits) { return IsHandle(edits) ? edits->exit : evenkeel::exit_code::kError; }
void ek_edits_free(ek_edits* edits) { FreeHandle(edits); }

ek_error* ek_edit(ek_view page, ek_view edits, ek_result** result) {
  return Give(result, [&] { return EditBytes(page, edits); });
}

ek_error* ek_read_text(ek_view text, const ek_read_options* options, ek_result** result) {
  return Give(result, [&] { return ReadLine(text, options); });
}
