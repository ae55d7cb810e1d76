#!/usr/bin/env python3
"""reference.py SOURCE BINARY: doxygen has no complaint, and each public header has a page with its example. Exit 77 skips, and says why."""
import pathlib
import shutil
import subprocess
import sys

source, binary = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
headers = sorted((source / "include/evenkeel").rglob("*.h")) + sorted((source / "capi").glob("*.h"))
examples = {".cpp": (source / "examples/reference/examples.cpp").read_text(), ".c": (source / "examples/reference/examples.c").read_text()}
for header in headers:
    text = examples[".c" if header.parent.name == "capi" else ".cpp"]
    assert text.count(f"[{header.stem}]") == 2, f"examples/reference/examples.* have no example [{header.stem}] for {header.name}"
if shutil.which("doxygen") is None:
    print("skipped: there is no doxygen (the full tier installs it)")
    sys.exit(77)
pages = {}
for book in ("cpp", "c"):
    shutil.rmtree(binary / "docs" / book, ignore_errors=True)
    said = subprocess.run(["doxygen", binary / f"docs/Doxyfile.{book}"], capture_output=True, text=True, check=False)
    assert said.returncode == 0 and said.stderr == "", said.stderr
    pages[book] = {path.name: path.read_text() for path in (binary / "docs" / book).glob("*_8h.html")}
for header in headers:
    # Doxygen's name of a page: of edge_cache.h edge__cache_8h.html.
    page = pages["c" if header.parent.name == "capi" else "cpp"].get(header.stem.replace("_", "__") + "_8h.html", "")
    assert "Example" in page and 'class="fragment"' in page, f"{header.name} has no page with its example"
print(f"{len(headers)} pages, each with its example")
