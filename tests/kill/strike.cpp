// strike: runs a program and strikes at one of the system calls with which it changes files: kills it there, or lets the call fail.
//
//   strike kill N COMMAND…          SIGKILL before call N (0, 1, …) has any effect; -1: never, which counts the calls
//   strike fail N ERRNO COMMAND…    call N fails with that number (28: no space left), and nothing of it is done
//   strike fail N- ERRNO COMMAND…   so do all that follow: a disk that is full and stays full
//   strike list COMMAND…            nothing is struck; each call on stderr with the files it is for: "strike: fsync<TAB>/state/runs/…"
//
// Between two calls that change files nothing outside the process changes, so these are all the boundaries there are; shared memory
// that SQLite maps beside a database in WAL mode is the exception, and is rebuilt by whoever opens the file next. Writes to the
// terminal (descriptors 1 and 2) are not counted. Exits as the command did, 137 where it was killed, 77 where this machine does not
// let a process be traced. One line on stderr at the end: "strike: calls 512".
//
// A seccomp filter stops the command at these calls alone (ptrace(2), PTRACE_EVENT_SECCOMP): a call whose number is then replaced by
// -1 is skipped, and the register of the result stands.
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#if defined(__x86_64__)

namespace {

constexpr int kSkipped = 77;
constexpr int kWrongUsage = 64;

constexpr long kChanging[] = {SYS_write,  SYS_pwrite64, SYS_writev,   SYS_pwritev, SYS_ftruncate, SYS_truncate, SYS_fallocate,
                              SYS_rename, SYS_renameat, SYS_renameat2, SYS_unlink, SYS_unlinkat,  SYS_rmdir,    SYS_mkdir,
                              SYS_mkdirat, SYS_link,    SYS_linkat,   SYS_symlink, SYS_symlinkat, SYS_open,     SYS_openat,
                              SYS_creat,  SYS_fchmod,   SYS_chmod,    SYS_fchmodat, SYS_copy_file_range, SYS_fsync, SYS_fdatasync};

struct Order {
  bool kills = true;  // else the call fails
  bool lists = false;
  long at = -1;
  bool and_after = false;
  int error = 0;
};

[[noreturn]] void Usage() {
  std::fprintf(stderr, "strike: kill N COMMAND… | fail N[-] ERRNO COMMAND… | list COMMAND…\n");
  std::exit(kWrongUsage);
}

// The command stops at the calls above and at no others.
void InstallFilter() {
  std::vector<sock_filter> filter;
  filter.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
  for (const long call : kChanging) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE));
  }
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) _exit(kSkipped);
}

// An open that makes nothing, and a write to the terminal, change no file.
bool ChangesFiles(const user_regs_struct& call, bool counts_syncs) {
  switch (static_cast<long>(call.orig_rax)) {
    case SYS_write:
    case SYS_writev:
      return call.rdi > 2;
    case SYS_open:
      return (call.rsi & (O_CREAT | O_TRUNC)) != 0;
    case SYS_openat:
      return (call.rdx & (O_CREAT | O_TRUNC)) != 0;
    case SYS_fsync:
    case SYS_fdatasync:
      return counts_syncs;
    default:
      return true;
  }
}

// What a call is for: the descriptor or the names that it takes, and what it is called where that tells more than enough.
struct Named {
  const char* name;
  int descriptor = -1;         // the argument that is one
  int folder = -1, path = -1;  // the arguments that name a file: an open folder, if it takes one, and a name in it
  int folder_after = -1, path_after = -1;
};
std::optional<Named> NameOf(long call) {
  switch (call) {
    case SYS_write: case SYS_writev: case SYS_pwrite64: case SYS_pwritev: case SYS_copy_file_range:
      return Named{"write", call == SYS_copy_file_range ? 2 : 0};
    case SYS_ftruncate: case SYS_fallocate: return Named{"truncate", 0};
    case SYS_fsync: case SYS_fdatasync: return Named{"fsync", 0};
    case SYS_fchmod: return Named{"chmod", 0};
    case SYS_truncate: return Named{"truncate", -1, -1, 0};
    case SYS_chmod: return Named{"chmod", -1, -1, 0};
    case SYS_fchmodat: return Named{"chmod", -1, 0, 1};
    case SYS_rename: return Named{"rename", -1, -1, 0, -1, 1};
    case SYS_renameat: case SYS_renameat2: return Named{"rename", -1, 0, 1, 2, 3};
    case SYS_link: return Named{"link", -1, -1, 0, -1, 1};
    case SYS_linkat: return Named{"link", -1, 0, 1, 2, 3};
    case SYS_unlink: case SYS_rmdir: return Named{"unlink", -1, -1, 0};
    case SYS_unlinkat: return Named{"unlink", -1, 0, 1};
    case SYS_mkdir: return Named{"create", -1, -1, 0};
    case SYS_mkdirat: return Named{"create", -1, 0, 1};
    case SYS_open: case SYS_creat: return Named{"open", -1, -1, 0};
    case SYS_openat: return Named{"open", -1, 0, 1};
    default: return std::nullopt;
  }
}

std::string LinkTarget(const std::string& link) {
  char target[4096];
  const ssize_t size = readlink(link.c_str(), target, sizeof target);
  return size < 0 ? "?" : std::string(target, static_cast<std::size_t>(size));
}

// A process that stands at a call.
class Caller {
 public:
  Caller(pid_t who, const user_regs_struct& call) : proc_("/proc/" + std::to_string(who)), who_(who), arguments_{call.rdi, call.rsi, call.rdx, call.r10} {}

