#include "decide/canonical.h"

#include <algorithm>
#include <map>

#include "text/fold.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

// What the rows compare of one page.
struct Candidate {
  const Observed* page = nullptr;
  std::set<std::string> protects;
  std::size_t features = 0;  // complete ones, protected or not
  std::size_t links = 0;     // events, listings, cards and other pages that name it; a record's pointer is no ground
  bool was_retired = false;
  bool pointable = true;     // the booking's records can point to it
};

bool CanBePointedTo(const BookingView& view, const Observed& page) {
  return std::all_of(view.speakers.begin(), view.speakers.end(), [&](const Observed* speaker) {
    const RecordStoreConfig* store = speaker->record ? view.fleet.FindRecords(speaker->resource.store) : nullptr;
    return store == nullptr || store->fields.count("page") == 0 || store->pages.empty() || store->pages == page.resource.store;
  });
}

std::size_t CountLinks(const BookingView& view, const Observed& page) {
  std::size_t links = 0;
  for (const Observed* other : view.speakers) {
    if (other == &page || other->record) continue;
    links += std::any_of(other->identifiers.begin(), other->identifiers.end(), [&](const Identifier& identifier) {
      const bool is_link = identifier.kind == "page" || identifier.kind == "canonical";
      return (is_link && identifier.value == page.resource.ToString()) ||
             (identifier.kind == "slug" && !other->page && identifier.value == page.page->slug);
    });
  }
  return links;
}

std::vector<Candidate> Candidates(const BookingView& view) {
  std::vector<Candidate> candidates;
  for (const Observed* page : view.pages) {
    Candidate candidate{page, ProtectedFeatures(view.fleet.policy, page->page->reading), 0, CountLinks(view, *page), false, CanBePointedTo(view, *page)};
    for (const Feature& feature : page->page->reading.features) candidate.features += feature.complete ? 1 : 0;
    for (const Tombstone& tombstone : view.tombstones) candidate.was_retired |= tombstone.page == page->resource;
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

std::set<std::string> AllProtected(const std::vector<Candidate>& candidates) {
  std::set<std::string> all;
  for (const Candidate& candidate : candidates) all.insert(candidate.protects.begin(), candidate.protects.end());
  return all;
}

// A row keeps the pages that are best on its ground; the row after which one is left decides.
struct Row {
  DecisionRow words;
  bool (*is_better)(const Candidate&, const Candidate&);
  const char* because;
};
constexpr Row kRows[] = {
    {{"protected-features", "a page has every protected feature that any of the pages has", "only such a page can be kept"},
     [](const Candidate& a, const Candidate& b) { return a.protects.size() > b.protects.size(); },
     "only it has every protected feature"},
    {{"pointable", "the booking's records can point to pages of one store alone", "a page of that store is kept"},
     [](const Candidate& a, const Candidate& b) { return a.pointable > b.pointable; },
     "the booking's records can point to it"},
    {{"not-retired-before", "one of the pages had been retired and came back", "the survivor of then is kept"},
     [](const Candidate& a, const Candidate& b) { return a.was_retired < b.was_retired; },
     "the other had been retired before"},
    {{"completeness", "one page can do more than the others", "it is kept"},
     [](const Candidate& a, const Candidate& b) { return a.features > b.features; },
     "it has more working features"},
    {{"links", "more events, listings, cards and pages name one page; a record's pointer does not count", "it is kept"},
     [](const Candidate& a, const Candidate& b) { return a.links > b.links; },
     "more systems name it"},
    {{"age", "one page is older", "it is kept: its link has been out longer"},
     [](const Candidate& a, const Candidate& b) {
       if (!a.page->modified || !b.page->modified) return a.page->modified.has_value() && !b.page->modified;
       return *a.page->modified < *b.page->modified;
     },
     "it is older, so its link has been out longer"},
    {{"length", "one page has more lines", "it is kept"},
     [](const Candidate& a, const Candidate& b) { return a.page->page->reading.lines > b.page->page->reading.lines; },
     "it is longer"},
    {{"name", "nothing else tells the pages apart", "the first by store and key is kept"},
     [](const Candidate& a, const Candidate& b) { return a.page->resource < b.page->resource; },
     "nothing tells them apart, and it comes first by name"},
};
constexpr DecisionRow kOnlyPage = {"only-page", "the booking has one page", "it is the canonical one"};
constexpr DecisionRow kAnswered = {"page-answer", "the question about the page has been answered with --decide",
                                   "that page is kept; pages with protected features that it lacks are not retired"};
constexpr DecisionRow kNoneComplete = {"no-page-has-all", "no page that the booking's records can point to has every protected feature of the others",
                                       "a Question, and nothing is retired"};

// How a page is called in a question: its slug where that is enough.
std::string NameOf(const std::vector<Candidate>& candidates, const Candidate& candidate) {
  std::size_t same = 0;
  for (const Candidate& other : candidates) same += other.page->page->slug == candidate.page->page->slug ? 1 : 0;
  return same == 1 && !candidate.page->page->slug.empty() ? candidate.page->page->slug : candidate.page->resource.ToString();
}

std::vector<std::string> Missing(const std::set<std::string>& all, const std::set<std::string>& has) {
  std::vector<std::string> missing;
  std::set_difference(all.begin(), all.end(), has.begin(), has.end(), std::back_inserter(missing));
  return missing;
}

Question AskWhichPage(const BookingView& view, const std::vector<Candidate>& candidates, const std::set<std::string>& all) {
  Question question{QuestionId(view.booking, "page"), view.booking.key, "page", "", {}, ""};
  question.text = "Which page should " + view.booking.key + " keep?";
  const bool out_of_reach = std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& c) { return c.protects == all; });
  question.why = out_of_reach ? "the page that has every protected feature is in a store that the booking's records cannot point to"
                              : "no page has every protected feature of the others, so retiring any of them would lose one";
  for (const Candidate& candidate : candidates) {
    QuestionOption option{NameOf(candidates, candidate), "", {}};
    const std::vector<std::string> missing = Missing(all, candidate.protects);
    option.does = "makes it the page of the booking" + (missing.empty() ? std::string() : "; the others stay live until it has " + JoinWords(missing)) +
                  (candidate.pointable ? "" : "; records have to be brought to it by hand");
    option.evidence.push_back(candidate.page->resource.ToString() + " has " +
                              (candidate.protects.empty()
                                   ? "none of them"
                                   : JoinWords(std::vector<std::string>(candidate.protects.begin(), candidate.protects.end()))));
    question.options.push_back(std::move(option));
  }
  return question;
}

