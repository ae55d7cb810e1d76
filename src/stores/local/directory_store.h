// Pages in a folder.
//
// Versions are unique. A version is made from the file's inode, its ctime and its size, which the kernel alone sets (read only when
// the clock tick of the last change is over, see Files::StatSettled), and from the counter of our own writes, so that it does not
// come back either when the clock is set back between two of them. The content is left out on purpose: it would make every listing
// read every page, and adds nothing to what the kernel's stamps tell apart.
//
// Conditional writes exclude our other processes by a lock. A stranger who honours no lock is seen up to the moment of the rename;
// what he writes between that last look and the rename (some microseconds: the new file is complete and durable before the look) is
// overwritten. POSIX offers nothing that closes this.
#pragma once

#include <memory>

#include "evenkeel/fleet.h"

namespace evenkeel {

// settings: "path", the folder. Keys are paths in it.
StatusOr<std::unique_ptr<ObjectStore>> MakeDirectoryStore(const AdapterContext& context, const Json& settings);

}  // namespace evenkeel
