#!/usr/bin/env python3
"""symbols.py LIBRARY GOLDEN: what the shared library exports is what the golden list says, and nothing of it is not ek_*; it has nothing
thread-local, and calls nothing that ends the process, starts one or a thread, handles signals, prints, or changes what the whole process shares. With the
adapters on AWS it may start the one process that a profile of the credentials files names (credential_process), and end it.

EVENKEEL_UPDATE_GOLDEN=1 writes the list. A name that is gone is a broken promise: give the library a new SOVERSION."""
import os
import pathlib
import subprocess
import sys

FORBIDDEN = set("""exit _exit _Exit quick_exit abort atexit raise kill fork vfork system popen posix_spawn execve execvp signal sigaction sigprocmask
    pthread_create pthread_sigmask printf vprintf fprintf puts putchar fputs fputc fwrite perror stdout stderr stdin _ZSt4cout _ZSt4cerr _ZSt4clog
    setenv unsetenv putenv setlocale tzset chdir umask srand rand strtok""".split())
OF_AWS = {"posix_spawn", "kill"}

library, golden = sys.argv[1], pathlib.Path(sys.argv[2])
lines = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout.splitlines()
names = sorted(line.split()[-1] for line in lines if line.split()[-2] != "A")
strangers = [name for name in names if not name.startswith("ek_")]
if strangers:
    sys.exit(f"exported, and no part of the C API: {strangers}")
lines = subprocess.run(["nm", "-D", "--undefined-only", library], capture_output=True, text=True, check=True).stdout.splitlines()
needed = subprocess.run(["readelf", "-dW", library], capture_output=True, text=True, check=True).stdout
called = sorted((FORBIDDEN - OF_AWS if "[libcurl" in needed else FORBIDDEN) & {line.split()[-1].partition("@")[0] for line in lines})
if called:
    sys.exit(f"a library must not call: {called}")
if " TLS " in subprocess.run(["readelf", "-lW", library], capture_output=True, text=True, check=True).stdout:
    sys.exit("something is thread-local")
if os.environ.get("EVENKEEL_UPDATE_GOLDEN"):
    golden.write_text("\n".join(names) + "\n")
known = golden.read_text().split()
if names != known:
    sys.exit(f"gone: {sorted(set(known) - set(names))}; new: {sorted(set(names) - set(known))} (EVENKEEL_UPDATE_GOLDEN=1 writes {golden})")