PageChoice Keep(const std::vector<Candidate>& candidates, const Candidate& kept, const std::string& why) {
  PageChoice choice{kept.page->resource, why, {}, std::nullopt};
  for (const Candidate& other : candidates) {
    if (other.page == kept.page || !Missing(other.protects, kept.protects).empty()) continue;
    choice.duplicates.push_back(other.page->resource);
  }
  std::sort(choice.duplicates.begin(), choice.duplicates.end());
  return choice;
}

// "; age and length agree": what the later rows say of the page that an earlier one chose.
std::string AlsoAgreeing(const std::vector<Candidate>& all, const Candidate& kept, std::size_t deciding_row) {
  std::vector<std::string> agreeing;
  for (std::size_t i = deciding_row + 1; i + 1 < std::size(kRows); ++i) {
    const bool best = std::all_of(all.begin(), all.end(), [&](const Candidate& other) { return other.page == kept.page || kRows[i].is_better(kept, other); });
    if (best) agreeing.emplace_back(kRows[i].words.name);
  }
  if (agreeing.empty()) return {};
  return "; " + JoinWords(agreeing) + (agreeing.size() == 1 ? " agrees" : " agree");
}

// "only it has every protected feature (csrf-token and photo-upload)": the first row is about features, and they have names.
std::string NamesOfFeatures(const Candidate& kept, std::size_t row) {
  if (row != 0 || kept.protects.empty()) return {};
  return " (" + JoinWords(std::vector<std::string>(kept.protects.begin(), kept.protects.end())) + ")";
}

PageChoice ChooseByRows(const std::vector<Candidate>& all) {
  std::vector<Candidate> left = all;
  for (std::size_t i = 0; i < std::size(kRows); ++i) {
    std::vector<Candidate> best;
    for (const Candidate& candidate : left) {
      const bool beaten = std::any_of(left.begin(), left.end(), [&](const Candidate& other) { return EVENKEEL_BUG(50, "the page that can do least is kept") ? kRows[i].is_better(candidate, other) : kRows[i].is_better(other, candidate); });
      if (!beaten) best.push_back(candidate);
    }
    left = std::move(best);
    if (left.size() == 1) {
      return Keep(all, left.front(),
                  left.front().page->resource.ToString() + ": " + kRows[i].because + NamesOfFeatures(left.front(), i) + AlsoAgreeing(all, left.front(), i));
    }
  }
  return Keep(all, left.front(), left.front().page->resource.ToString());
}

}  // namespace

std::set<std::string> ProtectedFeatures(const Policy& policy, const Reading& reading) {
  std::set<std::string> features;
  for (const Feature& feature : reading.features) {
    const bool is_protected = std::find(policy.protect.begin(), policy.protect.end(), feature.name) != policy.protect.end();
    if (feature.complete && is_protected) features.insert(feature.name);
  }
  return features;
}

PageChoice ChoosePage(const BookingView& view) {
  const std::vector<Candidate> candidates = Candidates(view);
  if (candidates.empty()) return {};
  if (candidates.size() == 1) return Keep(candidates, candidates.front(), "it is the booking's only page");
  const std::string answer = view.AnswerTo("page");
  const std::set<std::string> all = AllProtected(candidates);
  const bool any_pointable = std::any_of(candidates.begin(), candidates.end(), [](const Candidate& c) { return c.pointable; });
  const bool one_has_all =
      std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& c) { return c.protects == all && c.pointable == any_pointable; });
  for (const Candidate& candidate : candidates) {
    if (one_has_all || answer.empty() || answer != NameOf(candidates, candidate)) continue;
    return Keep(candidates, candidate, candidate.page->resource.ToString() + ": " + view.WordsOfAnswer("page"));
  }
  if (!one_has_all) return {std::nullopt, "", {}, AskWhichPage(view, candidates, all)};
  return ChooseByRows(candidates);
}

const std::vector<DecisionRow>& PageRows() {
  static const std::vector<DecisionRow> rows = [] {
    std::vector<DecisionRow> words = {kOnlyPage, kAnswered, kNoneComplete};
    for (const Row& row : kRows) words.push_back(row.words);
    return words;
  }();
  return rows;
}

}  // namespace evenkeel
