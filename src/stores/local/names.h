// Names: how any bytes become a file's name, and how a setting becomes a path.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evenkeel/fleet.h"

namespace evenkeel {

// Reversible: letters, digits and _ - + = @ , ~ stay, a dot too unless it comes first; every other byte becomes %XX. Never empty.
std::string EscapeName(std::string_view name);
std::optional<std::string> UnescapeName(std::string_view escaped);

// EscapeName where the file system can hold it; else its beginning and the hash of the whole, which cannot be reversed.
std::string FileNameOf(std::string_view name);

// A backup's path under state/backups, from its name: one folder per '/', readable, and different for different names: folders hold
// a trailing '%' when their name has a dot, files when theirs has none, so that a page "g" and a folder "g" do not meet.
std::string BlobPathOf(std::string_view name);

// settings["path"] of an adapter, relative to the fleet file's folder. kInvalidArgument when it is missing or no text.
StatusOr<std::string> PathSetting(const AdapterContext& context, const Json& settings);

// Whether an absolute path, links resolved, is the folder or lies below it.
bool IsWithin(const std::string& path, const std::string& folder);

// kInvalidArgument when a key of a directory store is empty, absolute, too long, or has a NUL or a segment "", "." or "..".
Status CheckKey(std::string_view key, const Limits& limits);

}  // namespace evenkeel
