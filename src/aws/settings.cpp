#include "aws/settings.h"
#include "http/address.h"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>


namespace evenkeel::aws {
namespace {

std::string OfProcess(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  }
  return {};
}

std::string RegionOfProcess() { return OfProcess({"AWS_REGION", "AWS_DEFAULT_REGION"}); }

// As AWS's own clients do.
CurlOptions CurlOfProcess(std::size_t connections) {
  CurlOptions options;
  options.connections_max = connections;
  options.ca_setting = "AWS_CA_BUNDLE";
  options.ca_file = OfProcess({"AWS_CA_BUNDLE"});
  return options;
}

bool IsEndpoint(const std::string& text) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f' && c != '@' && c != '?' && c != '#'; });
  return is_plain && RequestTo(text).has_value();
}

bool IsText(const Json& json) { return json.is_string() && !json.get_ref<const std::string&>().empty(); }

}  // namespace

std::string Settings::Text(const char* name) {
  if (!settings_.contains(name)) return {};
  if (IsText(settings_[name])) return settings_[name].get<std::string>();
  Fail(std::string("\"") + name + "\" must be a text that is not empty");
  return {};
}

std::vector<std::string> Settings::Texts(const char* name) {
  if (!settings_.contains(name)) return {};
  const Json& list = settings_[name];
  if (list.is_array() && !list.empty() && std::all_of(list.begin(), list.end(), IsText)) return list.get<std::vector<std::string>>();
  Fail(std::string("\"") + name + "\" must be a list of texts that are not empty");
  return {};
}

bool Settings::Flag(const char* name, bool otherwise) {
  if (!settings_.contains(name)) return otherwise;
  if (!settings_[name].is_boolean()) return Fail(std::string("\"") + name + "\" must be true or false"), otherwise;
  return settings_[name].get<bool>();
}

std::size_t Settings::Count(const char* name, std::size_t least, std::size_t most, std::size_t otherwise) {
  if (!settings_.contains(name)) return otherwise;
  const Json& count = settings_[name];
  if (count.is_number_unsigned() && count.get<std::uint64_t>() >= least && count.get<std::uint64_t>() <= most) return count.get<std::size_t>();
  Fail(std::string("\"") + name + "\" must be a number from " + std::to_string(least) + " to " + std::to_string(most));
  return otherwise;
}

std::string Settings::Endpoint(const char* name) {
  std::string endpoint = Text(name);
  if (!endpoint.empty() && !IsEndpoint(endpoint)) Fail(std::string("\"") + name + "\" must be an address with http:// or https://, without a user, a query or blanks");
  return endpoint;
}

void Settings::Fail(const std::string& what) {
  if (status_.ok()) status_ = Status(Code::kInvalidArgument, what, store_);
}

Place PlaceOf(Settings& settings, const AwsOptions& options, const AdapterContext& context, std::string_view region, std::size_t connections) {
  Place place;
  place.region = settings.Text("region");
  if (place.region.empty()) place.region = RegionOfProcess();
  if (place.region.empty()) place.region = region;
  if (place.region.empty()) settings.Fail("it needs \"region\", as \"us-west-2\" (or AWS_REGION)");
  place.endpoint = settings.Endpoint("endpoint");
  place.transport = options.transport != nullptr ? options.transport : MakeCurlTransport(CurlOfProcess(connections));
  place.credentials = options.credentials;
  CredentialsOptions credentials;
  credentials.profile = settings.Text("profile");
  credentials.region = place.region;
  // The chain borrows the transport; the store holds both, and lets go of the chain first.
  if (place.credentials == nullptr && settings.status().ok()) {
    place.credentials = MakeCredentialsChain(credentials, *place.transport, *context.environment);
  }
  return place;
}

}  // namespace evenkeel::aws
