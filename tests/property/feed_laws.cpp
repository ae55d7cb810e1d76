#include "property/feed_laws.h"

#include <random>
#include <vector>

#include "evenkeel/json.h"
#include "read/stream.h"
#include "read/understand.h"

namespace evenkeel::property {
namespace {

std::string Describe(const StreamPiece& piece) {
  return std::to_string(static_cast<int>(piece.kind)) + (piece.clone ? " clone " : " ") + piece.name + " [" + std::to_string(piece.span.begin) + "," +
         std::to_string(piece.span.end) + ") with " + std::to_string(piece.attribute_count) + " attributes";
}

std::string DifferenceOfPieces(const PageStream& a, const PageStream& b) {
  for (std::size_t i = 0; i < a.pieces.size() && i < b.pieces.size(); ++i) {
    const std::string x = Describe(a.pieces[i]);
    const std::string y = Describe(b.pieces[i]);
    if (x != y || a.pieces[i].first_attribute != b.pieces[i].first_attribute) return "piece " + std::to_string(i) + " is " + x + " and " + y;
  }
  if (a.pieces.size() != b.pieces.size()) return std::to_string(a.pieces.size()) + " pieces and " + std::to_string(b.pieces.size());
  if (a.attributes.size() != b.attributes.size()) return "another number of attributes";
  for (std::size_t i = 0; i < a.attributes.size(); ++i) {
    const StreamAttribute& x = a.attributes[i];
    const StreamAttribute& y = b.attributes[i];
    if (x.name != y.name || !(x.name_span == y.name_span) || !(x.value == y.value)) return "the attribute " + x.name + " and " + y.name;
  }
  return a.unquoted == b.unquoted ? "" : "another number of texts without bytes";
}

std::string JsonOf(Reading reading) {
  reading.engine.clear();
  return DumpJson(ReadingToJson(reading));
}

}  // namespace

FeedOutcome CheckFeeds(std::string_view page, const ReadOptions& options) {
  FeedOutcome outcome;
  const auto ours = FeedPage(page, ReadEngine::kAuto, options.limits, options.keep_going);
  const auto theirs = FeedPage(page, ReadEngine::kGumbo, options.limits, options.keep_going);
  if (ours.ok() != theirs.ok() || !ours.ok()) {
    if (ours.ok() || theirs.ok() || !(ours.status() == theirs.status())) outcome.broken = "one feed fails otherwise than the other";
    return outcome;
  }
  outcome.tokens = ours->engine == "tokens";
  outcome.broken = DifferenceOfPieces(*ours, *theirs);
  if (!outcome.broken.empty() || !outcome.tokens) return outcome;
  const auto reading = UnderstandPage(page, options);
  const auto wanted = UnderstandPage(page, options, ReadEngine::kGumbo);
  if (reading.ok() != wanted.ok() || (!reading.ok() && !(reading.status() == wanted.status()))) {
    outcome.broken = "one reading fails otherwise than the other";
  } else if (reading.ok() && (JsonOf(reading->reading) != JsonOf(wanted->reading) || reading->reading.work != wanted->reading.work)) {
    outcome.broken = "the readings differ";
  } else if (reading.ok() && IsMarkup(reading->reading) && (reading->reading.engine != "tokens" || wanted->reading.engine != "gumbo")) {
    outcome.broken = "a reading names another engine";
  }
  return outcome;
}

namespace {

class MarkupMaker {
 public:
  explicit MarkupMaker(std::uint64_t seed) : random_(seed) {}

  std::string Make() {
    careless_ = Pick(3) == 0 ? 40 : 0;
    line_end_ = Pick(3) ? "\n" : Pick(2) ? "\r\n" : "\r";
    std::string page = Pick(8) == 0 ? "\xEF\xBB\xBF" : "";
    if (Pick(3)) page += One({"<!DOCTYPE html>", "<!doctype html PUBLIC \"-//W3C//DTD HTML 4.01//EN\">", "<!DOCTYPE>"}) + Space();
    if (Pick(6) == 0) page += "<!-- first -->" + Space();
    const bool whole = Pick(2) != 0;
    if (whole) page += "<html lang=en>" + Space() + "<head>" + Space();
    for (int i = Pick(4); i > 0; --i) page += Metadata() + Space();
    if (whole) page += "</head>" + Space() + (Pick(4) ? "<body class='a b'>" : "") + Space();
    for (int i = 1 + Pick(6); i > 0; --i) page += Block(3) + Space();
    if (whole && Pick(6)) page += "</body>" + Space() + (Pick(5) == 0 ? "<!-- tail -->" : "") + (Pick(6) ? "</html>" : "") + Space() + (Pick(8) == 0 ? "<!-- last -->" + Space() : "");
    if (Pick(10) == 0) page.resize(static_cast<std::size_t>(Pick(static_cast<int>(page.size()) + 1)));
    if (Pick(10) == 0 && !page.empty()) page.insert(static_cast<std::size_t>(Pick(static_cast<int>(page.size()))), One({"<", ">", "</", "&", "\"", "<!--", "-->", "</p>", "</div>", "<td>", "<b>", "=", "\r"}));
    return page;
  }

