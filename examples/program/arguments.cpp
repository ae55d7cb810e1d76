// The one file that includes CLI11; its exceptions end here.
#include "arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include "nearest.h"
#include "printable.h"

namespace evenkeel::program {
namespace {

constexpr int kShiftMinutesMax = 7 * 24 * 60;

// What CLI11 fills before the words become values.
struct RawWords {
  Arguments arguments;
  std::optional<std::string> date, from, to, until, by_text, ttl;
  std::string plan_or_fleet;
  std::vector<std::string> decide, approve, override_brakes;
};

struct VerbSyntax {
  const char* name;
  const char* synopsis;
  const char* summary;
  void (*declare)(CLI::App& app, RawWords& raw);
};

void AddFleet(CLI::App& app, RawWords& raw) {
  app.add_option("FLEET", raw.arguments.fleet, "the fleet file, or the folder that holds fleet.json")->required();
}
void AddBooking(CLI::App& app, RawWords& raw) {
  app.add_option("--booking", raw.arguments.only_booking, "only this booking: its key, or any identifier of it")->type_name("ID");
}
void AddProgress(CLI::App& app, RawWords& raw) {
  app.add_flag("--progress", raw.arguments.progress, "says on stderr every two seconds how many pages were read; on a terminal that is shown anyhow");
}
void AddReading(CLI::App& app, RawWords& raw) {
  app.add_option("PAGE", raw.arguments.page, "an HTML page or an iCalendar file; - is stdin")->required();
  app.add_option("--date", raw.date, "the booking's date, which anchors weekdays")->type_name("YYYY-MM-DD");
  app.add_option("--zone", raw.arguments.zone, "the booking's IANA zone")->type_name("ZONE")->capture_default_str();
}
// Takes exactly one value each time it stands on the line, so that FLEET and PLAN may follow it.
void AddRepeated(CLI::App& app, const char* name, std::vector<std::string>& values, const char* type, const char* what) {
  app.add_option(name, values, what)->type_name(type)->expected(1)->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}
void AddName(CLI::App& app, RawWords& raw, const char* what, bool required) {
  app.add_option("--by", raw.arguments.by, what)->type_name("NAME")->required(required);
}
void AddOneBooking(CLI::App& app, RawWords& raw) {
  app.add_option("BOOKING", raw.arguments.booking, "the booking's key, or any identifier of it")->required();
}
void AddHolder(CLI::App& app, RawWords& raw, const char* what) {
  app.add_option("--holder", raw.arguments.holder, what)->type_name("NAME");
}
void AddTtl(CLI::App& app, RawWords& raw) {
  app.add_option("--ttl", raw.ttl, "how long: 5m, 1h30m, at most 24h; by default 15m")->type_name("15m");
}
void AddSpan(CLI::App& app, RawWords& raw) {
  app.add_option("--from", raw.from, "bookings from this date on")->type_name("YYYY-MM-DD");
  app.add_option("--to", raw.to, "bookings up to this date, which is included")->type_name("YYYY-MM-DD");
}

void AddRunHolder(CLI::App& app, RawWords& raw) {
  AddHolder(app, raw, "acts under the leases of this name, and leaves them to it; by default the run takes its own and gives them back");
}
void DeclareAccept(CLI::App& app, RawWords& raw) {
  AddFleet(app, raw), AddOneBooking(app, raw);
  app.add_option("FIELD", raw.arguments.fields, "start, captain, ... in every system that differs; the times of a system only together")->required();
  app.add_option("--until", raw.until, "until this day is over, by the booking's clock; then it is drift again")->type_name("YYYY-MM-DD");
  app.add_option("--why", raw.arguments.why, "why it may, for whoever reads the audit")->type_name("TEXT");
  AddName(app, raw, "who says so", true);
  app.add_flag("--withdraw", raw.arguments.withdraw, "it may no longer: what was accepted of these fields is drift again");
  AddProgress(app, raw);
}
void DeclareResume(CLI::App& app, RawWords& raw) {
  AddFleet(app, raw);
  app.add_option("RUN", raw.arguments.run, "by default the only unfinished one");
  AddRunHolder(app, raw);
}
void DeclareRollback(CLI::App& app, RawWords& raw) {
  AddFleet(app, raw);
  app.add_option("RUN", raw.arguments.run, "the run, as apply named it; by default the only unfinished one");
  AddName(app, raw, "who wants it; by default the user's name", false);
  app.add_option("--why", raw.arguments.why, "why, for whoever reads the journal")->type_name("TEXT");
  AddRunHolder(app, raw);
}
void DeclareRestore(CLI::App& app, RawWords& raw) {
  AddFleet(app, raw);
  app.add_option("RUN", raw.arguments.run, "the run that put the page away")->required();
  app.add_option("PAGE", raw.arguments.page, "the page's key, or STORE:KEY")->required();
  app.add_flag("--stdout", raw.arguments.to_stdout, "writes the bytes to stdout, and nothing anywhere else");
  AddName(app, raw, "who wants it; by default the user's name", false);
}

const std::array<VerbSyntax, 18> kVerbs = {{
    {"read", "PAGE [--date D] [--zone Z]", "what a page says: times, dates, features, identifiers", [](CLI::App& app, RawWords& raw) { AddReading(app, raw); }},
    {"shift", "PAGE --by ±60m [--date D] [--zone Z]", "the page with its booking's times moved, on stdout",
     [](CLI::App& app, RawWords& raw) {
       AddReading(app, raw);
       app.add_option("--by", raw.by_text, "how far: 60m, 1h, 1h30m, -90m")->type_name("±60m")->required();
     }},
    {"doctor", "FLEET", "before anything else: is every system reachable, permitted and as the fleet file says",
     [](CLI::App& app, RawWords& raw) { AddFleet(app, raw); }},
    {"audit", "FLEET [--from D] [--to D] [--progress]", "what disagrees, by booking and field",
     [](CLI::App& app, RawWords& raw) { AddFleet(app, raw), AddSpan(app, raw), AddProgress(app, raw); }},
    {"set", "FLEET BOOKING FIELD=VALUE... --by NAME [--progress]", "a person's word: the strongest claim, planned to everywhere",
     [](CLI::App& app, RawWords& raw) {
       AddFleet(app, raw), AddOneBooking(app, raw);
       app.add_option("FIELD=VALUE", raw.arguments.assignments, "start=15:30, captain=Ana, ...")->required();
       AddName(app, raw, "whose word it is", true), AddProgress(app, raw);
     }},
    {"accept", "FLEET BOOKING FIELD... (--until D --why TEXT | --withdraw) --by NAME [--progress]", "what differs now may differ for a while: shown, and neither drift nor planned", DeclareAccept},
    {"plan", "FLEET [--booking ID] [--decide Q=OPTION]... [--by NAME] [--out FILE] [--progress]", "the smallest safe set of changes that makes all systems agree",
     [](CLI::App& app, RawWords& raw) {
       AddFleet(app, raw), AddBooking(app, raw);
       AddRepeated(app, "--decide", raw.decide, "Q=OPTION", "answers a question; may stand several times");
       AddName(app, raw, "who answers; by default the user's name", false);
       app.add_option("--out", raw.arguments.out, "writes the plan to this file, for show and apply")->type_name("FILE");
       AddProgress(app, raw);
     }},
    {"show", "PLAN | show FLEET RUN [--html FILE]", "a plan or a run, for people",
     [](CLI::App& app, RawWords& raw) {
       app.add_option("PLAN|FLEET", raw.plan_or_fleet, "a plan file; with RUN behind it, a fleet")->required();
       app.add_option("RUN", raw.arguments.run, "a run of this fleet, as apply named it");
       app.add_option("--html", raw.arguments.html, "writes a self-contained HTML page to this file")->type_name("FILE");
     }},
    {"apply", "FLEET PLAN [--booking ID] [--approve ID|all]... [--override BRAKE]... [--by NAME] [--holder NAME]", "carries out a plan; again with more approvals goes on",
     [](CLI::App& app, RawWords& raw) {
       AddFleet(app, raw);
       app.add_option("PLAN", raw.arguments.plan, "a plan file; - is stdin")->required();
       AddBooking(app, raw);
       AddRepeated(app, "--approve", raw.approve, "ID|all", "approves the action with this id, or all that wait for approval");
       AddRepeated(app, "--override", raw.override_brakes, "BRAKE", "lifts a brake by its name");
       AddName(app, raw, "who approves; by default the user's name", false);
       AddRunHolder(app, raw);
     }},
    {"resume", "FLEET [RUN] [--holder NAME]", "goes on with an unfinished run, after a crash or when others have given a booking back", DeclareResume},
    {"rollback", "FLEET [RUN] [--by NAME] [--why TEXT] [--holder NAME]", "takes a run back, action by action, as far as nobody has changed anything since", DeclareRollback},
    {"restore", "FLEET RUN PAGE [--stdout] [--by NAME]", "one page's backed-up bytes, back in place or on stdout", DeclareRestore},
    {"verify", "FLEET [--booking ID] [--progress]", "reads everything again: what still disagrees",
     [](CLI::App& app, RawWords& raw) { AddFleet(app, raw), AddBooking(app, raw), AddProgress(app, raw); }},
    {"find", "FLEET [--date D] [--guest G] [--id ID] [--reserve --holder NAME [--ttl 15m]] [--progress]", "before you create a page: does it exist, who holds it, the last handoff; by one of the three at least",
     [](CLI::App& app, RawWords& raw) {
       AddFleet(app, raw);
       app.add_option("--date", raw.date, "the booking's date")->type_name("YYYY-MM-DD");
       app.add_option("--guest", raw.arguments.guest, "the guest's name, or a part of it")->type_name("NAME");
       app.add_option("--id", raw.arguments.id, "any identifier: booking id, guest code, listing, card, slug")->type_name("ID");
       app.add_flag("--reserve", raw.arguments.reserve, "where there is none: nobody else may create it for a while; needs --date");
       AddHolder(app, raw, "which writer reserves it: a name of its own for each that may run at once");
       AddTtl(app, raw), AddProgress(app, raw);
     }},
    {"guard", "FLEET FILE --key KEY [--holder NAME] [--progress]", "before you deploy FILE over KEY: would it lose a feature, revert what is true, or make a second page",
     [](CLI::App& app, RawWords& raw) {
       AddFleet(app, raw);
       app.add_option("FILE", raw.arguments.page, "the page as it would be deployed; - is stdin")->required();
       app.add_option("--key", raw.arguments.key, "where it would go: g/x.html, or STORE:g/x.html")->type_name("KEY")->required();
       AddHolder(app, raw, "whose leases are no obstacle"), AddProgress(app, raw);
     }},
    {"lease", "FLEET BOOKING [--holder NAME [--ttl 15m] [--release]] [--progress]", "the right to change a booking: who has it; with --holder take it, renew it or give it back",
     [](CLI::App& app, RawWords& raw) {
       AddFleet(app, raw), AddOneBooking(app, raw), AddHolder(app, raw, "who takes it, renews it or gives it back");
       AddTtl(app, raw), AddProgress(app, raw);
       app.add_flag("--release", raw.arguments.release, "gives it back");
     }},
    {"handoff", "FLEET BOOKING [--note TEXT [--by NAME]] [--progress]", "the last note that was left on a booking; with --note leave one",
     [](CLI::App& app, RawWords& raw) {
       AddFleet(app, raw), AddOneBooking(app, raw);
       app.add_option("--note", raw.arguments.note, "what the next writer should know")->type_name("TEXT");
       AddName(app, raw, "who leaves it; by default the user's name", false), AddProgress(app, raw);
     }},
    {"attest", "FLEET RUN ACTION --by NAME", "a person has done a manual task",
     [](CLI::App& app, RawWords& raw) {
       AddFleet(app, raw);
       app.add_option("RUN", raw.arguments.run, "the run, as apply named it")->required();
       app.add_option("ACTION", raw.arguments.action, "the manual task's id")->required();
       AddName(app, raw, "who has done it", true);
     }},
}};

std::string HelpOfProgram() {
  std::string text =
      "evenkeel keeps one booking consistent across every system that holds a piece of it.\n\n"
      "Usage: evenkeel VERB ... [--json]\n\nVerbs:\n";
  for (const VerbSyntax& verb : kVerbs) text += "  " + std::string(verb.name) + std::string(9 - std::string_view(verb.name).size(), ' ') + verb.summary + "\n";
  return text +
         "\nStart with:  evenkeel doctor FLEET, then audit, plan --out plan.json, show plan.json, apply FLEET plan.json, verify.\n"
         "evenkeel VERB --help explains one verb. --json prints one JSON document on stdout; notes go to stderr.\n"
         "Exit codes: 0 done, 1 error, 2 something disagrees or exists, 3 a person is needed, 4 conflict with another writer, 64 wrong usage.\n";
}

const VerbSyntax* FindVerb(const std::string& name) {
  const auto found = std::find_if(kVerbs.begin(), kVerbs.end(), [&](const VerbSyntax& verb) { return name == verb.name; });
  return found == kVerbs.end() ? nullptr : &*found;
}

WrongUsage UnknownVerb(const std::string& word) {
  std::vector<std::string> names;
  for (const VerbSyntax& verb : kVerbs) names.push_back(verb.name);
  const std::string near = Nearest(word, names);
  return {"no verb is called \"" + word + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"), "evenkeel --help lists the verbs"};
}

WrongUsage UnexpectedWord(const CLI::App& app, const std::string& verb, const std::string& word) {
  const std::string next = "evenkeel " + verb + " --help shows what it takes";
  if (word.size() < 2 || word[0] != '-') return {verb + ": one argument too many: \"" + word + "\"", next};
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_lnames().empty()) names.push_back("--" + option->get_lnames()[0]);
  }
  const std::string near = Nearest(word.substr(0, word.find('=')), names);
  return {verb + ": no option is called \"" + word + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"), next};
}

// One of several words could not be read as what it must be.
struct BadWord {
  std::string message;
  std::string next;
};

void ReadDate(const char* option, const std::optional<std::string>& text, std::optional<Date>& date, std::optional<BadWord>& bad) {
  if (!text) return;
  date = ParseDate(*text);
  if (!date) bad = {std::string(option) + " is no date: \"" + *text + "\"", "write it as 2026-05-30"};
}

void ReadAnswers(const std::vector<std::string>& words, Answers& answers, std::optional<BadWord>& bad) {
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == word.size()) {
      bad = {"--decide takes QUESTION=OPTION, not \"" + word + "\"", "evenkeel plan FLEET prints the questions with the exact words"};
    } else if (const auto [at, added] = answers.emplace(word.substr(0, equals), word.substr(equals + 1)); !added && at->second != word.substr(equals + 1)) {
      bad = {"--decide answers " + at->first + " twice and differently", "give one answer"};
    }
  }
}

