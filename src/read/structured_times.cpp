// Times in JSON: JSON-LD scripts and JSON attributes.
#include <algorithm>

#include "read/bytes.h"
#include "read/carriers.h"
#include "read/json_scan.h"
#include "read/text_times.h"

namespace evenkeel {
namespace {

struct PropertyRole {
  std::string_view name;
  Role role;
};

// schema.org (Event, Trip, Reservation, Offer, CreativeWork) and iCalendar properties, lower case.
constexpr PropertyRole kProperties[] = {
    {"startdate", Role::kStart}, {"starttime", Role::kStart}, {"departuretime", Role::kStart},
    {"pickuptime", Role::kStart}, {"dtstart", Role::kStart}, {"dt-start", Role::kStart}, {"start_time", Role::kStart},
    {"enddate", Role::kEnd}, {"endtime", Role::kEnd}, {"arrivaltime", Role::kEnd}, {"checkouttime", Role::kEnd},
    {"dropofftime", Role::kEnd}, {"dtend", Role::kEnd}, {"dt-end", Role::kEnd}, {"end_time", Role::kEnd},
    {"doortime", Role::kArrival}, {"boardingtime", Role::kArrival}, {"checkintime", Role::kArrival},
    {"validfrom", Role::kUnrelated}, {"validthrough", Role::kUnrelated}, {"availabilityends", Role::kUnrelated},
    {"availabilitystarts", Role::kUnrelated}, {"pricevaliduntil", Role::kUnrelated}, {"datepublished", Role::kUnrelated},
    {"datemodified", Role::kUnrelated}, {"datecreated", Role::kUnrelated}, {"uploaddate", Role::kUnrelated},
    {"birthdate", Role::kUnrelated}, {"previousstartdate", Role::kUnrelated}, {"openinghours", Role::kUnrelated},
    {"opens", Role::kUnrelated}, {"closes", Role::kUnrelated}, {"opentime", Role::kUnrelated}, {"closetime", Role::kUnrelated}, {"open_time", Role::kUnrelated},
    {"close_time", Role::kUnrelated}, {"dtstamp", Role::kUnrelated}, {"created", Role::kUnrelated},
    {"last-modified", Role::kUnrelated}, {"trigger", Role::kUnrelated}, {"published", Role::kUnrelated}, {"dt-published", Role::kUnrelated},
    {"dt-updated", Role::kUnrelated}, {"updated", Role::kUnrelated}, {"coveragestarttime", Role::kUnrelated}, {"coverageendtime", Role::kUnrelated},
    {"bookingtime", Role::kUnrelated}, {"orderdate", Role::kUnrelated}, {"foundingdate", Role::kUnrelated}, {"modifiedtime", Role::kUnrelated},
    {"reviewbody", Role::kUnrelated}, {"reviewaspect", Role::kUnrelated},
};

bool IsAboutOpening(const JsonString& value) {
  for (const std::string& type : value.types) {
    if (type == "OpeningHoursSpecification") return true;
  }
  for (const std::string& key : value.path) {
    if (key == "openingHoursSpecification" || key == "openingHours" || key == "hoursAvailable") return true;
  }
  return false;
}

bool IsOfReview(const JsonString& value) {
  for (const std::string& type : value.types) {
    if (Contains({"Review", "UserReview", "CriticReview", "Comment", "Rating", "AggregateRating"}, type)) return true;
  }
  return std::any_of(value.path.begin(), value.path.end(), [](const std::string& key) { return key == "review" || key == "reviews" || key == "reviewBody"; });
}

// Why the times of a value are not clearly the booking's: it is of a guest's flight or bed, or of a part of the event.
std::string_view DoubtOf(const JsonString& value) {
  for (const std::string& type : value.types) {
    if (Contains({"FlightReservation", "Flight", "LodgingReservation", "RentalCarReservation", "TrainReservation", "TrainTrip", "BusReservation", "BusTrip", "TaxiReservation",
                  "FoodEstablishmentReservation"},
                 type)) {
      return "it stands in a reservation of another kind";
    }
    if (Contains({"FAQPage", "Question", "Answer"}, type)) return "it stands in answers to common questions";
  }
  if (std::find(value.path.begin(), value.path.end(), "subEvent") != value.path.end()) return "it is of a part of the event";
  return {};
}

// dissolutionDate, releaseDate
bool IsDateName(std::string_view key) { return key.size() > 4 && EqualsFolded(key.substr(key.size() - 4), "date"); }

}  // namespace

bool IsOfSomethingElse(const JsonString& value) { return IsOfReview(value) || !DoubtOf(value).empty(); }

Label LabelOfProperty(std::string_view name) {
  constexpr std::size_t kNameMax = 256;
  if (name.size() > kNameMax) return {};
  const std::string lower = ToLower(name);
  for (const PropertyRole& property : kProperties) {
    if (lower == property.name) return {property.role, LabelStrength::kStrong, "the property “" + std::string(name) + "”"};
  }
  return LabelOfName(name);
}

bool IsNameOfOthers(std::string_view name) {
  constexpr std::size_t kNameMax = 64;
  const auto says = [&](std::string_view word) { return FindFolded(name, word) != std::string_view::npos; };
  constexpr std::string_view kOthers[] = {"hours", "office", "weather", "forecast", "hourly", "tide", "sunset", "sunrise", "moon"};
  constexpr std::string_view kOurs[] = {"sail", "cruise", "charter", "trip", "tour", "event", "booking"};  // "sunsetSail"
  if (name.empty() || name.size() > kNameMax || std::none_of(std::begin(kOthers), std::end(kOthers), says)) return false;
  return std::none_of(std::begin(kOurs), std::end(kOurs), says) && LabelOfName(name).role == Role::kUnrelated;
}

Label LabelOfProperty(std::string_view name, std::string_view around) {
  Label own = LabelOfProperty(name);
  if (own.strength == LabelStrength::kStrong || around.empty()) return own;
  Label outer = LabelOfProperty(around);
  return outer.strength == LabelStrength::kStrong ? outer : own;
}

namespace {

void CollectValue(std::string_view bytes, const JsonString& value, Spelling spelling, Carrier carrier, const ReadOptions& options, Findings* findings) {
  const std::string_view key = value.path.empty() ? std::string_view() : value.path.back();
  Label label = LabelOfProperty(key, value.path.size() > 1 ? std::string_view(value.path[value.path.size() - 2]) : std::string_view());
  constexpr std::size_t kReach = 4;  // objects around it
  for (std::size_t i = value.path.size() - std::min(value.path.size(), kReach + 1); i + 1 < value.path.size(); ++i) {
    if (IsNameOfOthers(value.path[i])) label = {Role::kUnrelated, LabelStrength::kStrong, "it stands in “" + value.path[i] + "”"};
  }
  if (IsOfReview(value)) label = {Role::kUnrelated, LabelStrength::kStrong, "it stands in a review"};
  if (IsAboutOpening(value)) label = {Role::kUnrelated, LabelStrength::kStrong, "it stands in opening hours"};
  if (value.number) {
    AddEpoch(bytes, value.span, carrier, label, options, findings);
    return;
  }
  if (value.span.size() > options.limits.text_bytes) return;
  const std::string_view raw = value.span.In(bytes);
  const bool digit = std::any_of(raw.begin(), raw.end(), IsDigit);
  if (!digit && FindFolded(raw, "noon") == std::string_view::npos && FindFolded(raw, "midnight") == std::string_view::npos && FindFolded(raw, "o'clock") == std::string_view::npos) return;
  GlyphText text;
  text.Append(bytes, value.span, spelling);
  const TextSource source{.bytes = bytes, .carrier = carrier, .hidden = true, .day_first = options.day_first, .spelling = spelling};
  const auto iso = MatchIsoWhole(text.fold);
  if (iso && (iso->month != 0 || iso->has_time() || label.strength == LabelStrength::kStrong || IsDateName(key))) {  // a year alone counts where a date is due
    AddIso(text, *iso, source, label, findings);
    ++findings->sources;
    return;
  }
  const std::size_t first = findings->mentions.size();
  CollectText(text, source, findings);
  for (std::size_t i = first; i < findings->mentions.size(); ++i) {
    Mention& mention = findings->mentions[i];
    if (!mention.label.found() || label.role == Role::kUnrelated) mention.label = label;
  }
}

}  // namespace

Status CollectJson(std::string_view bytes, Span span, bool entities, Carrier carrier, const ReadOptions& options, Findings* findings) {
  const Spelling spelling{.entities = entities, .json = true};
  findings->work.Json(span.size());
  if (findings->Full()) return OkStatus();  // the caller refuses the page
  return ScanJson(bytes, span, entities, options.limits.json_depth, [&](const JsonString& value) {
    if (findings->Full()) return;
    const std::size_t first = findings->mentions.size();
    CollectValue(bytes, value, spelling, carrier, options, findings);
    const std::string_view doubt = DoubtOf(value);
    const bool review = IsOfReview(value);
    for (std::size_t i = first; i < findings->mentions.size() && (review || !doubt.empty()); ++i) findings->mentions[i].doubt = review ? std::string_view() : doubt;
  });
}

}  // namespace evenkeel