 private:
  int Pick(int below) { return static_cast<int>(random_() % static_cast<std::uint64_t>(below)); }
  std::string One(const std::vector<std::string>& of) { return of[static_cast<std::size_t>(Pick(static_cast<int>(of.size())))]; }
  bool Slips() { return careless_ > 0 && Pick(careless_) == 0; }

  std::string Space() { return One({"", " ", line_end_, line_end_ + "  ", "\t"}); }

  std::string Text() {
    if (Slips()) return One({"&copy 2026", "&unknown;", "&#0;", "&#99999999;", "a<", "<3", "</", "</>", "&#32;"});
    return Space() + One({"4:30 PM", "Arrive by 4 &ndash; 7:30&nbsp;PM", "a < b & c", "x &amp; y", "&#52;:30 &#x50;M", "caf\xC3\xA9", "\xFF\xFE 5 pm", "", "1 < 2", "\xC2\xA0", "p&m", "&lt;p&gt;"}) + Space();
  }

  std::string Attributes() {
    std::string all;
    for (int i = Pick(3); i > 0; --i) {
      all += Space().empty() ? " " : " " + Space();
      all += One({"class=x", "class=\"dt-start y\"", "hidden", "data-start = '16:30'", "title=\"4:30 PM &amp; <b>\"", "HREF=/a/b/", "datetime=2026-05-30T16:30", "style='display:none'", "data-a-long-name-of-one=\"\""});
      if (Slips()) all += One({"/", " a\"b", " =c", " a=b=c", " x=\"y\"z", " 'q'", " <", " a=`", " d d"});
    }
    return all + One({"", "", " ", "/", " /"});
  }

  std::string Open(const std::string& name) { return "<" + (Pick(12) ? name : Upper(name)) + Attributes() + ">"; }
  static std::string Upper(std::string name) {
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return name;
  }
  std::string Close(const std::string& name) {
    if (Slips()) return One({"", "", "</b>", "</p>", "</div>", "<iframe>4 pm</iframe></" + name + ">", "</" + name + " x>", "</" + name + "/>"});
    return "</" + (Pick(12) ? name : Upper(name)) + One({"", "", "", " ", "\n"}) + ">";
  }
  std::string Element(const std::string& name, const std::string& content) { return Open(name) + content + Close(name); }

  std::string Metadata() {
    return One({"<meta charset=utf-8>", "<link rel=icon href=x>", Element("title", "Sail " + Text()), "<base href='/'/>", Raw(), "<!-- 4:30 PM -->", "<meta property=\"og:description\" content=\"Sail 4:30 PM\" />", Slips() ? "<noscript><img></noscript>" : ""});
  }

  std::string Raw() {
    return One({"<script>const a = '16:30'; // </scrip" + line_end_ + "</script>", "<script src=x></script>", "<style>a{content:\"4 pm\"}</style>", "<script>" + line_end_ + "if (a<b) c('<!--');</script>",
                "<script>var s = \"<!--<script>a</script>\" //--></script>", "<style><!-- x --></style>", "<script type=\"application/ld+json\">{\"startDate\":\"2026-05-30T16:30\"}</script >"});
  }

