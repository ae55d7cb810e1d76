// Sentences that speak of other sailings than the booking's: what people did, what all boats do.
#pragma once

#include <string_view>

#include "read/words.h"

namespace evenkeel {

// Goes through one text; asked for tokens in ascending order.
class Prose {
 public:
  explicit Prose(const TokenView& view) : view_(view) {}
  // Why a time at that token may be of another sailing; empty: nothing says so. A literal.
  std::string_view DoubtAt(std::size_t token);

 private:
  bool IsQuoted() const;
  bool IsStop(std::size_t i) const;
  bool IsPast(std::size_t verb) const;
  bool IsPraise(std::size_t i) const;
  bool IsLongAgo(std::size_t i) const;
  bool IsOfAll(std::size_t i) const;
  bool IsOffer(std::size_t verb) const;

  const TokenView& view_;
  std::size_t begin_ = 0;  // the sentence: tokens [begin_, end_)
  std::size_t end_ = 0;
  std::string_view why_;
};

}  // namespace evenkeel
