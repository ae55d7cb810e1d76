// Sentences that speak of other sailings than the booking's: what people did, what all boats do.
#pragma once

#include <string_view>

#include "read/date_grammar.h"
#include "read/words.h"

namespace evenkeel {

// Goes through one text; asked for tokens in ascending order.
class Prose {
 public:
  // `known` is the booking's date, where it is known.
  explicit Prose(const TokenView& view, std::optional<Date> known = std::nullopt) : view_(view), known_(known) {}
  // Why a time at that token may be of another sailing; empty: nothing says so. A literal.
  std::string_view DoubtAt(std::size_t token);
  // "Our Sunday sail leaves at 2 PM", of a booking on a Saturday: the sentence around that token names other weekdays, and no date.
  bool IsOfOtherWeekday(std::size_t token);

 private:
  bool IsQuoted() const;
  bool IsStop(std::size_t i) const;
  bool IsPast(std::size_t verb) const;
  bool IsPraise(std::size_t i) const;
  bool IsLongAgo(std::size_t i) const;
  bool IsOfAll(std::size_t i) const;
  bool IsOffer(std::size_t verb) const;

  void MoveTo(std::size_t token);

  const TokenView& view_;
  std::optional<Date> known_;
  std::size_t begin_ = 0;  // the sentence: tokens [begin_, end_)
  std::size_t end_ = 0;
  std::string_view why_;
  bool other_weekday_ = false;
};

}  // namespace evenkeel