void ReadShift(const std::optional<std::string>& text, int& minutes, std::optional<BadWord>& bad) {
  if (!text) return;
  const std::optional<int> parsed = ParseShift(*text);
  if (!parsed) {
    bad = {"--by is no span of time up to seven days: \"" + *text + "\"", "write it as 60m, 1h, 1h30m or -90m"};
  } else {
    minutes = *parsed;
  }
}

void ReadTtl(const RawWords& raw, std::optional<int>& minutes, std::optional<BadWord>& bad) {
  constexpr int kTtlMinutesMax = 24 * 60;
  if (raw.ttl) {
    minutes = ParseShift(*raw.ttl);
    if (!minutes || *minutes < 1 || *minutes > kTtlMinutesMax) bad = {"--ttl is no span of time from 1m to 24h: \"" + *raw.ttl + "\"", "write it as 15m, 1h or 1h30m"};
  }
  const bool needs_holder = raw.ttl || raw.arguments.release || raw.arguments.reserve;
  if (needs_holder && raw.arguments.holder.empty()) bad = {"--holder is missing", "say who takes the lease or gives it back: --holder NAME"};
  if (raw.arguments.verb == "find" && (raw.ttl || !raw.arguments.holder.empty()) && !raw.arguments.reserve) bad = {"--holder and --ttl are for --reserve", "add --reserve"};
  if (raw.arguments.reserve && (!raw.date || (raw.arguments.guest.empty() && raw.arguments.id.empty()))) {
    bad = {"--reserve needs --date, and --guest or --id", "add --date 2026-05-30 and --guest NAME or --id ID"};
  }
  if (raw.ttl && raw.arguments.release) bad = {"--ttl and --release contradict each other", "leave one of them out"};
  if (raw.arguments.holder.find_first_of("\r\n") != std::string::npos) bad = {"--holder is a name on one line", "leave the line break out"};
}

