// Listings: a marketplace is changed by a person, who is told exactly what to enter.
#include "decide/words.h"
#include "observe/attribute_value.h"
#include "plan/draft.h"
#include "plan/page_edit.h"

namespace evenkeel {
namespace {

struct Change {
  std::string words;  // "start from 16:30 to 15:30"
  Json from, to;
};

StatusOr<Json> NewValue(const Draft& draft, const Observed& listing, const Claim& claim, const Json& old) {
  if (claim.evidence.span && old.is_string()) {
    EVENKEEL_ASSIGN_OR_RETURN(std::string text, EditText(draft, listing, claim.evidence.attribute, old.get<std::string>()));
    return Json(std::move(text));
  }
  const FieldDefinition* field = draft.fleet.fields.Find(claim.field);
  if (field == nullptr) return Status(Code::kNotFound, "no such field", claim.field);
  return WriteLike(old, *field, draft.TargetFor(listing, claim), draft.DecidedDate().value_or(Date{}), draft.decision.booking.zone, draft.zones);
}

// The attribute that the claim stands in; empty: the store has none that could be told.
std::string AttributeOf(const Observed& listing, const Claim& claim) {
  const Attributes& attributes = listing.listing->attributes;
  for (const std::string& name : {claim.evidence.attribute, claim.field}) {
    if (attributes.count(name) > 0) return name;
  }
  return {};
}

void PlanListing(Draft& draft, const Observed& listing) {
  Attributes from, to;
  std::string words;
  for (const Claim* claim : draft.DriftOf(listing)) {
    if (StandsInStart(listing, *claim)) continue;
    const std::string attribute = AttributeOf(listing, *claim);
    const Value target = draft.TargetFor(listing, *claim);
    Json old = attribute.empty() ? Json(claim->evidence.text) : listing.listing->attributes.at(attribute);
    const StatusOr<Json> now = attribute.empty() ? StatusOr<Json>(Json(FormatValue(target))) : NewValue(draft, listing, *claim, old);
    if (!now.ok() && claim->evidence.span) {
      draft.Note(listing.resource.ToString() + ": " + attribute + " says \"" + claim->evidence.text + "\" and is left as it is: " + now.status().message());
      continue;
    }
    const Json value = now.ok() ? *now : Json(FormatValue(target));
    const std::string& name = attribute.empty() ? claim->field : attribute;
    if (value == old || to.count(name) > 0) continue;
    words += (words.empty() ? "change " : ", and ") + name + " from \"" + TextOfAttribute(old) + "\" to \"" + TextOfAttribute(value) + "\"";
    const auto* time = std::get_if<LocalDateTime>(&target);
    if (time != nullptr && !claim->evidence.span) words += " (" + WordsOfClock(time->minutes) + ")";
    from[name] = std::move(old);
    to[name] = value;
  }
  if (to.empty()) return;
  AddManualTask(draft, listing,
                "On " + listing.resource.store + ", open listing " + listing.resource.key + " and " + words + "; then record it with `evenkeel attest`",
                std::move(from), std::move(to));
}

}  // namespace

void PlanListings(Draft& draft) {
  for (const Observed* member : draft.members) {
    if (member->listing) PlanListing(draft, *member);
  }
}

}  // namespace evenkeel