  std::string Inline(int depth) {
    std::string all;
    for (int i = Pick(4); i > 0; --i) {
      const int kind = depth <= 0 ? Pick(5) : Pick(14);
      if (kind < 3) all += Text();
      else if (kind == 3) all += One({"<br>", "<br/>", "<img src=x alt='4 pm'>", "<input name=a value='5 pm'>", "<wbr>", "<!-- 4:30 -->", "<!-->", "<!--->", "<iframe src=x></iframe>", "<!-- a --!>", "<?php 1 ?>", "<!x>"});
      else if (kind == 4) all += Raw();
      else if (kind == 5) all += Element("svg", Element("g", "<path d='M0 0'/>" + Text()) + (Pick(2) ? Element("title", Text()) : ""));
      else if (kind == 6) all += Element("select", "<option>" + Text() + "<option value=a>" + Text() + "</option>" + (Pick(2) ? "<optgroup label=x><option>3</optgroup>" : ""));
      else if (kind == 7) all += Element("textarea", line_end_ + Text());
      else if (kind == 8) all += Element("button", Inline(depth - 1));
      else all += Element(One({"span", "b", "a", "strong", "time", "x-clock", "label", "code", "em", "small", "noscript", "i", "datalist", "abbr"}), Inline(depth - 1));
    }
    return all;
  }

  std::string Block(int depth) {
    if (depth <= 0) return Text();
    switch (Pick(13)) {
      case 0: return Element(One({"div", "section", "main", "article", "header", "fieldset", "address", "dialog"}), Block(depth - 1) + Space() + Block(depth - 1));
      case 1: return Element("p", Inline(depth));
      case 2: return "<p>" + Inline(depth) + (Pick(2) ? "<p>" + Inline(depth) : "");
      case 3: return Element(One({"ul", "ol", "menu"}), Space() + Items(One({"li"}), depth) + Space());
      case 4: return Element("dl", Items("dt", depth) + Items("dd", depth));
      case 5: return Element(One({"h1", "h2", "h3"}), Inline(depth));
      case 6: return Element("form", Block(depth - 1) + Inline(depth));
      case 7: return Table(depth);
      case 8: return Element("pre", line_end_ + Inline(depth));
      case 9: return "<hr>" + Inline(depth);
      case 10: return Element("table", "<tr><td>" + Inline(depth));
      case 11: return Slips() ? Odd() : Raw();
      default: return Inline(depth);
    }
  }

  std::string Items(const std::string& name, int depth) {
    std::string all;
    for (int i = Pick(4); i > 0; --i) all += Open(name) + (Pick(3) ? Inline(depth - 1) : Block(depth - 1)) + (Pick(2) ? Close(name) : "") + Space();
    return all;
  }

  std::string Table(int depth) {
    std::string all = Space() + (Pick(5) == 0 ? Element("caption", Inline(depth - 1)) + Space() : "") + (Pick(6) == 0 ? "<colgroup>" + Space() + "<col><col></colgroup>" : Pick(6) == 0 ? "<col>" : "");
    const std::string section = One({"", "", "tbody", "thead"});
    if (!section.empty()) all += Open(section) + Space();
    for (int i = Pick(4); i > 0; --i) {
      all += Open("tr") + Space();
      for (int k = Pick(4); k > 0; --k) all += Open(k == 2 ? "th" : "td") + (Pick(5) ? Inline(depth - 1) : Block(depth - 1)) + (Pick(3) ? Close(k == 2 ? "th" : "td") : "") + Space();
      if (Pick(3)) all += Close("tr") + Space();
    }
    if (!section.empty() && Pick(3)) all += Close(section);
    return Element("table", all + (Slips() ? Text() : ""));
  }

  std::string Odd() {
    return One({"<template><p>x</template>", "<frameset>", "<ruby>a<rt>b</ruby>", "<math><mi>x</mi></math>", "<object><param></object>", "<plaintext>a</plaintext>", "<xmp><b></xmp>", "<b><p>x</b>y</p>", "<a><a>x</a></a>",
                "<table>text<tr><td>x</table>", "<li>a<div><li>b</div>", "<nobr>a<nobr>", "<html a=b>", "<body c=d>", "<svg><p>x</svg>", "<svg><![CDATA[x]]></svg>", "<image>", "</br>", "</p>", "<select><b>x</select>", "<isindex>",
                "<button><button>x</button>", "<form><form></form></form>", "<p><table><tr><td>x</table>", "<listing>\nx</listing>", "<svg><title><b>x</b></title></svg>", "<svg><style>a<b></style></svg>"});
  }

  std::mt19937_64 random_;
  int careless_ = 0;  // one slip in so many; 0: none
  std::string line_end_;
};

}  // namespace

std::string MakeMarkup(std::uint64_t seed) { return MarkupMaker(seed).Make(); }

}  // namespace evenkeel::property
