// Watch: one fleet, its ledger in memory and, where a file is named, on disk, and the lines on stdout.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "ledger.h"

namespace evenkeel::audit_daemon {

class Watch {
 public:
  // `known`: the file that holds the ledger between two processes; may be empty.
  Watch(std::string fleet, std::string known);

  // Reads the ledger. kInvalidArgument: the file is none.
  Status Load();
  // One audit, and a line for each change, flushed. The ledger is kept only after its lines are out: what was told twice is better than
  // what was told never. Gives the program's exit code of an audit, also where the fleet could not be audited at all (1). kUnavailable:
  // stdout or the ledger cannot be written. kPreconditionFailed: `keep_going` has ended it.
  StatusOr<int> Look(const std::function<bool()>& keep_going);

 private:
  StatusOr<Audit> AuditNow(const std::function<bool()>& keep_going);

  std::string fleet_;
  std::string known_file_;
  Entries known_;
  std::unique_ptr<Environment> environment_;
  std::unique_ptr<ZoneSource> zones_;
  AdapterRegistry adapters_;
};

}  // namespace evenkeel::audit_daemon
