#include "read/edit_plan.h"

#include <algorithm>
#include <set>

#include "read/bytes.h"
#include "read/spell.h"

namespace evenkeel {
namespace {

bool EditOrder(const Edit& a, const Edit& b) { return a.span < b.span; }

std::string Within(std::string_view bytes, Span span, std::vector<Edit> edits) {
  std::string text(span.In(bytes));
  std::sort(edits.begin(), edits.end(), EditOrder);
  for (auto it = edits.rbegin(); it != edits.rend(); ++it) {
    if (it->span.begin < span.begin || it->span.end > span.end) continue;
    text.replace(it->span.begin - span.begin, it->span.size(), it->replacement);
  }
  return ToUtf8Lossy(text);
}

class EditPlanner {
 public:
  EditPlanner(std::string_view bytes, const Reading& reading, const Understanding& understanding, const EditRequest& request, const ReadOptions& options)
      : bytes_(bytes), reading_(reading), understanding_(understanding), request_(request), options_(options),
        style_(ReadPageStyle(bytes, understanding.findings)), refused_(request.unsure) {}

  StatusOr<Edits> Plan() {
    constexpr int kRounds = 4;  // each round leaves out what did not read back
    for (int round = 0; round < kRounds; ++round) {
      Build();
      if (edits_.edits.empty() && edits_.goals.empty()) break;  // a goal may be met without an edit, or only seem so
      EVENKEEL_ASSIGN_OR_RETURN(const bool agreed, ReadBack());
      if (agreed) break;
      if (round + 1 == kRounds) return Status(Code::kInternal, "the edited page does not read as planned; nothing was edited");
    }
    return std::move(edits_);
  }

 private:
  EditNote NoteOf(const TimeReference& ref) const {
    return {ref.text, {}, std::string(RoleName(ref.role)), std::string(CarrierName(ref.carrier)), ref.span, ref.line, {}};
  }

  void Build() {
    edits_ = Edits();
    block_edits_.clear();
    block_notes_.clear();
    blocks_.clear();
    for (std::size_t i = 0; i < reading_.times.size(); ++i) BuildTime(i);
    for (std::size_t i = 0; i < reading_.dates.size(); ++i) BuildDate(i);
    BuildStatements();
    FinishBlocks();
    std::stable_sort(edits_.edits.begin(), edits_.edits.end(), EditOrder);
    map_ = EditMap(edits_.edits);
    unsure_.clear();
    for (const EditNote& note : edits_.unsure) unsure_.insert(note.span);
  }

  // Where a reference's parts count: on the page, or in the text of a base64 block.
  struct Site {
    Span span;
    std::size_t block = kNone;
    Span in_block = {};
  };
  const Mention& MentionOf(std::size_t i) const { return understanding_.findings.mentions[understanding_.mention_of_time[i]]; }
  const DateMention& DateOf(std::size_t i) const { return understanding_.findings.dates[understanding_.date_of_date[i]]; }
  template <typename Found>
  static Site SiteOf(const Found& found) {
    return {found.ref.span, found.block, found.in_block};
  }
  std::string_view BytesAt(const Site& site) const {
    return site.block == kNone ? bytes_ : std::string_view(understanding_.findings.blocks[site.block].text());
  }

  // The edits of each block together, as edits of its symbols.
  void FinishBlocks() {
    for (auto& [index, edits] : block_edits_) {
      std::stable_sort(edits.begin(), edits.end(), EditOrder);
      const auto [rewrite, fresh] = blocks_.try_emplace(index, understanding_.findings.blocks[index], bytes_, edits);
      for (Edit& edit : rewrite->second.PageEdits()) edits_.edits.push_back(std::move(edit));
    }
    for (const auto& [note, site] : block_notes_) edits_.moved[note].becomes = blocks_.at(site.block).Spell(site.in_block).bytes;
  }

  // Where a reference begins once the edits are in.
  std::size_t BeginAfter(const Site& site) const {
    const auto found = blocks_.find(site.block);
    if (found == blocks_.end()) return map_.Forward(site.span.begin, false);
    return map_.Forward(understanding_.findings.blocks[site.block].OnPage().begin, false) + found->second.Spell(site.in_block).offset;
  }

  void BuildTime(std::size_t i) {
    const TimeReference& ref = reading_.times[i];
    EditNote note = NoteOf(ref);
    if (ref.role == Role::kUnrelated) {
      note.why = "not the booking's: " + ref.why;
      edits_.kept.push_back(std::move(note));
      return;
    }
    if (const auto refused = refused_.find(i); refused != refused_.end() || ref.role == Role::kUnknown) {
      note.why = refused != refused_.end() ? refused->second : "nobody knows what it is for: " + ref.why;
      edits_.unsure.push_back(std::move(note));
      return;
    }
    const auto goal = request_.mentions.find(i);
    if (goal == request_.mentions.end()) {
      note.why = "no other value is wanted for it";
      edits_.kept.push_back(std::move(note));
      return;
    }
    const Mention& mention = MentionOf(i);
    const Site site = SiteOf(mention);
    const std::size_t unsure = edits_.unsure.size();
    Place(std::move(note), RewriteMention(BytesAt(site), mention, goal->second, style_, options_), site);
    if (edits_.unsure.size() != unsure) return;
    edits_.goals[ref.span] = {*goal->second.start, ref.start && ref.end ? goal->second.end : std::nullopt};
  }

