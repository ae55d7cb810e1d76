#include "observe/feature_memory.h"

#include <algorithm>
#include <chrono>

#include "json/pieces.h"

namespace evenkeel {
namespace {

// How old a memory may be before the same sight is written down again: often enough for a date that means something to people.
constexpr std::chrono::hours kFresh{7 * 24};

// What is known of a feature once it was seen at `at`, too. The newest backup that has it is the one to name.
RememberedFeatures::Sight After(RememberedFeatures::Sight known, Instant at, const std::string& run) {
  const bool has_newer_backup = !run.empty() && run != known.run && (known.run.empty() || known.at < at);
  if (known.at + kFresh < at || (has_newer_backup && known.at < at)) known.at = at;
  if (has_newer_backup) known.run = run;
  return known;
}

// False where nothing of it is news.
bool Add(RememberedFeatures& remembered, const std::string& booking, const std::set<std::string>& features, Instant at, const std::string& run) {
  const RememberedFeatures before = remembered;
  remembered.booking = booking;
  for (const std::string& feature : features) {
    RememberedFeatures::Sight& sight = remembered.features[feature];
    sight = After(sight, at, run);
  }
  return !(remembered == before);
}

// Reads the page's document, lets `change` change it, and writes it, until that stands. `change` gives false where nothing is to be written.
template <typename Change>
Status ChangeMemory(StateStore& state, const Resource& page, Change change) {
  constexpr int kAttemptsMax = 8;
  const std::string id = page.ToString();
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    const auto there = state.GetDocument(kFeaturesKind, id);
    if (!there.ok() && there.code() != Code::kNotFound) return there.status();
    RememberedFeatures remembered{page, "", {}};
    if (there.ok()) {
      EVENKEEL_ASSIGN_OR_RETURN(remembered, RememberedFeaturesFromJson(there->value));
    }
    if (!change(remembered)) return OkStatus();
    const auto put = state.PutDocument(kFeaturesKind, id, ToJson(remembered), there.ok() ? std::optional(there->version) : std::nullopt);
    if (put.ok()) return OkStatus();
    const bool look = put.code() == Code::kAlreadyExists || put.code() == Code::kPreconditionFailed || put.code() == Code::kNotFound || put.code() == Code::kUnknownOutcome;
    if (!look) return put.status();
  }
  return {Code::kUnavailable, "others keep writing what is remembered of this page", id};
}

}  // namespace

Status RememberFeatures(StateStore& state, const std::vector<RememberedFeatures>& known, const Resource& page, const std::string& booking,
                        const std::set<std::string>& features, Instant at, const std::string& run) {
  if (features.empty()) return OkStatus();
  const auto of_page = std::find_if(known.begin(), known.end(), [&page](const RememberedFeatures& one) { return one.page == page; });
  RememberedFeatures looked = of_page == known.end() ? RememberedFeatures{page, "", {}} : *of_page;
  if (!Add(looked, booking, features, at, run)) return OkStatus();
  return ChangeMemory(state, page, [&](RememberedFeatures& remembered) { return Add(remembered, booking, features, at, run); });
}

Status ForgetFeatures(StateStore& state, const std::string& booking, const Resource& page, const std::set<std::string>& features) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<RememberedFeatures> all, ListRememberedFeatures(state));
  for (const RememberedFeatures& one : all) {
    if (one.booking != booking && one.page != page) continue;
    EVENKEEL_RETURN_IF_ERROR(ChangeMemory(state, one.page, [&features](RememberedFeatures& remembered) {
      return std::erase_if(remembered.features, [&features](const auto& known) { return features.count(known.first) > 0; }) > 0;
    }));
  }
  return OkStatus();
}

Json ToJson(const RememberedFeatures& remembered) {
  Json features = Json::object();
  for (const auto& [name, sight] : remembered.features) features[name] = {{"at", FormatInstant(sight.at)}, {"run", sight.run}};
  return {{"schema", "evenkeel.features/1"},
          {"page", {{"store", remembered.page.store}, {"key", remembered.page.key}}},
          {"booking", remembered.booking},
          {"features", std::move(features)}};
}

StatusOr<RememberedFeatures> RememberedFeaturesFromJson(const Json& json) {
  Status status;
  ObjectReader reader(json, "", status);
  ObjectReader page(reader.Object("page"), "page", status);
  RememberedFeatures remembered{Resource{ResourceKind::kPage, page.Text("store"), page.Text("key")}, reader.Text("booking"), {}};
  const std::string schema = reader.Text("schema");
  for (const auto& [name, sight] : reader.Object("features").items()) {
    ObjectReader seen(sight, "features." + name, status);
    remembered.features[name] = {seen.InstantAt("at").value_or(Instant{}), seen.Text("run")};
  }
  if (status.ok() && schema == "evenkeel.features/1") return remembered;
  return Status(Code::kInvalidArgument, "the state store holds a damaged features document; bring it back from a copy or remove it");
}

StatusOr<std::vector<RememberedFeatures>> ListRememberedFeatures(StateStore& state) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<StateDocument> documents, state.ListDocuments(kFeaturesKind));
  std::vector<RememberedFeatures> all;
  for (const StateDocument& document : documents) {
    auto one = RememberedFeaturesFromJson(document.value);
    if (!one.ok()) return Status(one.code(), one.status().message(), "features " + document.id);
    all.push_back(*std::move(one));
  }
  return all;
}

}  // namespace evenkeel
