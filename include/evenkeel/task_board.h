// TaskBoard: cards in lanes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/resource.h"
#include "evenkeel/status.h"

namespace evenkeel {

struct Card {
  std::string id;
  std::string lane;
  std::string title;
  std::string booking;  // booking id it names; may be empty
  std::string slug;     // page slug it names; may be empty
  Version version;
};
struct CardListing {
  std::vector<Card> cards;  // by id
  bool complete = true;
  std::string why_incomplete;
};

// Law for implementers and threads: as for ObjectStore.
class TaskBoard {
 public:
  virtual ~TaskBoard() = default;
  virtual StoreTraits Traits() const = 0;
  // The lane of finished cards.
  virtual std::string DoneLane() const = 0;
  virtual StatusOr<CardListing> List() = 0;
  virtual StatusOr<Card> Get(std::string_view id) = 0;
  virtual StatusOr<Card> Move(std::string_view id, std::string_view lane, const Version& expected, const WriteStamp& stamp) = 0;
};

}  // namespace evenkeel
