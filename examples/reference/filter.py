#!/usr/bin/env python3
"""filter.py HEADER: the header as doxygen reads it: its comments become documentation, and its first one the header's page, with the example
of its name from examples/reference/examples.*. Code stays on its lines."""
import pathlib
import re
import sys

header = pathlib.Path(sys.argv[1])
is_c = header.parent.name == "capi"
examples = "examples.c" if is_c else "examples.cpp"
EXAMPLE = ["@par Example", f"@snippet {examples} {header.stem}"]


def plain(text):
    """Words that stay words: nothing in them is doxygen's."""
    return re.sub(r"([\\@&$#<>%\"])", r"\\\1", text)


def block(lines, first):
    """A comment of whole lines. What is set in further is a table or code, and stays as it is."""
    table = [line.startswith("  ") for line in lines]
    if is_c and any(table):
        table = [True] * len(lines)  # words in a column of their own, and what belongs to each
    out = [f"@file {header.parent.name}/{header.name}"] if first else []
    for i, line in enumerate(lines):
        if table[i] and not (i and table[i - 1]):
            out.append("@verbatim")
        out.append(line if table[i] else plain(line.strip()))
        if table[i] and not (i + 1 < len(lines) and table[i + 1]):
            out.append("@endverbatim")
    return ["/**", *out, *(EXAMPLE if first else []), "*/"]


def filter_cpp(text):
    out, pending, first = [], [], True
    for line in text.splitlines():
        comment = re.match(r"\s*//(?: (.*)|$)", line)
        if comment:
            pending.append(comment.group(1) or "")
            continue
        if pending:
            out += block(pending, first)
            pending, first = [], False
        trailing = re.match(r"^(\s*[^\s}#/].*[;,)])\s+// (.*)$", line)
        if trailing and not trailing.group(2).startswith("NOLINT"):
            line = f"{trailing.group(1)}  ///< {plain(trailing.group(2))}"
        out.append(line)
    return out


def filter_c(text):
    out, first = [], True
    for part in re.split(r"(/\*.*?\*/)", text, flags=re.S):
        if not part.startswith("/*"):
            out.append(part)
            continue
        words = part[2:-2]
        before = "".join(out).rsplit("\n", 1)[-1]
        lines = [re.sub(r"^ \* ?", "", line).rstrip() for line in words.split("\n")]
        if words.startswith(" ----"):
            continue
        lines[0] = lines[0].strip()
        if first or (len(lines) > 1 and not before.strip()):
            out.append("\n".join(block(lines, first)))
            first = False
        elif before.strip().endswith((";", ",")) or re.search(r"(;|,|= \d+)\s*$", before):
            out.append("/**< " + plain(" ".join(line.strip() for line in lines)) + " */")
        elif not before.strip():
            out.append(f"/** {plain(lines[0])} */")
    return "".join(out).splitlines()


print("\n".join((filter_c if is_c else filter_cpp)(header.read_text())))