  std::string Opened(int argument) const { return LinkTarget(proc_ + "/fd/" + std::to_string(static_cast<int>(arguments_[argument]))); }
  std::string Path(int folder, int path) const {
    const std::string name = Text(arguments_[path]);
    if (!name.empty() && name.front() == '/') return name;
    const bool is_here = folder < 0 || static_cast<int>(arguments_[folder]) == AT_FDCWD;
    return (is_here ? LinkTarget(proc_ + "/cwd") : Opened(folder)) + "/" + name;
  }

 private:
  std::string Text(unsigned long long address) const {
    std::string text;
    for (;; address += sizeof(long)) {
      errno = 0;
      const long word = ptrace(PTRACE_PEEKDATA, who_, reinterpret_cast<void*>(address), nullptr);
      if (errno != 0) return text;
      char bytes[sizeof word];
      std::memcpy(bytes, &word, sizeof word);
      for (const char byte : bytes) {
        if (byte == 0) return text;
        text += byte;
      }
    }
  }

  const std::string proc_;
  const pid_t who_;
  const unsigned long long arguments_[4];
};

void List(pid_t who, const user_regs_struct& call) {
  const std::optional<Named> named = NameOf(static_cast<long>(call.orig_rax));
  if (!named) return;
  const Caller caller(who, call);
  const std::string file = named->descriptor >= 0 ? caller.Opened(named->descriptor) : caller.Path(named->folder, named->path);
  const std::string after = named->path_after < 0 ? "" : "\t" + caller.Path(named->folder_after, named->path_after);
  const bool opens = std::strcmp(named->name, "open") == 0;
  const char* name = !opens ? named->name : access(file.c_str(), F_OK) == 0 ? "open" : "create";
  std::fprintf(stderr, "strike: %s\t%s%s\n", name, file.c_str(), after.c_str());
}

class Tracer {
 public:
  Tracer(pid_t child, Order order) : child_(child), order_(order) {}

  int Run() {
    int status = 0;
    if (waitpid(child_, &status, 0) != child_ || !WIFSTOPPED(status)) return kSkipped;
    constexpr long kOptions = PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK;
    if (ptrace(PTRACE_SETOPTIONS, child_, nullptr, kOptions) != 0) return kSkipped;
    Continue(child_, 0);
    for (;;) {
      const pid_t who = waitpid(-1, &status, __WALL);
      if (who < 0) return errno == ECHILD ? result_ : kSkipped;
      if (who == child_ && WIFEXITED(status)) result_ = WEXITSTATUS(status);
      if (who == child_ && WIFSIGNALED(status)) result_ = 128 + WTERMSIG(status);
      if (WIFSTOPPED(status)) Stopped(who, status);
    }
  }
  long calls() const { return calls_; }

 private:
  static void Continue(pid_t who, int signal) { ptrace(PTRACE_CONT, who, nullptr, static_cast<long>(signal)); }

  void Stopped(pid_t who, int status) {
    const int event = status >> 16;
    if (event == PTRACE_EVENT_SECCOMP) return AtCall(who);
    const int signal = WSTOPSIG(status);
    Continue(who, event != 0 || signal == SIGSTOP || signal == SIGTRAP ? 0 : signal);
  }

  void AtCall(pid_t who) {
    user_regs_struct call{};
    ptrace(PTRACE_GETREGS, who, nullptr, &call);
    if (!ChangesFiles(call, !order_.kills)) return Continue(who, 0);
    if (order_.lists) List(who, call);
    const long number = calls_++;
    const bool strikes = number == order_.at || (order_.and_after && number > order_.at);
    if (strikes && order_.kills) {
      kill(child_, SIGKILL);
      return;
    }
    if (strikes) {
      call.orig_rax = static_cast<unsigned long long>(-1);
      call.rax = static_cast<unsigned long long>(-static_cast<long long>(order_.error));
      ptrace(PTRACE_SETREGS, who, nullptr, &call);
    }
    Continue(who, 0);
  }

  const pid_t child_;
  const Order order_;
  long calls_ = 0;
  int result_ = kSkipped;
};

// What stands before the command; `next` is left at its first word.
Order ReadOrder(int argc, char** argv, int& next) {
  Order order;
  const std::string kind = argc > 3 ? argv[1] : "";
  if (argc > 2 && std::string(argv[1]) == "list") {
    order.kills = false;
    order.lists = true;
    next = 2;
    return order;
  }
  if (kind != "kill" && kind != "fail") Usage();
  order.kills = kind == "kill";
  char* end = nullptr;
  order.at = std::strtol(argv[2], &end, 10);
  order.and_after = *end == '-';
  next = 3;
  if (!order.kills) order.error = std::atoi(argv[next++]);
  if (next >= argc) Usage();
  return order;
}

}  // namespace

int main(int argc, char** argv) {
  int next = 0;
  const Order order = ReadOrder(argc, argv, next);
  const pid_t child = fork();
  if (child == 0) {
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(kSkipped);
    raise(SIGSTOP);
    InstallFilter();
    execv(argv[next], argv + next);
    std::fprintf(stderr, "strike: %s: %s\n", argv[next], std::strerror(errno));
    _exit(127);
  }
  Tracer tracer(child, order);
  const int result = tracer.Run();
  std::fprintf(stderr, "strike: calls %ld\n", tracer.calls());
  return result;
}

#else

int main() { return 77; }  // registers are read and written as x86-64 has them

#endif
