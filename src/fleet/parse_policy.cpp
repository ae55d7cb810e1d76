// The policy of the fleet file.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evenkeel/plan.h"
#include "fleet/derivation.h"
#include "fleet/parse.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

// The verbs of a plan that policy can hold back.
std::vector<std::string> KnownVerbs() {
  std::vector<std::string> names;
  for (int i = 0; i <= static_cast<int>(Verb::kLeaveHandoff); ++i) names.emplace_back(VerbName(static_cast<Verb>(i)));
  return names;
}

// One rank of an authority list: a name, or a list of equals.
std::vector<std::string> ParseRank(const Section& section, const std::string& where, const Json& rank, const FleetConfig& fleet) {
  std::vector<std::string> names;
  const Json equals = rank.is_array() ? rank : Json::array({rank});
  if (equals.empty()) section.mistake().Report(where + " must not be empty");
  for (const Json& name : equals) {
    if (!name.is_string()) {
      section.mistake().Report(where + " must be the name of a store, or a list of names that are equals");
      continue;
    }
    names.push_back(name.get<std::string>());
    if (fleet.FindStore(names.back()) == nullptr) section.mistake().Report(UnknownMessage(where, "store", names.back(), StoreNames(fleet)));
  }
  return names;
}

void ParseAuthority(const Section& policy, FleetConfig& fleet) {
  const Json* json = policy.Find("authority");
  if (json == nullptr) return;
  std::vector<std::string> known = FieldNames(fleet);
  known.push_back("*");
  const Section section(*json, policy.Where("authority"), known, policy.mistake());
  if (!json->is_object()) return;
  for (const auto& [field, ranks] : json->items()) {
    if (!ranks.is_array()) {
      policy.mistake().Report(section.Where(field) + " must be a list of stores, the strongest first");
      continue;
    }
    std::set<std::string> seen;
    auto& authority = fleet.policy.authority[field];
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      authority.push_back(ParseRank(section, section.WhereAt(field, i), ranks[i], fleet));
      for (const std::string& name : authority.back()) {
        if (!seen.insert(name).second) policy.mistake().Report(section.WhereAt(field, i) + ": \"" + name + "\" stands twice");
      }
    }
  }
}

// Texts that are all known names.
std::vector<std::string> ParseNames(const Section& section, std::string_view key, std::string_view noun, const std::vector<std::string>& known) {
  const std::vector<std::string> names = section.Texts(key);
  if (names.empty()) section.mistake().Report(section.Where(key) + " must name one at least");
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::find(known.begin(), known.end(), names[i]) == known.end()) section.mistake().Report(UnknownMessage(section.WhereAt(key, i), noun, names[i], known));
  }
  return names;
}

void ParseMessages(const Section& policy, FleetConfig& fleet) {
  const Json* json = policy.Find("messages");
  if (json == nullptr) return;
  if (!json->is_object()) return policy.mistake().Report("policy.messages must be an object: an audience, and what it is told of");
  std::vector<std::string> fields = {"page"};
  for (const FieldDefinition& field : fleet.fields.fields()) {
    if (field.decided) fields.push_back(field.name);
  }
  for (const auto& [name, told] : json->items()) {
    const Section audience(told, policy.Where("messages") + "." + name, {"stores", "fields"}, policy.mistake());
    if (policy.mistake().found()) return;
    const std::vector<std::string> stores = ParseNames(audience, "stores", "store", StoreNames(fleet));
    fleet.policy.messages[name] = {{stores.begin(), stores.end()}, ParseNames(audience, "fields", "field", fields)};
  }
}

void ParseProtect(const Section& policy, FleetConfig& fleet) {
  fleet.policy.protect = policy.Texts("protect", true);
  std::vector<std::string> known;
  for (const FeatureRule& rule : BuiltInFeatureRules()) known.push_back(rule.name);
  for (const FeatureRule& rule : fleet.features) known.push_back(rule.name);
  const std::set<std::string> names(known.begin(), known.end());
  for (std::size_t i = 0; i < fleet.policy.protect.size(); ++i) {
    // A misspelt feature would protect nothing, and nobody would see it.
    if (!names.contains(fleet.policy.protect[i])) {
      policy.mistake().Report(UnknownMessage(policy.WhereAt("protect", i), "feature", fleet.policy.protect[i], known));
    }
  }
}

// Whether what the member is derived from comes back to it.
bool IsCircular(const std::map<std::string, std::string>& rules, const std::string& member) {
  std::string at = member;
  for (std::size_t steps = 0; steps < std::size(kDerivable); ++steps) {
    const auto rule = rules.find(at);
    const auto derivation = rule == rules.end() ? std::nullopt : ParseDerivation(rule->second);
    if (!derivation || derivation->keep) return false;
    at = derivation->base;
    if (at == member) return true;
  }
  return false;
}