void ReadAcceptance(const Arguments& arguments, std::optional<BadWord>& bad) {
  const bool says_more = arguments.until || !arguments.why.empty();
  if (arguments.withdraw && says_more) bad = {"--withdraw ends it at once", "leave --until and --why out"};
  if (!arguments.withdraw && arguments.why.empty()) bad = {"--why is missing", "say why it may differ: --why TEXT"};
  if (!arguments.withdraw && !arguments.until && !bad) bad = {"--until is missing", "say until which day it may differ: --until 2026-05-30"};
  if (arguments.why.find_first_of("\r\n") != std::string::npos) bad = {"--why is one line", "leave the line break out"};
}

void ReadTargets(RawWords& raw) {
  if (raw.arguments.verb == "show") (raw.arguments.run.empty() ? raw.arguments.plan : raw.arguments.fleet) = raw.plan_or_fleet;
  for (const std::string& id : raw.approve) {
    if (id == "all") {
      raw.arguments.approve_all = true;
    } else {
      raw.arguments.approve.insert(id);
    }
  }
  raw.arguments.override_brakes.insert(raw.override_brakes.begin(), raw.override_brakes.end());
}

// Words to values. What is wrong comes back.
std::optional<BadWord> ReadValues(RawWords& raw) {
  Arguments& arguments = raw.arguments;
  std::optional<BadWord> bad;
  ReadDate("--date", raw.date, arguments.date, bad);
  ReadDate("--from", raw.from, arguments.from, bad);
  ReadDate("--to", raw.to, arguments.to, bad);
  ReadDate("--until", raw.until, arguments.until, bad);
  if (arguments.verb == "accept") ReadAcceptance(arguments, bad);
  ReadAnswers(raw.decide, arguments.decide, bad);
  ReadShift(raw.by_text, arguments.minutes, bad);
  ReadTtl(raw, arguments.ttl_minutes, bad);
  ReadTargets(raw);
  for (const std::string& word : arguments.assignments) {
    if (word.find('=') == std::string::npos || word[0] == '=') bad = {"\"" + word + "\" is not FIELD=VALUE", "write it as start=15:30"};
  }
  if (arguments.from && arguments.to && *arguments.to < *arguments.from) bad = {"--to lies before --from", "exchange them"};
  if (arguments.verb == "restore" && arguments.to_stdout && arguments.json) bad = {"--stdout and --json both want stdout", "leave one of them out"};
  const bool names_nothing = !arguments.date && arguments.guest.empty() && arguments.id.empty();
  if (arguments.verb == "find" && names_nothing && !bad) bad = {"--date, --guest or --id is required", "add --date 2026-05-30, --guest NAME or --id ID"};
  if (arguments.verb != "find" && arguments.verb != "shift" && arguments.by.find_first_of("\r\n") != std::string::npos) {
    bad = {"--by is a name on one line", "leave the line break out"};
  }
  return bad;
}