  void BuildDate(std::size_t i) {
    const auto goal = request_.dates.find(i);
    if (goal == request_.dates.end()) return;
    const DateReference& ref = reading_.dates[i];
    EditNote note{ref.text, {}, "date", std::string(CarrierName(ref.carrier)), ref.span, ref.line, {}};
    if (refused_dates_.count(i) != 0) {
      note.why = "written so, it would not be read as the new date";
      edits_.unsure.push_back(std::move(note));
      return;
    }
    const Site site = SiteOf(DateOf(i));
    Place(std::move(note), RewriteDate(BytesAt(site), DateOf(i), goal->second), site);
  }

  void Place(EditNote note, Rewrite rewrite, const Site& site) {
    if (!rewrite.problem.empty()) {
      note.why = rewrite.problem;
      edits_.unsure.push_back(std::move(note));
    } else if (rewrite.edits.empty()) {
      note.why = "right already";
      edits_.kept.push_back(std::move(note));
    } else {
      note.why = "set to the booking's value";
      std::vector<Edit>& into = site.block == kNone ? edits_.edits : block_edits_[site.block];
      if (site.block == kNone) {
        note.becomes = Within(bytes_, site.span, rewrite.edits);
      } else {
        block_notes_.emplace_back(edits_.moved.size(), site);
      }
      edits_.moved.push_back(std::move(note));
      into.insert(into.end(), rewrite.edits.begin(), rewrite.edits.end());
    }
  }

  void BuildStatements() {
    for (const Statement& statement : reading_.statements) {
      const auto target = request_.statements.find(statement.field);
      if (target == request_.statements.end()) continue;
      EditNote note{statement.text, {}, statement.field, std::string(CarrierName(statement.carrier)), statement.span, statement.line, {}};
      Rewrite rewrite;
      if (refused_statements_.count(statement.span) != 0) {
        rewrite.problem = "written so, it would not be read as “" + target->second + "”";
      } else if (statement.spelling == ValueSpelling::kMarkup && statement.span.In(bytes_).find('<') != std::string_view::npos) {
        rewrite.problem = "markup stands inside the value";
      } else if (statement.spelling == ValueSpelling::kNumber && !std::all_of(target->second.begin(), target->second.end(), IsDigit)) {
        rewrite.problem = "a number stands there";
      } else if (TrimSpaces(statement.text) != TrimSpaces(target->second)) {
        const std::string spelled = IsMarkup(reading_) ? SpellValue(statement.spelling, target->second, bytes_, statement.span) : target->second;
        rewrite.edits.push_back(FewestBytes({statement.span, spelled}, bytes_));
      }
      Place(std::move(note), std::move(rewrite), {.span = statement.span});
    }
  }

  // Reads the edited page and compares every goal with what it says now. False: something was refused, build again.
  StatusOr<bool> ReadBack() {
    EVENKEEL_ASSIGN_OR_RETURN(const std::string after, ApplyEdits(bytes_, edits_.edits));
    EVENKEEL_ASSIGN_OR_RETURN(const Understanding now, UnderstandAgain(after, reading_, options_));
    std::map<std::size_t, const TimeReference*> times;
    for (const TimeReference& ref : now.reading.times) times[ref.span.begin] = &ref;
    std::map<std::size_t, const DateReference*> dates;
    for (const DateReference& ref : now.reading.dates) dates[ref.span.begin] = &ref;
    bool agreed = true;
    for (const auto& [i, goal] : request_.mentions) {
      if (refused_.count(i) != 0) continue;
      const TimeReference& ref = reading_.times[i];
      const auto found = times.find(BeginAfter(SiteOf(MentionOf(i))));
      const bool fits = found != times.end() && Fits(ref, understanding_.reading.times[i].role, goal, *found->second);
      if (fits || IsUnsure(ref.span)) continue;
      refused_[i] = "written so, it would not be read as " + FormatMinutes(goal.start->minutes);
      agreed = false;
    }
    for (const auto& [i, goal] : request_.dates) {
      if (refused_dates_.count(i) != 0 || IsUnsure(reading_.dates[i].span)) continue;
      const auto found = dates.find(BeginAfter(SiteOf(DateOf(i))));
      const bool fits = found != dates.end() && found->second->month == static_cast<unsigned>(goal.month()) && found->second->day == static_cast<unsigned>(goal.day());
      if (fits) continue;
      refused_dates_.insert(i);
      agreed = false;
    }
    if (!StatementsAgree(now.reading)) agreed = false;
    if (agreed) NoteReread(times, dates);
    return agreed;
  }

