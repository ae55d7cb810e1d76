// Credentials in variables and files of the machine.
#include "aws/credential_sources.h"
#include "aws/run_process.h"
#include "text/fold.h"

namespace evenkeel::aws {
namespace {

constexpr std::size_t kFileBytes = 1u << 20, kProcessBytes = 64u << 10;
constexpr std::chrono::milliseconds kProcessTimeout{60'000};

// nullopt: there is no such file.
StatusOr<std::optional<std::string>> ReadIfThere(const Surroundings& around, const std::string& path) {
  auto text = around.environment.files().Read(path, kFileBytes);
  if (text.code() == Code::kNotFound) return std::optional<std::string>();
  if (!text.ok()) return Status(Code::kInvalidArgument, "cannot be read: " + text.status().message(), path);
  return std::optional<std::string>(*std::move(text));
}

std::string PathOf(const Surroundings& around, const char* variable, const char* below_home) {
  return around.Variable(variable).value_or(around.Variable("HOME").value_or("") + below_home);
}

// What both files say of one profile; the file of credentials counts more.
struct Profile {
  std::map<std::string, std::string> keys;
  bool is_there = false;

  void Add(const Sections& sections, const std::string& section) {
    const auto found = sections.find(section);
    if (found == sections.end()) return;
    is_there = true;
    keys.insert(found->second.begin(), found->second.end());
  }
  std::string Key(const char* name) const {
    const auto found = keys.find(name);
    return found == keys.end() ? std::string() : found->second;
  }
  bool Has(const char* name) const { return keys.contains(name); }
};

StatusOr<Credentials> AskProcess(const std::string& command, const std::string& place) {
  auto output = RunProcess(command, kProcessTimeout, kProcessBytes);
  if (!output.ok()) return Status(output.code(), "credential_process: " + output.status().message(), place);
  return CredentialsFromJson(*output, "SessionToken", place);
}

// AWS's own clients take a role and single sign-on before keys and process: who has the keys is somebody else.
StatusOr<Sight> UseProfile(const Profile& profile, const std::string& place) {
  if (profile.Has("role_arn") || profile.Has("sso_session") || profile.Has("sso_start_url")) {
    return Status(Code::kInvalidArgument,
                  "has a role or single sign-on, which AWS's own program resolves: make a profile with "
                  "credential_process = aws configure export-credentials --profile NAME --format process",
                  place);
  }
  if (profile.Has("aws_access_key_id")) {
    Credentials credentials{profile.Key("aws_access_key_id"), profile.Key("aws_secret_access_key"), profile.Key("aws_session_token"), {}};
    if (credentials.secret_access_key.empty()) return Status(Code::kInvalidArgument, "has aws_access_key_id but no aws_secret_access_key", place);
    return Sight{std::move(credentials)};
  }
  if (profile.Has("credential_process")) {
    EVENKEEL_ASSIGN_OR_RETURN(Credentials credentials, AskProcess(profile.Key("credential_process"), place));
    return Sight{std::move(credentials)};
  }
  return Sight{{}, "the " + place + " has no keys and no credential_process"};
}

}  // namespace

StatusOr<Sight> LookInVariables(const Surroundings& around) {
  const auto id = around.Variable("AWS_ACCESS_KEY_ID"), secret = around.Variable("AWS_SECRET_ACCESS_KEY");
  if (!id && !secret) return Sight{{}, "AWS_ACCESS_KEY_ID is not set"};
  if (!id || !secret) return Status(Code::kInvalidArgument, "one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set without the other", "environment");
  return Sight{Credentials{*id, *secret, around.Variable("AWS_SESSION_TOKEN").value_or(""), {}}};
}

StatusOr<Sight> LookInSharedFiles(const Surroundings& around) {
  const std::string credentials_path = PathOf(around, "AWS_SHARED_CREDENTIALS_FILE", "/.aws/credentials");
  const std::string config_path = PathOf(around, "AWS_CONFIG_FILE", "/.aws/config");
  const std::string name = !around.options.profile.empty() ? around.options.profile : around.Variable("AWS_PROFILE").value_or("default");
  Profile profile;
  EVENKEEL_ASSIGN_OR_RETURN(const auto credentials_text, ReadIfThere(around, credentials_path));
  if (credentials_text) profile.Add(ParseSections(*credentials_text), name);
  EVENKEEL_ASSIGN_OR_RETURN(const auto config_text, ReadIfThere(around, config_path));
  if (config_text) profile.Add(ParseSections(*config_text), "profile " + name);
  if (config_text && name == "default") profile.Add(ParseSections(*config_text), name);
  if (profile.is_there) return UseProfile(profile, "profile \"" + name + "\" in " + credentials_path + " and " + config_path);
  if (!credentials_text && !config_text) return Sight{{}, "there is neither " + credentials_path + " nor " + config_path};
  return Sight{{}, "no profile \"" + name + "\" in " + credentials_path + " and " + config_path};
}

Sections ParseSections(std::string_view text) {
  Sections sections;
  std::map<std::string, std::string>* section = nullptr;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const std::string_view trimmed = TrimSpace(line);
    at = end + 1;
    if (trimmed.empty() || trimmed.front() == '#' || trimmed.front() == ';' || IsAsciiSpace(line.front())) continue;
    if (trimmed.front() == '[') {
      const std::size_t close = trimmed.find(']');
      section = close == std::string_view::npos ? nullptr : &sections[FoldSpace(trimmed.substr(1, close - 1))];
    } else if (const std::size_t equals = trimmed.find('='); section != nullptr && equals != std::string_view::npos) {
      (*section)[std::string(TrimSpace(trimmed.substr(0, equals)))] = TrimSpace(trimmed.substr(equals + 1));
    }
  }
  return sections;
}

}  // namespace evenkeel::aws
