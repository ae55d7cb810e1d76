#include "tools.h"

namespace evenkeel::tool_server {
namespace {

using Kind = Parameter::Kind;

const Parameter kHolder{"holder", Kind::kText, "one name for each writer that may run at once, such as publish-7"};
const Parameter kTtl{"ttl_minutes", Kind::kMinutes, "how long it is yours, from now; 15 where not given"};
const Parameter kBooking{"booking", Kind::kText, "a booking's key, or any identifier of it", true};
const Parameter kOneBooking{"booking", Kind::kText, "only this booking: its key, or any identifier of it"};

const Tool kFind = {"find", "Does the booking exist?",
    "Call this before you create a page. Says whether the booking has a page already, who looks after it, and the last note that was left; with "
    "reserve, where there is none, makes it yours to create.",
    {{"date", Kind::kDate, "of the booking"},
     {"guest", Kind::kText, "the guest's name"},
     {"id", Kind::kText, "any identifier of the booking"},
     {"reserve", Kind::kTrueOrFalse, "take the right to create the page; needs date, holder, and guest or id"},
     kHolder, kTtl},
    false, false, CallFind};

const Tool kGuard = {"guard", "May this page be deployed?",
    "Call this before you write a page. Refuses what would lose a protected feature, revert what is true, bring back a retired page, make a second "
    "one, or write over somebody else's work; says what to do instead.",
    {{"key", Kind::kText, "where the page would go: g/x.html, or STORE:KEY", true},
     {"page", Kind::kText, "the page itself"},
     {"file", Kind::kText, "or a file that holds it, for pages that are not UTF-8"},
     kHolder},
    true, false, CallGuard};

const Tool kLease = {"lease", "Who may change the booking?",
    "Without holder: who holds the booking now. With holder: takes or renews the right to change it; with release gives it back.",
    {kBooking, kHolder, kTtl, {"release", Kind::kTrueOrFalse, "give it back"}},
    false, false, CallLease};

const Tool kHandoff = {"handoff", "The note for the next writer",
    "Without note: the last note on the booking. With note: leaves one.",
    {kBooking, {"note", Kind::kText, "what the next writer should know"}, {"by", Kind::kText, "who leaves it"}},
    false, false, CallHandoff};

const Tool kAudit = {"audit", "What disagrees?",
    "Reads every system and says what each claims, what is true and why, and what disagrees. Changes nothing.",
    {kOneBooking, {"from", Kind::kDate, "bookings of this date and later"}, {"to", Kind::kDate, "bookings of this date and earlier"}},
    true, false, CallAudit};

const Tool kPlan = {"plan", "What would be changed?",
    "The smallest safe set of changes that makes all systems agree, with its hash. Changes nothing but, with decide, what people have answered.",
    {kOneBooking,
     {"decide", Kind::kAnswers, "a person's answers to questions of an earlier plan: question to option"},
     {"by", Kind::kText, "the person who answered"}},
    false, false, CallPlan};

const Tool kShow = {"show", "A plan or a run again",
    "A plan by its hash, or what became of a run by its name.",
    {{"plan", Kind::kText, "a plan's hash"}, {"run", Kind::kText, "or a run's name"}},
    true, false, CallShow};

const Tool kApply = {"apply", "Carry out a plan",
    "Carries out the automatic actions of a plan, and of those that wait for approval the ones that a person has named, each by its id. Never "
    "invent an approval. The same call again goes on after a stop and repeats nothing.",
    {{"plan", Kind::kText, "the hash of the plan that was looked at", true},
     {"approve", Kind::kTexts, "ids of actions that the person named in `by` has approved, one by one"},
     {"by", Kind::kText, "the person who wants this plan carried out, and who approved; recorded", true},
     kOneBooking,
     {"holder", Kind::kText, "works under the lease that this name holds already"}},
    false, true, CallApply};
const std::vector<Tool> kTools = {kFind, kGuard, kLease, kHandoff, kAudit, kPlan, kShow, kApply};

}  // namespace

std::span<const Tool> Tools() { return kTools; }

}  // namespace evenkeel::tool_server
