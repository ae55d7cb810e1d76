// The second opinion: both pages read anew, the edited one by the reference reader whatever read the other, and compared piece by piece,
// statement by statement: a difference between the readers stops the edit as well.
#include <algorithm>
#include <set>

#include "evenkeel/edit.h"
#include "read/edit_plan.h"
#include "read/glyphs.h"
#include "read/spell.h"

namespace evenkeel {
namespace {

Status Differs(const std::string& what) { return Status(Code::kInternal, "the edited page must not be written: " + what); }

std::string WhereIs(const TimeReference& ref) { return "“" + ref.text + "” in line " + std::to_string(ref.line); }

// What was planned, ready to be asked.
class Planned {
 public:
  explicit Planned(const Edits& planned) : edits(planned), map(planned.edits) {
    for (const EditNote& note : planned.moved) notes_.emplace(note.span, &note);
    for (const auto* notes : {&planned.kept, &planned.unsure}) {
      for (const EditNote& note : *notes) left_.insert(note.span);
    }
  }

  const EditNote* Note(Span span) const {
    const auto found = notes_.find(span);
    return found == notes_.end() ? nullptr : found->second;
  }
  // Whether one of the lists has it.
  bool IsListed(Span span) const { return notes_.count(span) != 0 || left_.count(span) != 0; }
  // Whether it may read otherwise: it was said so, and no edit is in it.
  bool MayReadAnew(Span span) const { return edits.reread.count(span) != 0 && left_.count(span) != 0 && notes_.count(span) == 0 && !HasEditIn(span); }
  // Whether a moved value has all of `span` inside it.
  bool HasValueAround(Span span) const {
    auto found = notes_.upper_bound({span.begin, static_cast<std::size_t>(-1)});
    return found != notes_.begin() && std::prev(found)->first.Contains(span);
  }
  // Whether one edit holds all of `span` and more.
  bool HasEditAround(Span span) const {
    const auto found = std::partition_point(edits.edits.begin(), edits.edits.end(), [&](const Edit& edit) { return edit.span.end < span.end; });
    return found != edits.edits.end() && found->span.Contains(span) && found->span.size() > span.size();
  }

  // Whether an edit touches `span`.
  bool HasEditIn(Span span) const {
    const auto found = std::partition_point(edits.edits.begin(), edits.edits.end(), [&](const Edit& edit) { return edit.span.end <= span.begin; });
    return found != edits.edits.end() && found->span.begin < span.end;
  }

  const Edits& edits;
  EditMap map;

