#include "property/shift_laws.h"

#include <algorithm>

namespace evenkeel::property {
namespace {

constexpr int kDay = 24 * 60;

std::optional<int> Later(std::optional<int> minutes, int by) {
  if (!minutes) return minutes;
  return ((*minutes + by) % kDay + kDay) % kDay;
}

bool IsBookings(Role role) { return role != Role::kUnrelated && role != Role::kUnknown; }

struct Shifted {
  Reading before;
  Edits edits;
  std::string page;
  Reading after;
};

class Laws {
 public:
  Laws(const std::string& page, const ReadOptions& options) : page_(page), options_(options) {}

  Outcome Check(std::span<const int> shifts) {
    const auto reading = ReadPage(page_, options_);
    if (!reading.ok()) return {};  // a limit or a binary format: nothing can be shifted
    reading_ = *reading;
    CheckSpans();
    CheckZero();
    for (const int by : shifts) CheckShift(by);
    CheckSum(45, 30);
    CheckSum(-60, 180);
    return std::move(outcome_);
  }

 private:
  void Break(const std::string& what) { outcome_.broken.push_back(what); }

  void CheckSpans() {
    std::size_t last = 0;
    for (const TimeReference& time : reading_.times) {
      if (time.span.end > page_.size() || time.span.empty()) return Break("a span lies outside the page: " + time.text);
      if (time.span.begin < last) Break("“" + time.text + "” overlaps the time before it");
      last = time.span.end;
      if (IsText(time.text) && time.text != time.span.In(page_)) Break("“" + time.text + "” is not what its span holds: “" + std::string(time.span.In(page_)) + "”");
      for (const auto& endpoint : {time.start_span, time.end_span}) {
        if (endpoint && !time.span.Contains(*endpoint)) Break("an endpoint of “" + time.text + "” lies outside it");
      }
      if (time.why.empty()) Break("“" + time.text + "” says no why");
    }
    for (const DateReference& date : reading_.dates) {
      if (IsText(date.text) && date.text != date.span.In(page_)) Break("“" + date.text + "” is not what its span holds");
    }
  }

  // Bytes that are no UTF-8 are shown as U+FFFD.
  static bool IsText(const std::string& text) { return text.find("\xEF\xBF\xBD") == std::string::npos; }

  void CheckZero() {
    const auto edits = ShiftPage(page_, reading_, 0, options_);
    if (!edits.ok()) return Break("a shift of zero ends in " + edits.status().ToString());
    if (!edits->edits.empty()) Break("a shift of zero edits");
  }

  std::optional<Shifted> Refuse(int by, const Status& status) {
    outcome_.refused.push_back("by " + std::to_string(by) + ": " + status.ToString());
    return std::nullopt;
  }

  // nullopt: refused, or broken and said.
  std::optional<Shifted> Shift(const std::string& page, int by) {
    ++outcome_.shifts;
    Shifted shifted;
    auto before = ReadPage(page, options_);
    if (!before.ok()) return Break("the page cannot be read: " + before.status().ToString()), std::nullopt;
    shifted.before = *std::move(before);
    auto edits = ShiftPage(page, shifted.before, by, options_);
    if (!edits.ok()) return Refuse(by, edits.status());
    shifted.edits = *std::move(edits);
    outcome_.moved += shifted.edits.moved.size();
    outcome_.unsure += shifted.edits.unsure.size();
    auto after = ApplyEdits(page, shifted.edits.edits);
    if (!after.ok()) return Break("edits do not fit: " + after.status().ToString()), std::nullopt;
    shifted.page = *std::move(after);
    if (const Status checked = CheckEdits(page, shifted.page, shifted.edits, options_); !checked.ok()) return Refuse(by, checked);
    auto again = ReadPage(shifted.page, options_);
    if (!again.ok()) return Break("the shifted page cannot be read: " + again.status().ToString()), std::nullopt;
    shifted.after = *std::move(again);
    return shifted;
  }

  void CheckShift(int by) {
    const std::string name = "shift by " + std::to_string(by) + ": ";
    const auto shifted = Shift(page_, by);
    if (!shifted) return;
    CheckEditsLieInSpans(*shifted, name);
    CheckLists(*shifted, by, name);
    CheckReading(*shifted, by, name);
    CheckBack(*shifted, by, name);
  }

  void CheckEditsLieInSpans(const Shifted& shifted, const std::string& name) {
    for (const Edit& edit : shifted.edits.edits) {
      const bool inside = std::any_of(shifted.edits.moved.begin(), shifted.edits.moved.end(), [&](const EditNote& note) { return note.span.Contains(edit.span); });
      if (!inside) Break(name + "an edit at " + std::to_string(edit.span.begin) + " lies in no moved mention");
    }
  }

