"""The C headers as cffi reads them."""
import pathlib
import re
import subprocess
import tempfile

import cffi


def declarations(capi: pathlib.Path, compiler: str) -> str:
    """All declarations of evenkeel.h and what it includes, without those of the C library."""
    with tempfile.TemporaryDirectory() as folder:
        for header in capi.glob("*.h"):
            text = re.sub(r"^#include <.*>$", "", header.read_text(encoding="utf-8"), flags=re.M)
            (pathlib.Path(folder) / header.name).write_text(text, encoding="utf-8")
        command = [compiler, "-E", "-P", "-DEK_DECLARATIONS_ONLY", "-U__GNUC__", "-x", "c", str(pathlib.Path(folder) / "evenkeel.h")]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def write(capi: pathlib.Path, compiler: str, module: str, to: pathlib.Path) -> None:
    """The module that gives `ffi`: no compiler and no parser of C is needed to import it."""
    builder = cffi.FFI()
    builder.set_source(module, None)
    builder.cdef(declarations(capi, compiler))
    builder.emit_python_code(str(to))
    to.write_text("# mypy: ignore-errors\n" + to.read_text(encoding="utf-8"), encoding="utf-8")
