// Which pages the tokens read, which they leave to the parser and why; either way the parser agrees.
#include "read/token_tree.h"

#include <gtest/gtest.h>

#include "property/feed_laws.h"

namespace evenkeel {
namespace {

// Why the page is left to the parser; empty: it is not.
std::string DoubtOf(std::string_view page, const ReadOptions& options = {}) {
  TokenTree tree(page, options.limits);
  const bool built = tree.Build({});
  EXPECT_EQ(built, tree.doubt().empty());
  const property::FeedOutcome outcome = property::CheckFeeds(page, options);
  EXPECT_EQ(outcome.broken, "") << page;
  EXPECT_EQ(outcome.tokens, tree.doubt().empty()) << page;
  return std::string(tree.doubt());
}

TEST(TokenTree, ReadsWhatTheStandardImplies) {
  for (const char* const page : {
           "",
           "4:30 PM",
           "\xEF\xBB\xBF<!DOCTYPE html>\r\n<title>Sail</title>\r\n<p>Sail 4:30 PM",
           "<html><head></head>\n<body>x</body>\n</html>\n<!-- y -->\n",
           "<p>a<p>b<div>c</div><ul><li>d<li>e</ul>",
           "<dl><dt>a<dd>b<p>c<dt>d</dl>",
           "<table><tr><td>a<td>b<tr><th>c</table>d",
           "<table><caption>a</caption><col><thead><tr><td>b</thead><tbody><tr><td><p>c</tbody></table>",
           "<form>a<p>b</p> </form> c",
           "<pre>\n\na</pre><textarea>\r\nb</textarea>",
           "<select><option>a<option>b<optgroup label=c><option>d</select>",
           "<p>a<svg viewBox=x><path d=y /><title>b</title></svg></p>",
           "<b>a<i>b</i></b><a href=c>d</a><x-clock>e</x-clock>",
           "<button>a<p>b</button>",
           "x<script>if (a<b) '<p>'</script><style>a{}</style><noscript><img></noscript>",
           "a &amp; b &ndash; &#52;:30 &#x50;M &nbsp; p&m AT&T &copy 2026",
           "<p \xFF>a \xFF\xFE b",
       }) {
    EXPECT_EQ(DoubtOf(page), "") << page;
  }
}

TEST(TokenTree, LeavesTheRestToTheParser) {
  const std::pair<const char*, const char*> kPages[] = {
      {"<b><p>x</b>y</p>", "an end tag of another element"},
      {"<div><span></div></span>", "an end tag of another element"},
      {"x</p>", "an end tag of another element"},
      {"<p><b>x<p>y", "a block in an element of a paragraph"},
      {"<a>x<a>y", "a link in a link"},
      {"<b><b><b>x", "formatting three times over"},
      {"<table>x<tr><td>y</table>", "text in a table"},
      {"<table><p>x</table>", "an element between the cells of a table"},
      {"<p>a<table></table>", "an element that may end a paragraph"},
      {"<tr><td>x", "a part of a table outside a table"},
      {"<form><form>x", "a form in a form"},
      {"<button><button>x", "a button in a button"},
      {"<select><b>x</b></select>", "an element in a select"},
      {"<svg><p>x</svg>", "HTML in a drawing"},
      {"<svg><![CDATA[x]]></svg>", "CDATA"},
      {"<svg><g></g ></svg>", "an odd end tag in a drawing"},
      {"x<template>y</template>", "an element with rules of its own"},
      {"<body>x<body class=y>", "an element with rules of its own"},
      {"<head></head><title>x</title>", "metadata behind the head"},
      {"<title>x", "a text without an end"},
      {"<textarea>a<b>c</textarea>", "an uncertain text"},
      {"x</body>y", "text behind the body"},
      {"<!DOCTYPE html><!DOCTYPE html>x", "a second DOCTYPE"},
      {"x&unknown;y", "an uncertain character reference"},
      {"x&#99999999999;y", "an uncertain character reference"},
      {"<p a=b\"c>x", "an odd tag"},
      {"<p\xFF>x", "an odd name"},
      {"x<p", "bytes without a token"},
      {"x<!-- y", "a comment without an end"},
  };
  for (const auto& [page, doubt] : kPages) EXPECT_EQ(DoubtOf(page), doubt) << page;
  EXPECT_EQ(DoubtOf(std::string_view("x\0y", 3)), "NUL");
}

TEST(TokenTree, LeavesLimitsToTheParser) {
  ReadOptions options;
  options.limits.page_depth = 5;
  EXPECT_EQ(DoubtOf("<p>x", options), "");
  EXPECT_EQ(DoubtOf("<p><b><i><u>x", options), "a limit is near");
  options = {};
  options.limits.arena_bytes = 5u << 20;
  EXPECT_EQ(DoubtOf("<p>x", options), "");
  EXPECT_EQ(DoubtOf(std::string(100'000, 'x'), options), "a limit is near");
}

TEST(TokenTree, TheReadingNamesItsEngine) {
  const auto engine = [](std::string_view page) { return ReadPage(page, {})->engine; };
  EXPECT_EQ(engine("<p>Sail 4:30 PM</p>"), "tokens");
  EXPECT_EQ(engine("<b><p>Sail</b> 4:30 PM</p>"), "gumbo");
  EXPECT_EQ(engine("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), "icalendar");
  EXPECT_EQ(ReadText("Sail 4:30 PM", {})->engine, "text");
}

}  // namespace
}  // namespace evenkeel