  bool StatementsAgree(const Reading& now) {
    std::map<std::size_t, std::string_view> texts;
    for (const Statement& statement : now.statements) texts[statement.span.begin] = statement.text;
    bool agreed = true;
    for (const Statement& statement : reading_.statements) {
      const auto target = request_.statements.find(statement.field);
      if (target == request_.statements.end() || IsUnsure(statement.span)) continue;
      const auto found = texts.find(map_.Forward(statement.span.begin, false));
      if (found != texts.end() && TrimSpaces(found->second) == TrimSpaces(target->second)) continue;
      refused_statements_.insert(statement.span);
      agreed = false;
    }
    return agreed;
  }

  // What stays byte for byte and reads otherwise beside the new times is said: the next reader will take it so.
  void NoteReread(const std::map<std::size_t, const TimeReference*>& times, const std::map<std::size_t, const DateReference*>& dates) {
    for (std::size_t i = 0; i < reading_.times.size(); ++i) {
      const TimeReference& old = understanding_.reading.times[i];
      const auto found = times.find(BeginAfter(SiteOf(MentionOf(i))));
      if (edits_.goals.count(old.span) != 0 || found == times.end()) continue;
      const TimeReference& now = *found->second;
      if (now.role == old.role && now.start == old.start && now.end == old.end) continue;
      const std::optional<int> single = now.start ? now.start : now.end;
      Reread(old.span, std::string(RoleName(now.role)) + (single ? " " + FormatMinutes(*single) : ""), now.role != Role::kUnrelated && now.role != Role::kUnknown);
    }
    std::set<Span> moved;
    for (const EditNote& note : edits_.moved) moved.insert(note.span);
    for (std::size_t i = 0; i < reading_.dates.size(); ++i) {
      const DateReference& old = reading_.dates[i];
      const auto found = dates.find(BeginAfter(SiteOf(DateOf(i))));
      if (moved.count(old.span) != 0 || found == dates.end() || found->second->text != old.text) continue;
      const DateReference& now = *found->second;
      if (now.year == old.year && now.month == old.month && now.day == old.day) continue;
      if (!IsUnsure(old.span)) edits_.kept.push_back({old.text, {}, "date", std::string(CarrierName(old.carrier)), old.span, old.line, "not asked for"});
      Reread(old.span, std::to_string(now.year) + "-" + PaddedNumber(now.month, 2) + "-" + PaddedNumber(now.day, 2), false);
    }
  }

  void Reread(Span span, const std::string& what, bool bookings) {
    edits_.reread.insert(span);
    const auto has_span = [&](const EditNote& note) { return note.span == span; };
    for (std::vector<EditNote>* notes : {&edits_.kept, &edits_.unsure}) {
      const auto note = std::find_if(notes->begin(), notes->end(), has_span);
      if (note == notes->end()) continue;
      note->why += "; beside the new times it reads as " + what;
      if (notes == &edits_.unsure || !bookings) return;
      edits_.unsure.push_back(std::move(*note));
      notes->erase(note);
      return;
    }
  }

  bool IsUnsure(Span span) const { return unsure_.count(span) != 0; }

  // `role` is the one that the page itself gave it: a person may have said another.
  static bool Fits(const TimeReference& before, Role role, const MentionGoal& goal, const TimeReference& after) {
    if (after.role != role && (role != Role::kUnknown || after.role != before.role)) return false;
    const std::optional<int> single = after.start ? after.start : after.end;
    if (single != goal.start->minutes) return false;
    return !goal.end || !before.end || after.end == goal.end->minutes;
  }

  std::string_view bytes_;
  const Reading& reading_;
  const Understanding& understanding_;
  const EditRequest& request_;
  const ReadOptions& options_;
  PageStyle style_;
  Edits edits_;
  std::map<std::size_t, std::vector<Edit>> block_edits_;          // by block, in its text
  std::vector<std::pair<std::size_t, Site>> block_notes_;         // of edits_.moved, those that stand in one
  std::map<std::size_t, Base64Rewrite> blocks_;
  EditMap map_;
  std::set<Span> unsure_;
  std::map<std::size_t, std::string> refused_;
  std::set<std::size_t> refused_dates_;
  std::set<Span> refused_statements_;
};

}  // namespace

StatusOr<Understanding> UnderstandAgain(std::string_view bytes, const Reading& reading, const ReadOptions& options) {
  return reading.engine == "text" ? UnderstandText(bytes, options) : UnderstandPage(bytes, options);
}

StatusOr<Edits> PlanEdits(std::string_view bytes, const Reading& reading, const Understanding& understanding, const EditRequest& request, const ReadOptions& options) {
  return EditPlanner(bytes, reading, understanding, request, options).Plan();
}

}  // namespace evenkeel