// CLI11 reads its words last first.
std::optional<WrongUsage> FillFrom(CLI::App& app, const std::string& verb, std::vector<std::string> words) {
  std::reverse(words.begin(), words.end());
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    if (app.count("--help") > 0) return std::nullopt;
    std::string what = error.what();
    std::replace(what.begin(), what.end(), '\n', ' ');
    return WrongUsage{verb + ": " + what, "evenkeel " + verb + " --help shows what it takes"};
  }
  return std::nullopt;
}

// CLI11's own usage line names the arguments in no telling order: ours is the synopsis.
std::string HelpOfVerb(const CLI::App& app, const VerbSyntax& syntax) {
  std::string text = app.help();
  const std::size_t begin = text.find("Usage:");
  const std::size_t end = begin == std::string::npos ? begin : text.find('\n', begin);
  const std::string usage = "Usage: evenkeel " + std::string(syntax.name) + " " + syntax.synopsis + " [--json]";
  return end == std::string::npos ? usage + "\n" + text : text.replace(begin, end - begin, usage);
}

std::variant<Arguments, Help, WrongUsage> ParseVerb(const VerbSyntax& syntax, const std::vector<std::string>& words) {
  const std::string verb = syntax.name;
  RawWords raw;
  raw.arguments.verb = verb;
  CLI::App app(syntax.summary, "evenkeel " + verb);
  app.allow_extras();
  app.set_help_flag();
  bool help = false;
  app.add_flag("-h,--help", help, "this text");
  app.add_flag("--json", raw.arguments.json, "one JSON document on stdout");
  syntax.declare(app, raw);
  if (const auto wrong = FillFrom(app, verb, words)) return *wrong;
  if (help || app.count("--help") > 0) {
    return Help{HelpOfVerb(app, syntax)};
  }
  std::vector<std::string> extra = app.remaining();
  extra.erase(std::remove(extra.begin(), extra.end(), "--"), extra.end());
  if (!extra.empty()) return UnexpectedWord(app, verb, extra.front());
  if (const auto bad = ReadValues(raw)) return WrongUsage{verb + ": " + bad->message, bad->next};
  return raw.arguments;
}

}  // namespace

