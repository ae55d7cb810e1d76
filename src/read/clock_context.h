// The neighbours of a number: whether they make it a time or something else.
#pragma once

#include "read/words.h"

namespace evenkeel {

// Whether what stands at token i may follow a lone number that is meant as a time. Anything else ("4 guests", "12 Main St")
// makes the number something else.
bool EndsBareHour(const TokenView& view, std::size_t i);
// Whether what stands before token i announces a lone number there as a time: "arrive by 4", "at 4", "from 4".
bool BeginsBareHour(const TokenView& view, std::size_t i);
// The same as EndsBareHour for a number that looks like a time itself (1630).
bool EndsLikeTime(const TokenView& view, std::size_t i);
// "Dock 4 - 7 PM": the number at token `first` counts docks.
bool IsPlaceNumber(const TokenView& view, std::size_t first);
// "Prices 16.30 - 19.30": the number at token `first` is money.
bool IsPriced(const TokenView& view, std::size_t first);
// "Time changed: 5:00 PM", "rescheduled 5 PM": a change is told in front of the clock at token `first`.
bool IsChangedAt(const TokenView& view, std::size_t first);
// "Time: 9-5", "Saturday 9-5".
bool HasTimeLabelBefore(const TokenView& view, std::size_t first);
// "11a-2p", "Depart 10a, return 1p": behind the number at token i stands the letter of the morning, no article and no paragraph.
bool IsMorningLetter(const TokenView& view, std::size_t i);
// A book whose verses are written like times: "John 3:16". Lower case.
bool IsVerseBook(std::string_view word);

}  // namespace evenkeel
