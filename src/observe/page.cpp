// What a page claims.
#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "digest/sha256.h"
#include "evenkeel/snapshot.h"
#include "observe/claims.h"
#include "observe/pointer.h"

namespace evenkeel {
namespace {

// The one whole date that a page shows, where its slug names none; several say nothing.
std::optional<Date> OnlyDate(const Reading& reading) {
  std::set<Date> dates;
  for (const DateReference& reference : reading.dates) {
    if (reference.carrier == Carrier::kComment || reference.month == 0 || reference.day == 0) continue;
    dates.insert(Date{date::year{reference.year}, date::month{reference.month}, date::day{reference.day}});
  }
  return dates.size() == 1 ? std::optional<Date>(*dates.begin()) : std::nullopt;
}

// An emptied page is somebody's broken upload. It says nothing, and silence would be agreement.
Status CheckHasWords(std::string_view bytes) {
  if (bytes.find_first_not_of(" \t\r\n\f") != std::string_view::npos) return OkStatus();
  return Status(Code::kInvalidArgument, "the page is empty: put its content back (backups of edited pages are under the fleet's state), or take it away");
}

// With the slug's date; else a second time with the date that the first time found.
StatusOr<Reading> ReadDated(const FleetConfig& fleet, std::string_view bytes, const ObjectInfo& info, const ZoneSource& zones, std::optional<Date>& date) {
  if (!info.redirect_to.empty()) {
    // No guest sees its bytes, and often there are none.
    Reading reading;
    reading.bytes = bytes.size();
    reading.redirect_to = info.redirect_to;
    return reading;
  }
  EVENKEEL_RETURN_IF_ERROR(CheckHasWords(bytes));
  StatusOr<Reading> reading = ReadPage(bytes, OptionsFor(fleet, zones, date));
  if (!reading.ok() || date) return reading;
  date = OnlyDate(*reading);
  return date ? ReadPage(bytes, OptionsFor(fleet, zones, date)) : std::move(reading);
}

void IdentifyPage(Claimant& claimant, const PageStoreConfig& store, const Observed& observed, const Reading& reading) {
  for (const PageIdentifier& identifier : reading.identifiers) {
    const std::string where = "line " + std::to_string(identifier.line);
    if (identifier.kind != "slug" && identifier.kind != "canonical") {
      claimant.Identify(identifier.kind, identifier.value, where);
      continue;
    }
    const auto slug = SlugOfPointer(store, identifier.value);
    if (!slug || KeyOfSlug(store, *slug) == observed.resource.key) continue;
    claimant.Identify("canonical", store.store.name + ":" + KeyOfSlug(store, *slug), where);
  }
}

// What the key alone says: the date and the guest of its slug.
void IdentifyBySlug(Claimant& claimant, const PageStoreConfig& store, const std::string& slug) {
  for (const auto& [part, text] : PartsOfSlug(store, slug)) {
    const auto date = part == "date" ? ParseDate(text) : std::nullopt;
    if (date) claimant.Identify("date", FormatDate(*date), "slug");
    if (part == "guest") claimant.Identify("guest", text, "slug");
  }
}

}  // namespace

Observed UnreadPage(const FleetConfig& fleet, const PageStoreConfig& store, const ObjectInfo& info, const Status& why, const ZoneSource& zones) {
  Observed observed;
  observed.resource = {ResourceKind::kPage, store.store.name, info.key};
  observed.version = info.version;
  observed.modified = info.modified;
  observed.problem = Status(why.code(), why.message(), observed.resource.ToString());
  Claimant claimant(fleet, store.store, observed, zones);
  IdentifyBySlug(claimant, store, SlugOfKey(store, info.key).value_or(info.key));
  SortObserved(observed);
  return observed;
}

Observed ObservePage(const FleetConfig& fleet, const PageStoreConfig& store, const ObjectInfo& info, std::string_view bytes, const ZoneSource& zones) {
  Observed observed;
  observed.resource = {ResourceKind::kPage, store.store.name, info.key};
  observed.version = info.version;
  observed.modified = info.modified;
  auto content = std::make_shared<PageContent>();
  content->slug = SlugOfKey(store, info.key).value_or(info.key);
  content->sha256 = Sha256Hex(bytes);
  const auto parts = PartsOfSlug(store, content->slug);
  const auto slug_date = parts.find("date");
  std::optional<Date> date = slug_date == parts.end() ? std::nullopt : ParseDate(slug_date->second);
  StatusOr<Reading> reading = ReadDated(fleet, bytes, info, zones, date);
  if (!reading.ok()) {
    observed.problem = Status(reading.code(), reading.status().message(), observed.resource.ToString());
  } else {
    content->reading = *std::move(reading);
  }
  Claimant claimant(fleet, store.store, observed, zones);
  IdentifyBySlug(claimant, store, content->slug);
  if (date && slug_date == parts.end()) claimant.Identify("date", FormatDate(*date), "the page's only date");
  if (observed.problem.ok() && !content->reading.redirect_to.empty()) {
    // An alias of ours: it leads to its page and says nothing itself.
    if (const auto slug = SlugOfPointer(store, content->reading.redirect_to)) {
      claimant.Identify("page", store.store.name + ":" + KeyOfSlug(store, *slug), "redirect");
    }
  } else if (observed.problem.ok()) {
    IdentifyPage(claimant, store, observed, content->reading);
    for (const Statement& statement : content->reading.statements) {
      if (statement.field == "guest") claimant.Identify("guest", statement.text, "line " + std::to_string(statement.line));
    }
    claimant.Reading(content->reading, "");
  }
  observed.page = std::move(content);
  SortObserved(observed);
  return observed;
}

}  // namespace evenkeel