 private:
  std::map<Span, const EditNote*> notes_;
  std::set<Span> left_;  // kept or unsure
};

Status CompareTrees(const PageStream& old_stream, const PageStream& new_stream, const Planned& planned) {
  if (old_stream.pieces.size() != new_stream.pieces.size()) return Differs("its tree has another number of nodes");
  const auto maps = [&](Span a, Span b, bool text) {
    // An insertion at the edge of a text or a value belongs to it; at the edge of a tag it does not.
    return planned.map.Forward(a.begin, !text) == b.begin && planned.map.Forward(a.end, text) == b.end;
  };
  for (std::size_t i = 0; i < old_stream.pieces.size(); ++i) {
    const StreamPiece& a = old_stream.pieces[i];
    const StreamPiece& b = new_stream.pieces[i];
    const std::string node = "node " + std::to_string(i);
    if (a.kind != b.kind || a.name != b.name || a.attribute_count != b.attribute_count) return Differs(node + " is another");
    if (a.span.empty() != b.span.empty()) return Differs(node + " lost its place");
    const bool text = a.kind == PieceKind::kText || a.kind == PieceKind::kRaw || a.kind == PieceKind::kComment;
    if (!a.span.empty() && !maps(a.span, b.span, text)) return Differs(node + " stands elsewhere");
    for (std::size_t k = 0; k < a.attribute_count; ++k) {
      const StreamAttribute& x = old_stream.attributes[a.first_attribute + k];
      const StreamAttribute& y = new_stream.attributes[b.first_attribute + k];
      if (x.name != y.name) return Differs("an attribute has another name");
      if (!x.value.empty() && !maps(x.value, y.value, true)) return Differs("the attribute " + x.name + " has another extent");
    }
  }
  return OkStatus();
}

// A moved reference in a base64 block: its bytes in the block's text, before and after.
using MovedInBlock = std::vector<std::pair<Span, Span>>;

template <typename Found>
void AddMoved(const std::vector<Found>& before, const std::vector<std::size_t>& order, const std::vector<Found>& after, const std::vector<std::size_t>& order_after,
              const Planned& planned, std::map<std::size_t, MovedInBlock>* moved) {
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Found& a = before[order[i]];
    if (a.block != kNone && planned.Note(a.ref.span)) (*moved)[a.block].emplace_back(a.in_block, after[order_after[i]].in_block);
  }
}

// What stands between the moved references of a block has to stay.
bool IsSameBetween(const std::string& before, const std::string& after, MovedInBlock moved) {
  std::sort(moved.begin(), moved.end());
  moved.push_back({{before.size(), before.size()}, {after.size(), after.size()}});
  std::size_t at = 0, now = 0;
  for (const auto& [a, b] : moved) {
    const bool kept = a.begin >= at && b.begin >= now && b.end <= after.size() && before.compare(at, a.begin - at, after, now, b.begin - now) == 0;
    if (!kept) return false;
    at = a.end;
    now = b.end;
  }
  return true;
}

Status CompareBlocks(const Understanding& old_page, const Understanding& new_page, const Planned& planned) {
  const Findings& before = old_page.findings;
  const Findings& after = new_page.findings;
  if (before.blocks.size() != after.blocks.size()) return Differs("a calendar in it cannot be read any more");
  std::map<std::size_t, MovedInBlock> moved;
  AddMoved(before.mentions, old_page.mention_of_time, after.mentions, new_page.mention_of_time, planned, &moved);
  AddMoved(before.dates, old_page.date_of_date, after.dates, new_page.date_of_date, planned, &moved);
  for (std::size_t i = 0; i < before.blocks.size(); ++i) {
    if (!IsSameBetween(before.blocks[i].text(), after.blocks[i].text(), moved[i])) return Differs("a calendar in it changes beside its times");
  }
  return OkStatus();
}

// Every edit stands inside a value that was to change, or spells a block anew in which one was.
Status CheckPlaces(const Understanding& old_page, const Understanding& new_page, const Planned& planned) {
  std::map<std::size_t, Span> blocks;
  for (const Base64Block& block : old_page.findings.blocks) blocks.emplace(block.OnPage().begin, block.OnPage());
  for (const Edit& edit : planned.edits.edits) {
    const auto next = blocks.upper_bound(edit.span.begin);
    const bool in_block = next != blocks.begin() && std::prev(next)->second.Contains(edit.span);
    if (!planned.HasValueAround(edit.span) && !in_block) return Differs("byte " + std::to_string(edit.span.begin) + " changes, and no planned value stands there");
  }
  return CompareBlocks(old_page, new_page, planned);
}

Status CompareFeatures(const Reading& before, const Reading& after) {
  for (const Feature& feature : before.features) {
    const bool kept = std::any_of(after.features.begin(), after.features.end(),
                                  [&](const Feature& now) { return now.name == feature.name && now.complete >= feature.complete; });
    if (!kept) return Differs("the feature " + feature.name + " is gone");
  }
  return OkStatus();
}

// What was asked for is said, whether bytes had to change for it or not.
Status CompareGoal(const TimeReference& a, const TimeReference& b, const Edits& edits) {
  const auto goal = edits.goals.find(a.span);
  if (goal == edits.goals.end()) return OkStatus();
  const std::optional<int> single = b.start ? b.start : b.end;
  const bool says = single == goal->second.start.minutes && (!goal->second.end || b.end == goal->second.end->minutes);
  if (!says) return Differs(WhereIs(a) + " reads “" + b.text + "”, which is not " + FormatMinutes(goal->second.start.minutes));
  return OkStatus();
}

Status CompareMoved(const TimeReference& a, const TimeReference& b, const EditNote& moved, const Edits& edits) {
  const bool named = a.role == Role::kUnknown && RoleName(b.role) == moved.role;  // a person said what it is for
  if (a.role != b.role && !named) return Differs(WhereIs(a) + " is read as " + std::string(RoleName(b.role)) + " now");
  if (b.text != moved.becomes) return Differs(WhereIs(a) + " reads “" + b.text + "” instead of “" + moved.becomes + "”");
  return CompareGoal(a, b, edits);
}

// A time that stays: the same bytes, read the same unless it was said that its neighbours change that.
Status CompareLeft(const TimeReference& a, const TimeReference& b, bool around, const Planned& planned) {
  if (!around && a.text != b.text) return Differs(WhereIs(a) + " was not to change, but reads “" + b.text + "”");
  if (planned.MayReadAnew(a.span)) return OkStatus();
  if (a.role != b.role) return Differs(WhereIs(a) + " is read as " + std::string(RoleName(b.role)) + " now");
  if (planned.edits.goals.count(a.span) != 0) return CompareGoal(a, b, planned.edits);  // right already, or beside the new times
  if (a.start != b.start || a.end != b.end) return Differs(WhereIs(a) + " was not to change, but says another time");
  return OkStatus();
}

Status CompareTimes(const Reading& before, const Reading& after, const Planned& planned) {
  if (before.times.size() != after.times.size()) return Differs("it mentions another number of times");
  for (std::size_t i = 0; i < before.times.size(); ++i) {
    const TimeReference& a = before.times[i];
    const TimeReference& b = after.times[i];
    if (!planned.IsListed(a.span)) return Differs(WhereIs(a) + " is neither moved nor kept nor unsure");
    const bool around = planned.HasEditAround(a.span);  // a base64 block whose length changes
    if (!around && planned.map.Forward(a.span.begin, false) != b.span.begin) return Differs(WhereIs(a) + " stands elsewhere");
    if (a.carrier != b.carrier) return Differs(WhereIs(a) + " is of another carrier now");
    const EditNote* moved = planned.Note(a.span);
    EVENKEEL_RETURN_IF_ERROR(moved ? CompareMoved(a, b, *moved, planned.edits) : CompareLeft(a, b, around, planned));
  }
  return OkStatus();
}

Status CompareDates(const Reading& before, const Reading& after, const Planned& planned) {
  if (before.dates.size() != after.dates.size()) return Differs("it mentions another number of dates");
  for (std::size_t i = 0; i < before.dates.size(); ++i) {
    const DateReference& a = before.dates[i];
    const DateReference& b = after.dates[i];
    const EditNote* moved = planned.Note(a.span);
    if (moved == nullptr && planned.HasEditIn(a.span)) continue;  // "this Saturday" moved with the time that it belongs to
    if (moved == nullptr && a.text == b.text && planned.MayReadAnew(a.span)) continue;
    const bool same = moved ? b.text == moved->becomes : a.year == b.year && a.month == b.month && a.day == b.day;
    if (!same) return Differs("“" + a.text + "” in line " + std::to_string(a.line) + " reads “" + b.text + "”");
  }
  return OkStatus();
}

// Identifiers never change; statements only where they were to.
Status CompareRest(const Reading& before, const Reading& after, const Planned& planned) {
  const auto same_identifier = [](const PageIdentifier& a, const PageIdentifier& b) { return a.kind == b.kind && a.value == b.value; };
  if (!std::equal(before.identifiers.begin(), before.identifiers.end(), after.identifiers.begin(), after.identifiers.end(), same_identifier)) {
    return Differs("its identifiers change");
  }
  const auto same_statement = [&](const Statement& a, const Statement& b) {
    const EditNote* moved = planned.Note(a.span);
    return a.field == b.field && a.carrier == b.carrier && a.spelling == b.spelling && b.text == (moved ? DecodeText(moved->becomes, {0, moved->becomes.size()}, SpellingOf(a.spelling)) : a.text);
  };
  if (!std::equal(before.statements.begin(), before.statements.end(), after.statements.begin(), after.statements.end(), same_statement)) {
    return Differs("it says something else of people or guests");
  }
  if (before.redirect_to != after.redirect_to) return Differs("it leads elsewhere");
  return OkStatus();
}

}  // namespace

Status CheckEdits(std::string_view before, std::string_view after, const Edits& edits, const ReadOptions& options) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::string expected, ApplyEdits(before, edits.edits));
  if (expected != after) return Differs("bytes outside the edits changed");
  if (before == after) return OkStatus();
  EVENKEEL_ASSIGN_OR_RETURN(const Understanding old_page, UnderstandPage(before, options));
  EVENKEEL_ASSIGN_OR_RETURN(const Understanding new_page, UnderstandPage(after, options, ReadEngine::kGumbo));
  const Planned planned(edits);
  if (IsMarkup(old_page.reading)) EVENKEEL_RETURN_IF_ERROR(CompareTrees(old_page.stream, new_page.stream, planned));
  EVENKEEL_RETURN_IF_ERROR(CompareFeatures(old_page.reading, new_page.reading));
  EVENKEEL_RETURN_IF_ERROR(CompareTimes(old_page.reading, new_page.reading, planned));
  EVENKEEL_RETURN_IF_ERROR(CompareDates(old_page.reading, new_page.reading, planned));
  EVENKEEL_RETURN_IF_ERROR(CompareRest(old_page.reading, new_page.reading, planned));
  return CheckPlaces(old_page, new_page, planned);
}

}  // namespace evenkeel
