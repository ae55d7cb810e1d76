#include "evenkeel/verdict.h"

namespace evenkeel {

std::string_view CertaintyName(Certainty certainty) {
  switch (certainty) {
    case Certainty::kCertain: return "certain";
    case Certainty::kDerived: return "derived";
    case Certainty::kOpen: return "open";
  }
  return "open";
}

std::string_view FindingKindName(FindingKind kind) {
  switch (kind) {
    case FindingKind::kDrift: return "drift";
    case FindingKind::kBrokenPointer: return "broken_pointer";
    case FindingKind::kResurrection: return "resurrection";
    case FindingKind::kLostFeature: return "lost_feature";
    case FindingKind::kUnreadable: return "unreadable";
    case FindingKind::kIncomplete: return "incomplete";
    case FindingKind::kDuplicatePage: return "duplicate_page";
    case FindingKind::kNote: return "note";
  }
  return "note";
}

const Verdict* Decision::Find(std::string_view field) const {
  for (const Verdict& verdict : verdicts) {
    if (verdict.field == field) return &verdict;
  }
  return nullptr;
}

}  // namespace evenkeel
