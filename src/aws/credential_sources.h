// The places of MakeCredentialsChain, each by itself.
#pragma once

#include <map>
#include <string>

#include "evenkeel/aws/credentials.h"
#include "evenkeel/http_transport.h"
#include "evenkeel/json.h"

namespace evenkeel::aws {

// What a place has. Without credentials, `why_not` says why it does not count, for the message that names every place.
struct Sight {
  std::optional<Credentials> found{};
  std::string why_not{};
};

struct Surroundings {
  CredentialsOptions options;  // `variable` is set
  HttpTransport& transport;
  Environment& environment;

  // A variable that is set and not empty.
  std::optional<std::string> Variable(const std::string& name) const;
};

StatusOr<Sight> LookInVariables(const Surroundings& around);
StatusOr<Sight> LookAtWebIdentity(const Surroundings& around);
StatusOr<Sight> LookInSharedFiles(const Surroundings& around);
StatusOr<Sight> LookInContainer(const Surroundings& around);
StatusOr<Sight> LookInInstance(const Surroundings& around);

// An INI file as AWS's clients read it: section → key → value. Indented lines belong to the key above and are left out.
using Sections = std::map<std::string, std::map<std::string, std::string>>;
Sections ParseSections(std::string_view text);

// The credentials in a JSON object: AccessKeyId, SecretAccessKey, a token under `token_name`, Expiration. Errors show nothing of it.
StatusOr<Credentials> CredentialsFromJson(std::string_view text, const char* token_name, const std::string& place);

}  // namespace evenkeel::aws
