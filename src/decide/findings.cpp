#include "decide/findings.h"

#include <algorithm>
#include <tuple>

#include "decide/canonical.h"
#include "decide/words.h"

namespace evenkeel {
namespace {

Finding Make(FindingKind kind, const BookingView& view, std::string field, const Resource& resource, std::string why) {
  Finding finding;
  finding.kind = kind;
  finding.booking = view.booking.key;
  finding.field = std::move(field);
  finding.resource = resource;
  finding.why = std::move(why);
  return finding;
}

void AddDrift(const BookingView& view, const Decision& decision, std::vector<Finding>& findings) {
  for (const Verdict& verdict : decision.verdicts) {
    for (const Claim& claim : verdict.against) {
      Finding finding = Make(FindingKind::kDrift, view, verdict.field, claim.resource, verdict.why);
      finding.says = FormatValue(claim.value);
      finding.should = verdict.value ? FormatValue(*verdict.value) : "";
      finding.evidence = claim.evidence;
      findings.push_back(std::move(finding));
    }
  }
}

const Tombstone* TombstoneOf(const BookingView& view, const Resource& page) {
  for (const Tombstone& tombstone : view.tombstones) {
    if (tombstone.page == page) return &tombstone;
  }
  return nullptr;
}

void AddPages(const BookingView& view, const Decision& decision, std::vector<Finding>& findings) {
  for (const Observed* page : view.pages) {
    if (const Tombstone* tombstone = TombstoneOf(view, page->resource)) {
      findings.push_back(Make(FindingKind::kResurrection, view, "page", page->resource,
                              "it was retired by " + tombstone->run + " on " + FormatInstant(tombstone->at) + " and is back; " +
                                  tombstone->survivor.ToString() + " took its place then"));
    }
  }
  for (const Resource& page : decision.duplicates) {
    Finding finding = Make(FindingKind::kDuplicatePage, view, "page", page, "the booking keeps " + KeptPage(decision));
    finding.says = page.key;
    finding.should = decision.canonical ? decision.canonical->key : "";
    findings.push_back(std::move(finding));
  }
}

void AddLosses(const BookingView& view, const Decision& decision, std::vector<Finding>& findings) {
  for (const LostFeature& lost : decision.lost) {
    Finding finding = Make(FindingKind::kLostFeature, view, "", lost.page, WordsOfLoss(lost));
    finding.should = lost.feature;
    findings.push_back(std::move(finding));
  }
}

// A pointer to a page that is not there: broken, unless nobody can say what is there.
Finding MissingPage(const BookingView& view, const Decision& decision, const Observed& record, const Resource& page) {
  const std::string unknown = WhyAbsenceProvesNothing(view.index, page);
  if (!unknown.empty()) {
    return Make(FindingKind::kIncomplete, view, "page", record.resource, "it points to " + page.ToString() + ", which was not seen, but " + unknown);
  }
  std::string why = "it points to " + page.ToString() + ", which does not exist";
  if (decision.canonical) {
    why += "; the booking's page is " + decision.canonical->ToString();
  } else if (const Tombstone* tombstone = TombstoneOf(view, page)) {
    why += ": it was retired by " + tombstone->run + " in favour of " + tombstone->survivor.ToString();
  } else {
    why += ", and the booking has no other page: create that page, or clear the pointer";
  }
  return Make(FindingKind::kBrokenPointer, view, "page", record.resource, why);
}

void AddPointers(const BookingView& view, const Decision& decision, std::vector<Finding>& findings) {
  for (const Observed* record : view.speakers) {
    const std::optional<Resource> page = record->record ? PointerOf(*record) : std::nullopt;
    if (!page || page == decision.canonical) continue;
    const Observed* target = view.index.Find(*page);
    Finding finding;
    if (target == nullptr) {
      finding = MissingPage(view, decision, *record, *page);
    } else if (!target->problem.ok()) {
      finding = Make(FindingKind::kIncomplete, view, "page", record->resource,
                     "it points to " + page->ToString() + ", which could not be read and might be the one to keep");
    } else if (decision.canonical) {
      finding = Make(FindingKind::kDrift, view, "page", record->resource, "the booking keeps " + KeptPage(decision));
      finding.should = decision.canonical->key;
    } else {
      continue;
    }
    finding.says = page->key;
    for (const Identifier& identifier : record->identifiers) {
      if (identifier.kind == "page") finding.evidence.attribute = identifier.where;
    }
    finding.evidence.text = page->key;
    findings.push_back(std::move(finding));
  }
}

}  // namespace

std::string KeptPage(const Decision& decision) {
  if (!decision.canonical || decision.why_canonical.starts_with(decision.canonical->ToString())) return decision.why_canonical;
  return decision.canonical->ToString() + ": " + decision.why_canonical;
}

std::vector<LostFeature> LostFeatures(const BookingView& view) {
  const std::vector<std::string>& protect = view.fleet.policy.protect;
  const auto is_page = [](const Observed* member) { return member->resource.kind == ResourceKind::kPage; };
  if (view.pages.empty() || std::any_of(view.unreadable.begin(), view.unreadable.end(), is_page)) return {};
  std::set<std::string> live;
  for (const Observed* page : view.pages) live.merge(ProtectedFeatures(view.fleet.policy, page->page->reading));
  std::map<std::string, LostFeature> lost;
  for (const RememberedFeatures& one : view.remembered) {
    for (const auto& [feature, sight] : one.features) {
      if (live.count(feature) > 0 || std::find(protect.begin(), protect.end(), feature) == protect.end()) continue;
      const auto [place, is_new] = lost.emplace(feature, LostFeature{feature, one.page, sight});
      if (!is_new && place->second.last.at < sight.at) place->second = {feature, one.page, sight};
    }
  }
  std::vector<LostFeature> list;
  for (auto& [feature, one] : lost) list.push_back(std::move(one));
  return list;
}

std::string WordsOfLoss(const LostFeature& lost) {
  const std::string run = lost.last.run;
  std::string words = lost.page.ToString() + " lost " + lost.feature + ", which it had on " + FormatInstant(lost.last.at).substr(0, 10);
  if (run.empty()) return words + "; no run has a copy of it: put it back from yours, or give it up with apply --override features";
  return words + " (" + run + "); put that page back with evenkeel restore FLEET " + run + " " + lost.page.key +
         ", then plan again, or give the feature up with apply --override features";
}

std::optional<Resource> PointerOf(const Observed& record) {
  for (const Identifier& identifier : record.identifiers) {
    const std::size_t colon = identifier.value.find(':');
    if (identifier.kind != "page" || colon == std::string::npos) continue;
    return Resource{ResourceKind::kPage, identifier.value.substr(0, colon), identifier.value.substr(colon + 1)};
  }
  return std::nullopt;
}

std::string WhyAbsenceProvesNothing(const SnapshotIndex& index, const Resource& page) {
  const StoreState* store = index.FindStore(page.store);
  if (store == nullptr) return page.store + " was not read";
  if (!store->problem.ok()) return page.store + " could not be read: " + store->problem.message();
  if (!store->complete) return "the listing of " + page.store + " is incomplete: " + store->why_incomplete;
  return {};
}

std::vector<Finding> FindingsOf(const BookingView& view, const Decision& decision) {
  std::vector<Finding> findings;
  AddDrift(view, decision, findings);
  AddPages(view, decision, findings);
  AddLosses(view, decision, findings);
  AddPointers(view, decision, findings);
  for (const Observed* speaker : view.speakers) {
    for (const Doubt& doubt : speaker->doubts) {
      const FieldDefinition* field = view.fleet.fields.Find(doubt.field);
      if (field != nullptr && !field->decided) continue;
      Finding finding = Make(FindingKind::kNote, view, doubt.field, speaker->resource, doubt.why);
      finding.says = doubt.evidence.text;
      finding.evidence = doubt.evidence;
      findings.push_back(std::move(finding));
    }
  }
  for (const Observed* member : view.unreadable) {
    findings.push_back(Make(FindingKind::kUnreadable, view, "", member->resource, member->problem.message()));
  }
  const auto key = [](const Finding& f) {
    return std::tuple(f.kind, f.field, f.resource.value_or(Resource{}), f.evidence.span.value_or(Span{}), f.evidence.attribute, f.says, f.why);
  };
  std::sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
  return findings;
}

}  // namespace evenkeel
