#include "evenkeel/aws/credentials.h"

#include <condition_variable>
#include <cstdlib>
#include <mutex>

#include "aws/credential_sources.h"
#include "text/reasons.h"

namespace evenkeel::aws {
namespace {

class StaticCredentials final : public CredentialsProvider {
 public:
  explicit StaticCredentials(Credentials credentials) : credentials_(std::move(credentials)) {}
  StatusOr<Credentials> Get() override { return credentials_; }

 private:
  const Credentials credentials_;
};

class Chain final : public CredentialsProvider {
 public:
  Chain(CredentialsOptions options, HttpTransport& transport, Environment& environment) : around_{std::move(options), transport, environment} {
    if (!around_.options.variable) {
      around_.options.variable = [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
      };
    }
  }

  StatusOr<Credentials> Get() override {
    std::unique_lock lock(mutex_);
    for (;;) {
      if (IsGoodFor(kEarly)) return *current_;
      if (!is_fetching_) return Fetch(lock);
      if (IsGoodFor(kLast)) return *current_;
      const std::uint64_t round = round_;
      fetched_.wait(lock, [&] { return round_ != round; });
      if (!failure_.ok()) return failure_;  // who waited for it has its outcome, too
    }
  }

 private:
  static constexpr std::chrono::seconds kEarly{300}, kLast{10};

  bool IsGoodFor(std::chrono::seconds time) const { return current_ && (!current_->expires || around_.environment.Now() + time < *current_->expires); }

  StatusOr<Credentials> Fetch(std::unique_lock<std::mutex>& lock) {
    is_fetching_ = true;
    lock.unlock();
    auto fetched = Look();
    lock.lock();
    is_fetching_ = false;
    ++round_;
    if (fetched.ok()) current_ = *fetched;
    failure_ = fetched.ok() || IsGoodFor(kLast) ? OkStatus() : fetched.status();
    fetched_.notify_all();
    if (!failure_.ok()) return failure_;
    return *current_;
  }

  StatusOr<Credentials> Look() const {
    struct Place {
      const char* name;
      StatusOr<Sight> (*look)(const Surroundings&);
    };
    static constexpr Place kPlaces[] = {{"environment", LookInVariables}, {"web identity", LookAtWebIdentity}, {"shared files", LookInSharedFiles},
                                        {"container", LookInContainer}, {"instance", LookInInstance}};
    std::string looked;
    for (const Place& place : kPlaces) {
      if (!around_.options.profile.empty() && place.look != LookInSharedFiles) continue;
      EVENKEEL_ASSIGN_OR_RETURN(Sight sight, place.look(around_));
      if (sight.found && (!sight.found->expires || around_.environment.Now() < *sight.found->expires)) return *std::move(sight.found);
      if (sight.found) return Status(Code::kPermissionDenied, "the credentials there have expired", place.name);
      AddReason(looked, std::string(place.name) + ": " + sight.why_not);
    }
    return Status(Code::kPermissionDenied, "no credentials for AWS. Looked at " + looked + ". Set one of them up, or name a \"profile\" in the fleet file", "credentials");
  }

  Surroundings around_;
  std::mutex mutex_;
  std::condition_variable fetched_;
  std::optional<Credentials> current_;
  Status failure_;          // of the last round
  std::uint64_t round_ = 0;
  bool is_fetching_ = false;
};

}  // namespace

std::optional<std::string> Surroundings::Variable(const std::string& name) const {
  auto value = options.variable(name);
  return value && !value->empty() ? value : std::nullopt;
}

std::unique_ptr<CredentialsProvider> MakeStaticCredentials(Credentials credentials) { return std::make_unique<StaticCredentials>(std::move(credentials)); }

std::unique_ptr<CredentialsProvider> MakeCredentialsChain(const CredentialsOptions& options, HttpTransport& transport, Environment& environment) {
  return std::make_unique<Chain>(options, transport, environment);
}

}  // namespace evenkeel::aws
