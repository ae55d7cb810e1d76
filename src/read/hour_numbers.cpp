// Hours that stand as bare numbers: setHours(16, 30), {h: 16, m: 30}, data-hour="16". Nothing edits them; they are read so that no shift is
// silent about one that holds the booking's time.
#include <algorithm>
#include <set>

#include "read/bytes.h"
#include "read/carriers.h"
#include "read/resolve.h"

namespace evenkeel {
namespace {

constexpr std::string_view kWithMinutes = "an hour and minutes as bare numbers, as the booking has them";
constexpr std::string_view kHourAlone = "an hour as a bare number, as the booking has it";

// A whole number of one or two digits up to `most`.
std::optional<int> SmallNumber(std::string_view digits, int most) {
  if (digits.empty() || digits.size() > 2 || !std::all_of(digits.begin(), digits.end(), IsDigit)) return std::nullopt;
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value <= most ? std::optional(value) : std::nullopt;
}

}  // namespace

void AddHourNumbers(std::string_view bytes, Span hour, std::optional<Span> minute, Carrier carrier, std::size_t element, Findings* findings) {
  const std::optional<int> hours = SmallNumber(hour.In(bytes), 23);
  const std::optional<int> minutes = minute ? SmallNumber(minute->In(bytes), 59) : std::optional(0);
  if (!hours || !minutes) return;
  Mention mention;
  mention.form = MentionForm::kArguments;
  mention.ref.carrier = carrier;
  mention.ref.hidden = true;
  mention.ref.span = minute && minute->begin > hour.end ? Span{hour.begin, minute->end} : hour;
  mention.start.minutes = *hours * 60 + *minutes;
  mention.start.span = mention.ref.span;
  mention.doubt = minute ? kWithMinutes : kHourAlone;
  mention.label = {Role::kUnrelated, LabelStrength::kWeak, "a number in a script"};
  mention.element = element;
  mention.source = findings->sources++;
  findings->mentions.push_back(std::move(mention));
}

void DecideHourNumbers(Findings* findings) {
  std::set<int> times;
  for (const Mention& mention : findings->mentions) {
    if (mention.ref.role == Role::kUnknown || mention.ref.role == Role::kUnrelated) continue;
    if (mention.start.minutes) times.insert(*mention.start.minutes);
    if (mention.end && mention.end->minutes) times.insert(*mention.end->minutes);
  }
  for (Mention& mention : findings->mentions) {
    const bool alone = mention.doubt == kHourAlone;
    if (!alone && mention.doubt != kWithMinutes) continue;
    const int own = *mention.start.minutes;
    const bool same = std::any_of(times.begin(), times.end(), [&](int time) { return alone ? time / 60 == own / 60 : time == own; });
    if (same) continue;
    mention.ref.role = Role::kUnrelated;
    mention.ref.why = "an hour as a number, none of the booking's";
  }
}

}  // namespace evenkeel
