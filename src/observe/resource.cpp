#include "evenkeel/resource.h"

namespace evenkeel {

std::string_view ResourceKindName(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::kPage: return "page";
    case ResourceKind::kRecord: return "record";
    case ResourceKind::kEvent: return "event";
    case ResourceKind::kListing: return "listing";
    case ResourceKind::kCard: return "card";
  }
  return "page";
}

}  // namespace evenkeel