void ParseDerive(const Section& policy, FleetConfig& fleet) {
  const Json* json = policy.Find("derive");
  if (json == nullptr) return;
  const std::vector<std::string> known(std::begin(kDerivable), std::end(kDerivable));
  const Section section(*json, policy.Where("derive"), known, policy.mistake());
  for (const std::string& field : known) {
    if (!section.Has(field)) continue;
    const std::string rule = section.RequiredText(field);
    const auto derivation = ParseDerivation(rule);
    if (!rule.empty() && (!derivation || derivation->base == field)) {
      policy.mistake().Report(section.Where(field) + " cannot be \"" + FoldSpace(rule) +
                              "\"; write \"keep\", another time field, or one with a distance like \"start-30m\" or \"end+1h\"");
    }
    fleet.policy.derive[field] = rule;
  }
  for (const std::string& field : known) {
    if (IsCircular(fleet.policy.derive, field)) policy.mistake().Report(section.Where(field) + " is derived from itself by way of others");
  }
}

void ParseBrakes(const Section& policy, Brakes& brakes) {
  if (!policy.Has("brakes")) return;
  const Section section(*policy.Find("brakes"), policy.Where("brakes"),
                        {"retire_count_max", "retire_share_max", "edit_count_max", "edit_share_max", "plan_age_max_s"}, policy.mistake());
  if (section.Has("retire_count_max")) brakes.retire_count_max = section.Count("retire_count_max");
  if (section.Has("retire_share_max")) brakes.retire_share_max = section.Share("retire_share_max");
  if (section.Has("edit_count_max")) brakes.edit_count_max = section.Count("edit_count_max");
  if (section.Has("edit_share_max")) brakes.edit_share_max = section.Share("edit_share_max");
  if (section.Has("plan_age_max_s")) {
    const auto age = section.Count("plan_age_max_s");
    brakes.plan_age_max_s = age ? std::optional<std::int64_t>(static_cast<std::int64_t>(std::min<std::uint64_t>(*age, INT64_MAX))) : std::nullopt;
  }
}

void ParseChoices(const Section& policy, FleetConfig& fleet) {
  const std::string retire = policy.Text("retire", "delete");
  fleet.policy.retire = retire == "redirect" ? Retire::kRedirect : Retire::kDelete;
  if (retire != "delete" && retire != "redirect") {
    policy.mistake().Report(UnknownMessage(policy.Where("retire"), "way", retire, {"delete", "redirect"}));
  }
  const std::string past = policy.Text("past", "same");
  fleet.policy.past = past == "read_only" ? Past::kReadOnly : Past::kSameAsFuture;
  if (past != "same" && past != "read_only") policy.mistake().Report(UnknownMessage(policy.Where("past"), "word", past, {"same", "read_only"}));
  fleet.policy.accept_repeating_versions = policy.Flag("accept_repeating_versions", false);
  fleet.policy.single_host = policy.Flag("single_host", false);
  if (const auto days = policy.Count("retention_days")) {
    fleet.policy.retention_days = static_cast<std::int64_t>(std::min<std::uint64_t>(*days, 100'000));
  }
  if (const auto days = policy.Count("task_days_max")) {
    fleet.policy.task_days_max = static_cast<std::int64_t>(std::min<std::uint64_t>(*days, 100'000));
  }
}

void ParseApprove(const Section& policy, FleetConfig& fleet) {
  if (!policy.Has("approve")) return;
  const std::vector<std::string> verbs = policy.Texts("approve", true);
  fleet.policy.approve = {verbs.begin(), verbs.end()};
  const std::vector<std::string> known = KnownVerbs();
  const std::set<std::string> names(known.begin(), known.end());
  for (std::size_t i = 0; i < verbs.size(); ++i) {
    if (!names.contains(verbs[i])) policy.mistake().Report(UnknownMessage(policy.WhereAt("approve", i), "verb", verbs[i], known));
  }
}

}  // namespace

void ParsePolicy(const Section& top, FleetConfig& fleet) {
  if (!top.Has("policy")) return;
  const Section policy(*top.Find("policy"), "policy",
                       {"authority", "protect", "retire", "accept_repeating_versions", "approve", "derive", "brakes", "past", "single_host",
                        "retention_days", "task_days_max", "messages"},
                       top.mistake());
  ParseAuthority(policy, fleet);
  ParseProtect(policy, fleet);
  ParseChoices(policy, fleet);
  ParseApprove(policy, fleet);
  ParseDerive(policy, fleet);
  ParseBrakes(policy, fleet.policy.brakes);
  ParseMessages(policy, fleet);
}

}  // namespace evenkeel
