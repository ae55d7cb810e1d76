#include "arguments.h"

#include <gmock/gmock.h>

namespace evenkeel::program {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Arguments Parsed(const std::vector<std::string>& words) {
  const auto parsed = ParseArguments(words);
  if (const auto* wrong = std::get_if<WrongUsage>(&parsed)) ADD_FAILURE() << wrong->message;
  const auto* arguments = std::get_if<Arguments>(&parsed);
  return arguments ? *arguments : Arguments{};
}
std::string Refused(const std::vector<std::string>& words) {
  const auto parsed = ParseArguments(words);
  const auto* wrong = std::get_if<WrongUsage>(&parsed);
  return wrong ? wrong->message + "; " + wrong->next : "was accepted";
}

TEST(Arguments, OptionsStandAnywhere) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"apply", "f.json", "p.json", "--approve", "a", "--approve", "b", "--json"},
           {"--json", "apply", "--approve", "a", "f.json", "--approve=b", "p.json"},
           {"apply", "--json", "--approve", "a", "--approve", "b", "--", "f.json", "p.json"}}) {
    const Arguments arguments = Parsed(words);
    EXPECT_EQ(arguments.fleet, "f.json");
    EXPECT_EQ(arguments.plan, "p.json");
    EXPECT_THAT(arguments.approve, ElementsAre("a", "b"));
    EXPECT_TRUE(arguments.json);
    EXPECT_FALSE(arguments.approve_all);
  }
}

TEST(Arguments, ApproveAllIsNoId) {
  const Arguments arguments = Parsed({"apply", "f", "p", "--approve", "all", "--override", "retire_share"});
  EXPECT_TRUE(arguments.approve_all);
  EXPECT_TRUE(arguments.approve.empty());
  EXPECT_THAT(arguments.override_brakes, ElementsAre("retire_share"));
}

TEST(Arguments, WordsAfterTwoDashesAreNoOptions) {
  EXPECT_EQ(Parsed({"read", "--", "--json"}).page, "--json");
  EXPECT_FALSE(Parsed({"read", "--", "--json"}).json);
  EXPECT_FALSE(WantsJson({"read", "--", "--json"}));
}

TEST(Arguments, AVerbsNameMayBeAFile) { EXPECT_EQ(Parsed({"read", "audit"}).page, "audit"); }

TEST(Arguments, StdinIsADash) { EXPECT_EQ(Parsed({"read", "-", "--date", "2026-05-30"}).page, "-"); }

TEST(Arguments, ShiftTakesANegativeSpan) {
  EXPECT_EQ(Parsed({"shift", "p", "--by", "-90m"}).minutes, -90);
  EXPECT_EQ(Parsed({"shift", "--by=-1h", "p"}).minutes, -60);
}

TEST(Arguments, ShowTakesAPlanOrARun) {
  EXPECT_EQ(Parsed({"show", "p.json"}).plan, "p.json");
  EXPECT_EQ(Parsed({"show", "f.json", "run-1"}).run, "run-1");
  EXPECT_EQ(Parsed({"show", "f.json", "run-1", "--html", "x.html"}).html, "x.html");
  EXPECT_THAT(Refused({"show", "a", "b", "c"}), HasSubstr("one argument too many: \"c\""));
}

TEST(Arguments, SetTakesSeveralFields) {
  const Arguments arguments = Parsed({"set", "f", "xhqgmdh", "start=15:30", "--by", "Ana", "captain=Gene Hale"});
  EXPECT_THAT(arguments.assignments, ElementsAre("start=15:30", "captain=Gene Hale"));
  EXPECT_EQ(arguments.by, "Ana");
  EXPECT_THAT(Refused({"set", "f", "b", "start", "--by", "Ana"}), HasSubstr("FIELD=VALUE"));
  EXPECT_THAT(Refused({"set", "f", "b", "start=1"}), HasSubstr("--by is required"));
}

TEST(Arguments, DecideReadsAnswers) {
  EXPECT_EQ(Parsed({"plan", "f", "--decide", "q1=a", "--decide", "q2=b=c"}).decide, (Answers{{"q1", "a"}, {"q2", "b=c"}}));
  EXPECT_THAT(Refused({"plan", "f", "--decide", "q1"}), HasSubstr("QUESTION=OPTION"));
  EXPECT_THAT(Refused({"plan", "f", "--decide", "q=a", "--decide", "q=b"}), HasSubstr("twice"));
}

TEST(Arguments, WrongUsageNamesTheNextStep) {
  EXPECT_THAT(Refused({}), HasSubstr("a verb is missing"));
  EXPECT_THAT(Refused({"aduit", "f"}), HasSubstr("did you mean \"audit\"?"));
  EXPECT_THAT(Refused({"frobnicate"}), HasSubstr("evenkeel --help"));
  EXPECT_THAT(Refused({"undo", "f"}), HasSubstr("no verb is called"));
  EXPECT_THAT(Refused({"plan", "f", "--boking", "x"}), HasSubstr("did you mean \"--booking\"?"));
  EXPECT_THAT(Refused({"plan"}), HasSubstr("FLEET is required"));
  EXPECT_THAT(Refused({"read", "p", "--date", "2026-02-30"}), HasSubstr("--date is no date"));
  EXPECT_THAT(Refused({"read", "p", "--date", ""}), HasSubstr("--date is no date"));
  EXPECT_THAT(Refused({"audit", "f", "--from", "2026-02-03", "--to", "2026-02-01"}), HasSubstr("--to lies before --from"));
  EXPECT_THAT(Refused({"find", "f"}), HasSubstr("--date, --guest or --id is required"));
  EXPECT_EQ(Parsed({"find", "f", "--guest", "Ana"}).guest, "Ana");
  EXPECT_EQ(Parsed({"find", "f", "--id", "S2FJLN"}).id, "S2FJLN");
  EXPECT_THAT(Refused({"shift", "p"}), HasSubstr("--by is required"));
  EXPECT_THAT(Refused({"audit", "f", "g"}), HasSubstr("one argument too many"));
}

TEST(Arguments, HelpIsThereForEveryVerb) {
  for (const char* verb : {"read", "shift", "doctor", "audit", "set", "plan", "show", "apply", "resume", "verify", "find", "attest"}) {
    const auto help = ParseArguments({verb, "--help"});
    ASSERT_TRUE(std::holds_alternative<Help>(help)) << verb;
    EXPECT_THAT(std::get<Help>(help).text, HasSubstr(std::string("Usage: evenkeel ") + verb));
  }
  EXPECT_TRUE(std::holds_alternative<Help>(ParseArguments({"--help"})));
  EXPECT_TRUE(std::holds_alternative<Help>(ParseArguments({"help", "plan"})));
}

TEST(ParseShift, TakesHoursAndMinutes) {
  EXPECT_EQ(ParseShift("60m"), 60);
  EXPECT_EQ(ParseShift("+1h"), 60);
  EXPECT_EQ(ParseShift("1h30m"), 90);
  EXPECT_EQ(ParseShift("-90m"), -90);
  EXPECT_EQ(ParseShift("−1h"), -60);
  EXPECT_EQ(ParseShift("0m"), 0);
  for (const char* wrong : {"", "60", "h", "1h30", "30m1h", "1.5h", "1h 30m", "169h", "99999999999h", "--1h", "1d"}) {
    EXPECT_EQ(ParseShift(wrong), std::nullopt) << wrong;
  }
  EXPECT_EQ(ParseShift("168h"), 7 * 24 * 60);
}

}  // namespace
}  // namespace evenkeel::program
