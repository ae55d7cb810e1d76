#include "decide/voices.h"

#include <algorithm>
#include <set>

#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

// Of a page the visible text comes first. Of anything else a property of its own comes before words inside a longer text.
bool IsPrimary(const Observed& observed, const Claim& claim) {
  if (observed.resource.kind == ResourceKind::kPage) return claim.evidence.visible;
  return !claim.evidence.span.has_value();
}

// Whether a store upstream of `store`, however far, is among `speaking`.
bool HasSpeakingUpstream(const FleetConfig& fleet, const std::string& store, const std::set<std::string>& speaking) {
  std::set<std::string> seen;
  const StoreConfig* config = fleet.FindStore(store);
  while (config != nullptr && !config->from.empty() && seen.insert(config->name).second) {
    if (speaking.count(config->from) > 0) return true;
    config = fleet.FindStore(config->from);
  }
  return false;
}

bool SaysLess(const Claim& claim) {
  const auto* local = std::get_if<LocalDateTime>(&claim.value);
  return local != nullptr && !local->date;
}

// A page mentions other days too (the Monday a reply is due): where one of its dates is the booking's, that is what it says.
void KeepOwnDate(const Booking& booking, std::vector<Claim>& claims) {
  const auto is_own = [&](const Claim& claim) { return booking.date && claim.value == Value(*booking.date); };
  if (std::none_of(claims.begin(), claims.end(), is_own)) return;
  claims.erase(std::remove_if(claims.begin(), claims.end(), [&](const Claim& claim) { return !is_own(claim); }), claims.end());
}

}  // namespace

const std::vector<std::vector<std::string>>* AuthorityOf(const Policy& policy, std::string_view field) {
  auto found = policy.authority.find(std::string(field));
  if (found == policy.authority.end()) found = policy.authority.find("*");
  return found == policy.authority.end() ? nullptr : &found->second;
}

std::optional<std::size_t> LevelOf(const Policy& policy, std::string_view field, std::string_view store) {
  const auto* levels = AuthorityOf(policy, field);
  for (std::size_t i = 0; levels != nullptr && i < levels->size(); ++i) {
    if (std::find((*levels)[i].begin(), (*levels)[i].end(), store) != (*levels)[i].end()) return i;
  }
  return std::nullopt;
}

std::vector<Claim> PrimaryClaims(const Observed& observed, std::string_view field) {
  std::vector<Claim> primary, all;
  for (const Claim& claim : observed.claims) {
    if (claim.field != field) continue;
    all.push_back(claim);
    if (IsPrimary(observed, claim)) primary.push_back(claim);
  }
  return primary.empty() ? all : primary;
}

std::vector<Voice> VoicesOf(const BookingView& view, std::string_view field) {
  std::vector<Voice> voices;
  for (const Observed* source : view.speakers) {
    if (const StoreConfig* store = view.fleet.FindStore(source->resource.store);
        store != nullptr && !store->AccessOf(std::string(field)).read) {
      continue;
    }
    Voice voice{source, LevelOf(view.fleet.policy, field, source->resource.store), PrimaryClaims(*source, field), {}};
    if (voice.says.empty()) continue;
    for (const Claim& claim : source->claims) {
      if (claim.field == field) voice.all.push_back(claim);
    }
    if (field == "date" && source->page) {
      KeepOwnDate(view.booking, voice.says);
      KeepOwnDate(view.booking, voice.all);
    }
    voices.push_back(std::move(voice));
  }
  return voices;
}

std::vector<Voice> IndependentVoices(const BookingView& view, const std::vector<Voice>& voices) {
  std::set<std::string> speaking;
  for (const Voice& voice : voices) speaking.insert(voice.source->resource.store);
  std::vector<Voice> independent;
  for (const Voice& voice : voices) {
    if (EVENKEEL_BUG(64, "the strongest authority is not heard") && voice.level == 0) continue;
    if (!HasSpeakingUpstream(view.fleet, voice.source->resource.store, speaking)) independent.push_back(voice);
  }
  return independent;
}

std::vector<Side> SidesOf(const FieldDefinition& field, const std::vector<Claim>& claims) {
  std::vector<Side> sides;
  const auto add = [&](const Claim& claim) {
    for (Side& side : sides) {
      if (SameValue(field, side.value, claim.value)) return side.claims.push_back(claim);
    }
    sides.push_back({claim.value, {claim}});
  };
  for (const Claim& claim : claims) {
    if (!SaysLess(claim)) add(claim);
  }
  for (const Claim& claim : claims) {
    if (SaysLess(claim)) add(claim);
  }
  return sides;
}

}  // namespace evenkeel