std::variant<Arguments, Help, WrongUsage> ParseArguments(const std::vector<std::string>& words) {
  // The verb is the first word that is no option: global options may stand before it.
  const auto at = std::find_if(words.begin(), words.end(), [](const std::string& word) { return word.empty() || word[0] != '-'; });
  if (at == words.end()) {
    const bool help = std::any_of(words.begin(), words.end(), [](const std::string& word) { return word == "--help" || word == "-h"; });
    if (help) return Help{HelpOfProgram()};
    if (std::find(words.begin(), words.end(), "--version") != words.end()) return Help{"evenkeel " EVENKEEL_VERSION "\n"};
    return WrongUsage{"a verb is missing", "evenkeel --help lists the verbs"};
  }
  std::vector<std::string> rest(words.begin(), at);
  rest.insert(rest.end(), at + 1, words.end());
  if (*at == "help") {
    const VerbSyntax* about = rest.empty() ? nullptr : FindVerb(rest[0]);
    if (!about) return rest.empty() ? std::variant<Arguments, Help, WrongUsage>(Help{HelpOfProgram()}) : UnknownVerb(rest[0]);
    return ParseVerb(*about, {"--help"});
  }
  const VerbSyntax* syntax = FindVerb(*at);
  return syntax ? ParseVerb(*syntax, rest) : UnknownVerb(*at);
}

std::optional<int> ParseShift(const std::string& text) {
  std::size_t at = 0;
  int sign = 1;
  if (text.starts_with("-") || text.starts_with("+")) sign = text[at++] == '-' ? -1 : 1;
  if (text.starts_with("−")) sign = -1, at = std::string_view("−").size();  // U+2212, as documents write it
  int minutes = 0;
  bool any = false;
  for (const char unit : {'h', 'm'}) {
    std::size_t end = at;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    if (end == at || end - at > 5 || end >= text.size() || text[end] != unit) continue;
    minutes += std::stoi(text.substr(at, end - at)) * (unit == 'h' ? 60 : 1);
    at = end + 1;
    any = true;
  }
  if (!any || at != text.size() || minutes > kShiftMinutesMax) return std::nullopt;
  return sign * minutes;
}

bool WantsJson(const std::vector<std::string>& words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  return std::find(words.begin(), end, "--json") != end;
}

}  // namespace evenkeel::program
