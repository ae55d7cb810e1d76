#include "stores/local/names.h"

#include "digest/sha256.h"

namespace evenkeel {
namespace {

constexpr std::size_t kNameBytes = 180;  // leaves room for endings below the 255 of every file system in use
constexpr char kHex[] = "0123456789ABCDEF";

bool StaysInName(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("_-+=@,~").find(c) != std::string_view::npos;
}

void AppendEscaped(char c, std::string& out) {
  out.push_back('%');
  out.push_back(kHex[static_cast<unsigned char>(c) >> 4]);
  out.push_back(kHex[static_cast<unsigned char>(c) & 15]);
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Like EscapeName, and leaves whatever else a person can read as it is: blanks, brackets, letters of any alphabet.
std::string ReadableSegment(std::string_view segment) {
  if (segment.empty()) return "%-";
  std::string out;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    const char c = segment[i];
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    if (control || c == '%' || c == '\\' || (i == 0 && c == '.')) AppendEscaped(c, out);
    else out.push_back(c);
  }
  if (out.size() <= kNameBytes) return out;
  return out.substr(0, 100) + "%h" + Sha256Hex(segment);
}

}  // namespace

std::string EscapeName(std::string_view name) {
  if (name.empty()) return "%";
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (StaysInName(name[i]) || (name[i] == '.' && i > 0)) out.push_back(name[i]);
    else AppendEscaped(name[i], out);
  }
  return out;
}

std::optional<std::string> UnescapeName(std::string_view escaped) {
  if (escaped == "%") return std::string();
  std::string out;
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '%') {
      out.push_back(escaped[i]);
      continue;
    }
    if (i + 2 >= escaped.size()) return std::nullopt;
    const int high = DigitOf(escaped[i + 1]), low = DigitOf(escaped[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return out;
}

std::string FileNameOf(std::string_view name) {
  std::string escaped = EscapeName(name);
  if (escaped.size() <= kNameBytes) return escaped;
  return escaped.substr(0, 100) + "%h" + Sha256Hex(name);
}

std::string BlobPathOf(std::string_view name) {
  std::string path;
  for (;;) {
    const std::size_t slash = name.find('/');
    const bool is_file = slash == std::string_view::npos;
    const std::string_view segment = name.substr(0, slash);
    path += ReadableSegment(segment);
    const bool has_dot = segment.find('.') != std::string_view::npos;
    if (has_dot != is_file) path.push_back('%');
    if (is_file) return path;
    path.push_back('/');
    name.remove_prefix(slash + 1);
  }
}

StatusOr<std::string> PathSetting(const AdapterContext& context, const Json& settings) {
  const auto found = settings.is_object() ? settings.find("path") : settings.end();
  if (found == settings.end() || !found->is_string() || found->get_ref<const std::string&>().empty()) {
    return Status(Code::kInvalidArgument, "the store needs a \"path\" in the fleet file", context.name);
  }
  const std::string& path = found->get_ref<const std::string&>();
  if (path.find('\0') != std::string::npos) return Status(Code::kInvalidArgument, "\"path\" holds a NUL byte", context.name);
  if (path.front() == '/' || context.folder.empty()) return path;
  return context.folder + (context.folder.back() == '/' ? "" : "/") + path;
}

bool IsWithin(const std::string& path, const std::string& folder) {
  return path == folder || folder == "/" || (path.starts_with(folder) && path[folder.size()] == '/');
}

Status CheckKey(std::string_view key, const Limits& limits) {
  const auto refuse = [&](const std::string& why) {
    return Status(Code::kInvalidArgument, "the key " + why + "; such a page is never read or written", EscapeName(key.substr(0, 200)));
  };
  if (key.empty()) return refuse("is empty");
  if (key.size() > limits.key_bytes) return refuse("is longer than " + std::to_string(limits.key_bytes) + " bytes");
  if (key.find('\0') != std::string_view::npos) return refuse("holds a NUL byte");
  for (std::string_view rest = key;;) {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    if (segment.empty()) return refuse("has an empty segment");
    if (segment == "." || segment == "..") return refuse("has a segment \"" + std::string(segment) + "\"");
    if (slash == std::string_view::npos) return OkStatus();
    rest.remove_prefix(slash + 1);
  }
}

}  // namespace evenkeel
