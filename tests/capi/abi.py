#!/usr/bin/env python3
"""abi.py CC HEADERS BASELINE: the types and signatures of the C headers are those of the committed baseline, by abidiff.

A library of empty functions is made from the headers, so that nothing but them is compared; that the real library has the same functions
is tests/capi/symbols.py. A difference is a decision: what old callers survive (a new function, a new member at the end of a struct with
struct_size) is written down by EVENKEEL_UPDATE_GOLDEN=1, anything else needs a new SOVERSION."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

compiler, headers, baseline = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
text = "\n".join(path.read_text() for path in sorted(headers.glob("evenkeel*.h")))
text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
stub = '#include "evenkeel.h"\n'
for result, name, arguments in re.findall(r"EK_API\s+([^;{}()#]+?)(ek_\w+)\(([^;{}]*)\);", text):
    kind = result.strip()
    body = "" if kind == "void" else f"static {kind.replace('const char*', 'char*')} nothing; return nothing;"
    stub += f"{kind} {name}({' '.join(arguments.split())}) {{ {body} }}\n"
# A type that no function names (ek_stamp is only in callbacks) is reached through the tables.
with tempfile.TemporaryDirectory() as folder:
    source, library = pathlib.Path(folder, "stub.c"), pathlib.Path(folder, "libstub.so")
    source.write_text(stub)
    subprocess.run([compiler, "-std=c99", "-g", "-w", "-shared", "-fPIC", f"-I{headers}", str(source), "-o", str(library)], check=True)
    if os.environ.get("EVENKEEL_UPDATE_GOLDEN"):
        subprocess.run(["abidw", "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--out-file", baseline, str(library)], check=True)
    sys.exit(subprocess.run(["abidiff", baseline, str(library)], check=False).returncode)
