// What people see: escaping, widths, and the two writers of a sheet.
#include "sheet.h"

#include <gmock/gmock.h>

#include "nearest.h"
#include "printable.h"

namespace evenkeel::program {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Printable, ShowsWhatWouldActOnTheTerminal) {
  EXPECT_EQ(Printable("a\x1b[31mb"), "a\\x1b[31mb");
  EXPECT_EQ(Printable("a\nb\tc\rd"), "a\\nb\\tc\\rd");
  EXPECT_EQ(Printable("\xc2\x9b" "31m"), "\\u009b31m");         // C1 control sequence introducer
  EXPECT_EQ(Printable("a\xe2\x80\xae" "b"), "a\\u202eb");       // right-to-left override
  EXPECT_EQ(Printable("a\xe2\x81\xa6" "b"), "a\\u2066b");       // isolate
  EXPECT_EQ(Printable("a\xe2\x80\xa8" "b"), "a\\u2028b");       // line separator
  EXPECT_EQ(Printable(std::string_view("a\0b", 3)), "a\\x00b");
}

TEST(Printable, KeepsText) { EXPECT_EQ(Printable("4:30 – 7:30 PM · Zoë 帆"), "4:30 – 7:30 PM · Zoë 帆"); }

TEST(Printable, ShowsBytesThatAreNotUtf8) {
  EXPECT_EQ(Printable("\xff"), "\\xff");
  EXPECT_EQ(Printable("\xc0\xaf"), "\\xc0\\xaf");          // overlong
  EXPECT_EQ(Printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // surrogate
  EXPECT_EQ(Printable("\xe2\x80"), "\\xe2\\x80");          // cut
}

TEST(DisplayWidth, CountsColumnsAndNotBytes) {
  EXPECT_EQ(DisplayWidth("Zoë"), 3u);
  EXPECT_EQ(DisplayWidth("e\xcc\x81"), 1u);  // combining accent
  EXPECT_EQ(DisplayWidth("帆船"), 4u);
}

TEST(Shorten, NeverCutsInsideACharacter) {
  EXPECT_EQ(Shorten("Zoë sails", 4), "Zoë…");
  EXPECT_EQ(Shorten("帆船帆船", 5), "帆船…");
  EXPECT_EQ(Shorten("short", 5), "short");
}

TEST(ShellWord, QuotesOnlyWhereItMust) {
  EXPECT_EQ(ShellWord("fleet.json"), "fleet.json");
  EXPECT_EQ(ShellWord("it's"), "'it'\\''s'");
  EXPECT_EQ(ShellWord("a b;c"), "'a b;c'");
  EXPECT_EQ(ShellWord(""), "''");
}

TEST(Nearest, NamesAWordOnlyWhenOneIsNear) {
  EXPECT_EQ(Nearest("aduit", {"apply", "audit"}), "audit");
  EXPECT_EQ(Nearest("--approved", {"--approve", "--by"}), "--approve");
  EXPECT_EQ(Nearest("frobnicate", {"apply", "audit"}), "");
}

Sheet OneOfEach() {
  Sheet sheet;
  sheet.title = "<b>title";
  sheet.AddHeading(1, {"Head \x1b[2J"});
  sheet.Add(1, {"plain & ", {"bad", Tone::kBad}});
  sheet.AddTable(1, {Row{{{"line 2"}, {{"x<script>", Tone::kGood}}}, {}}, Row{{{"line 112"}, {"y"}}, {{"below"}}}});
  sheet.AddReplacement(1, "line 3", "4:30\n", "3:30\"");
  sheet.AddCommand(2, "evenkeel show 'a b'");
  return sheet;
}

TEST(ToText, AlignsColumnsAndEscapesEverything) {
  EXPECT_EQ(ToText(OneOfEach(), {}),
            "Head \\x1b[2J\n"
            "============\n"
            "  plain & bad\n"
            "  line 2    x<script>\n"
            "  line 112  y\n"
            "      below\n"
            "  line 3\n"
            "    - 4:30\\n\n"
            "    + 3:30\"\n"
            "    $ evenkeel show 'a b'\n");
}

TEST(ToText, ColoursOnlyWhenAsked) {
  EXPECT_THAT(ToText(OneOfEach(), {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(ToText(OneOfEach(), {.colour = true}), HasSubstr("\x1b[31mbad\x1b[0m"));
}

TEST(ToText, WrapsAtBlanksUnderTheIndent) {
  Sheet sheet;
  sheet.Add(2, {"one two three four five six"});
  EXPECT_EQ(ToText(sheet, {.colour = false, .width = 18}), "    one two three\n    four five six\n");
}

TEST(ToText, NeverBreaksACommand) {
  Sheet sheet;
  sheet.AddCommand(1, "evenkeel apply fleet.json plan.json --approve retire_page-0123456789");
  EXPECT_EQ(ToText(sheet, {.colour = false, .width = 20}), "  $ evenkeel apply fleet.json plan.json --approve retire_page-0123456789\n");
}

TEST(ToHtml, EscapesAndLoadsNothing) {
  const std::string html = ToHtml(OneOfEach());
  EXPECT_THAT(html, HasSubstr("<title>&lt;b&gt;title</title>"));
  EXPECT_THAT(html, HasSubstr("x&lt;script&gt;"));
  EXPECT_THAT(html, HasSubstr("3:30&quot;"));
  EXPECT_THAT(html, HasSubstr("Head \\x1b[2J"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("http://")));
  EXPECT_THAT(html, Not(HasSubstr("https://")));
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
}

}  // namespace
}  // namespace evenkeel::program
