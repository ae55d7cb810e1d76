// Places on a page where times are seldom the booking's: reviews, common questions, quotations, footers, what is struck out.
#include <algorithm>
#include <map>

#include "read/bytes.h"
#include "read/carriers.h"

namespace evenkeel {
namespace {

enum class Aside : std::uint8_t { kUnasked, kNone, kReview, kStruck, kQuestions, kQuotation, kFooter, kOthers };

// The words of a class or an id, lower case.
std::vector<std::string> WordsOf(std::string_view names) {
  std::vector<std::string> words(1);
  for (const char c : names) {
    if (IsAlpha(c)) {
      words.back().push_back(ToLower(c));
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  return words;
}

Aside AsideOfNames(std::string_view names) {
  bool review = false;
  for (const std::string& word : WordsOf(names)) {
    if (word == "testimonial" || word == "testimonials") return Aside::kReview;
    if (word == "faq" || word == "faqs") return Aside::kQuestions;
    review = review || word == "review" || word == "reviews";
    // A step at which the guest looks over the booking.
    if (Contains({"booking", "order", "step", "details", "summary", "your", "reservation", "checkout", "trip", "page"}, word)) return Aside::kNone;
  }
  return review ? Aside::kReview : Aside::kNone;
}

// "chat-widget", "msg-time", "comment-time", "weather", "entry-date published": a class that begins with the name of something else.
bool IsClassOfOthers(std::string_view classes) {
  for (std::size_t at = 0; at < classes.size();) {
    const std::size_t end = std::min(classes.find(' ', at), classes.size());
    const std::vector<std::string> words = WordsOf(classes.substr(at, end - at));
    at = end + 1;
    const bool others = Contains({"chat", "msg", "comment", "comments", "weather", "forecast", "tide", "tides"}, words[0]);
    const bool state = words.size() > 1 && Contains({"enabled", "ready", "open", "closed", "on", "off", "active", "visible"}, words[1]);
    const bool posted = words.size() > 1 && words[1] == "date" && Contains({"entry", "post", "posted", "publish", "published"}, words[0]);
    if ((others && !state) || posted) return true;
  }
  return false;
}

Aside AsideOfElement(const Page& page, const Element& element) {
  if (element.name == "del" || element.name == "s" || element.name == "strike") return Aside::kStruck;
  if (element.name == "blockquote" || element.name == "q") return Aside::kQuotation;
  if (element.name == "footer") return Aside::kFooter;
  if (element.name == "body" || element.name == "html" || element.attribute_count == 0) return Aside::kNone;
  const std::string property = page.Name(element, "itemprop");
  if (property == "review" || property == "reviews" || property == "reviewBody") return Aside::kReview;
  if (const std::string type = page.Name(element, "itemtype"); !type.empty()) {
    const std::string_view noun = std::string_view(type).substr(type.rfind('/') + 1);
    if (noun == "Review") return Aside::kReview;
    if (noun == "FAQPage" || noun == "Question" || noun == "Answer") return Aside::kQuestions;
  }
  if (IsClassOfOthers(page.Name(element, "class")) || IsClassOfOthers(page.Name(element, "id"))) return Aside::kOthers;
  const Aside named = AsideOfNames(page.Name(element, "class"));
  return named != Aside::kNone ? named : AsideOfNames(page.Name(element, "id"));
}

class AsideMarker {
 public:
  AsideMarker(const Page& page, Findings* findings) : page_(page), findings_(*findings), asides_(page.elements.size(), Aside::kUnasked) {}

  void Mark() {
    for (std::size_t i = 0; i < findings_.mentions.size(); ++i) {
      Mention& mention = findings_.mentions[i];
      if (mention.element == kNone) continue;
      switch (Around(mention.element)) {
        case Aside::kUnasked: case Aside::kNone: break;
        case Aside::kReview: SetApart(&mention, "it stands in a review"); break;
        case Aside::kOthers: SetApart(&mention, "it stands in a chat, a comment, a forecast or the like"); break;
        case Aside::kStruck: Strike(i); break;
        case Aside::kQuestions: Doubt(&mention, "it stands in answers to common questions"); break;
        case Aside::kQuotation: Doubt(&mention, "it stands in a quotation"); break;
        case Aside::kFooter:
          if (mention.label.strength != LabelStrength::kStrong) Doubt(&mention, "it stands in the foot of the page");
          break;
      }
    }
    MarkLists();
  }

 private:
  static void Doubt(Mention* mention, std::string_view why) {
    if (!mention->doubt.empty() || mention->label.role == Role::kUnrelated) return;
    mention->doubt = why;
    mention->aside = true;
  }

  static void SetApart(Mention* mention, std::string_view why) {
    mention->doubt = {};
    mention->label = {Role::kUnrelated, LabelStrength::kStrong, std::string(why)};
  }

  // The innermost aside around the element.
  Aside Around(std::size_t element) {
    std::vector<std::size_t> asked;
    Aside aside = Aside::kNone;
    for (std::size_t e = element; e != kNone; e = page_.elements[e].parent) {
      if (asides_[e] == Aside::kUnasked) asides_[e] = AsideOfElement(page_, page_.elements[e]), asked.push_back(e);
      aside = asides_[e];
      if (aside != Aside::kNone) break;
    }
    for (const std::size_t e : asked) asides_[e] = aside;
    return aside;
  }

  // What is struck out is over; what it was said to be, the time behind it is.
  void Strike(std::size_t i) {
    Mention& struck = findings_.mentions[i];
    if (i + 1 < findings_.mentions.size()) {
      Mention& next = findings_.mentions[i + 1];
      if (next.flow == struck.flow && next.flow != kNone && !next.label.found() && struck.label.role != Role::kUnrelated) next.label = struck.label;
    }
    SetApart(&struck, "it is struck out");
  }

  // The mention is all that its text says.
  bool IsAlone(const Mention& mention) const {
    if (mention.flow == kNone || mention.ref.carrier != Carrier::kText || mention.label.strength == LabelStrength::kStrong) return false;
    const Flow& flow = page_.flows[mention.flow];
    const std::string& block = page_.elements[flow.block].name;
    if (block == "td" || block == "th" || block == "dd" || block == "dt") return false;
    return flow.text.fold.find_first_not_of(" \n") == mention.glyph_begin && flow.text.fold.find_last_not_of(" \n") + 1 == mention.glyph_end;
  }

  // <li>10 AM</li><li>1 PM</li><li>4:30 PM</li>: nothing but times, three or more.
  void MarkLists() {
    std::map<std::size_t, std::vector<std::size_t>> lists;  // mentions, by the element around their blocks
    for (std::size_t i = 0; i < findings_.mentions.size(); ++i) {
      const Mention& mention = findings_.mentions[i];
      if (!mention.doubt.empty() || mention.partner != kNone || !IsAlone(mention)) continue;
      const std::size_t list = page_.elements[page_.flows[mention.flow].block].parent;
      if (list != kNone) lists[list].push_back(i);
    }
    for (const auto& [list, items] : lists) {
      const Element& around = page_.elements[list];
      if (items.size() < 3 || around.last_flow - around.first_flow != items.size()) continue;
      for (const std::size_t i : items) findings_.mentions[i].doubt = "it is one of several to choose from";
    }
  }

  const Page& page_;
  Findings& findings_;
  std::vector<Aside> asides_;  // by element
};

}  // namespace

void DoubtAsides(const Page& page, Findings* findings) { AsideMarker(page, findings).Mark(); }

}  // namespace evenkeel