  void CheckLists(const Shifted& shifted, int by, const std::string& name) {
    const auto& [before, edits, page, after] = shifted;
    for (const TimeReference& time : before.times) {
      std::size_t listed = 0;
      for (const auto* list : {&edits.moved, &edits.kept, &edits.unsure}) {
        listed += static_cast<std::size_t>(std::count_if(list->begin(), list->end(), [&](const EditNote& note) { return note.span == time.span; }));
      }
      if (listed != 1) Break(name + "“" + time.text + "” is listed " + std::to_string(listed) + " times");
      const bool kept = IsIn(edits.kept, time.span) && by % kDay != 0;  // by whole days a clock stays as it is
      const bool right = edits.goals.count(time.span) != 0;  // "by 4", beside 4:30 AM instead of PM
      if (kept && !right && IsBookings(time.role)) Break(name + "“" + time.text + "” is the booking's (" + std::string(RoleName(time.role)) + ") and stays without a word");
    }
  }

  static bool IsIn(const std::vector<EditNote>& notes, Span span) {
    return std::any_of(notes.begin(), notes.end(), [&](const EditNote& note) { return note.span == span; });
  }

  void CheckReading(const Shifted& shifted, int by, const std::string& name) {
    const auto& [before, edits, page, after] = shifted;
    if (before.times.size() != after.times.size()) return Break(name + "another number of times");
    for (std::size_t i = 0; i < before.times.size(); ++i) {
      const TimeReference& a = before.times[i];
      const TimeReference& b = after.times[i];
      const int moved_by = edits.goals.count(a.span) != 0 ? by : 0;
      const bool anew = edits.reread.count(a.span) != 0;  // the same bytes beside other times, and said so
      if (anew && moved_by != 0) Break(name + "“" + a.text + "” moved, and is said to read anew");
      const bool says = Later(a.start, moved_by) == b.start && Later(a.end, moved_by) == b.end;
      if (!says && !anew) Break(name + "“" + a.text + "” became “" + b.text + "”");
      if ((a.role != b.role && !anew) || a.carrier != b.carrier) Break(name + "“" + a.text + "” became another role or carrier");
      if (!IsIn(edits.moved, a.span) && a.text != b.text) Break(name + "“" + a.text + "” was not to change, and is “" + b.text + "”");
      CheckDate(a, b, moved_by, name);
    }
  }

  // A time that states its own date goes to another day past midnight, forth and back.
  void CheckDate(const TimeReference& a, const TimeReference& b, int by, const std::string& name) {
    const std::optional<int> single = a.start ? a.start : a.end;
    if (!a.instant || !single || !a.date || by == 0) return;
    const LocalDateTime wanted = AddMinutes({a.date, *single}, by);
    if (b.date != wanted.date) Break(name + "“" + a.text + "” became “" + b.text + "”, of another day than " + FormatDate(*wanted.date));
  }

  // Bytes, or where a meridiem had to grow or a DST change lies between, values. What was left unsure on the way stays where it was.
  void CheckBack(const Shifted& there, int by, const std::string& name) {
    const auto back = Shift(there.page, -by);
    if (!back || back->page == page_) return;
    if (back->after.times.size() != reading_.times.size()) return Break(name + "and back: another number of times");
    for (std::size_t i = 0; i < reading_.times.size(); ++i) {
      const bool both = IsIn(there.edits.moved, reading_.times[i].span) == IsIn(back->edits.moved, back->before.times[i].span);
      const TimeReference& a = reading_.times[i];
      const TimeReference& b = back->after.times[i];
      if (both && (a.start != b.start || a.end != b.end)) Break(name + "and back: “" + a.text + "” is “" + b.text + "”");
    }
  }

  void CheckSum(int first, int second) {
    const auto one = Shift(page_, first);
    if (!one) return;
    const auto two = Shift(one->page, second);
    const auto sum = Shift(page_, first + second);
    if (!two || !sum || !one->edits.unsure.empty() || !two->edits.unsure.empty() || !sum->edits.unsure.empty()) return;
    for (std::size_t i = 0; i < std::min(two->after.times.size(), sum->after.times.size()); ++i) {
      const TimeReference& a = two->after.times[i];
      const TimeReference& b = sum->after.times[i];
      if (a.start != b.start || a.end != b.end) Break("shifts by " + std::to_string(first) + " and " + std::to_string(second) + ": “" + a.text + "” is “" + b.text + "” by their sum");
    }
  }

  const std::string& page_;
  const ReadOptions& options_;
  Reading reading_;
  Outcome outcome_;
};

}  // namespace

Outcome CheckLaws(const std::string& page, const ReadOptions& options, std::span<const int> shifts) { return Laws(page, options).Check(shifts); }

}  // namespace evenkeel::property
