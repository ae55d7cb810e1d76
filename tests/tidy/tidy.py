#!/usr/bin/env python3
"""Rules about the source itself.

    tidy.py includes ROOT   the direction of includes between the folders of src/, and one file per third-party library
    tidy.py names ROOT      no file named after nothing in particular
    tidy.py length ROOT     files and functions may not grow past what tests/tidy/ratchet.json allows
    tidy.py length ROOT --write   record today's figures there (only ever downwards by hand)
    tidy.py readme ROOT     the README's quick starts are the compiled ones
"""
import json
import pathlib
import re
import sys

# What each folder of src/ may include besides itself and the public headers. The order is the data's way.
MAY_INCLUDE = {
    "text": set(),
    "digest": set(),
    "time": {"text"},
    "field": {"text", "time"},
    "json": {"text", "digest", "field", "time"},
    "fleet": {"text", "json", "field", "time", "digest"},
    "read": {"text", "time", "json"},
    "observe": {"text", "digest", "time", "field", "json", "fleet", "read"},
    "lease": {"text", "fleet", "observe"},
    "match": {"text", "field", "fleet", "observe"},
    "decide": {"text", "digest", "time", "field", "fleet", "match"},
    "plan": {"text", "time", "field", "json", "fleet", "digest", "decide", "observe"},
    "apply": {"text", "time", "json", "digest", "observe", "lease", "plan", "field", "fleet"},
    "verify": {"text", "observe", "match", "decide", "plan", "json", "field", "fleet"},
    "guard": {"text", "decide", "observe", "lease", "verify", "match", "field", "json", "fleet"},
    "stores/memory": {"text", "digest", "json"},
    "stores/local": {"text", "digest", "json", "time", "stores/memory"},
    "http": {"text"},
    "calendar": {"text", "digest", "json", "http", "stores/memory", "stores/local"},
    "aws": {"text", "digest", "json", "http", "stores/memory"},
    "adapters": set(),
}
PURE = {"read", "time", "field", "match", "decide", "plan", "json", "text", "digest"}
# Third-party header → how many files of src/ may include it.
ONE_FILE = {"gumbo.h": 1, "date/tz.h": 1, "curl/curl.h": 1, "openssl/hmac.h": 1, "pugixml.hpp": 1}
ONLY_IN = {"sqlite3.h": "stores/local", "libical/ical.h": "stores/local", "curl/curl.h": "http", "openssl/hmac.h": "aws", "pugixml.hpp": "http"}
# A pure stage has no clock, environment, file or socket.
IMPURE = re.compile(r"#include <(fstream|filesystem|iostream|ctime|random|thread|unistd\.h|sys/|fcntl\.h)"
                    r"|system_clock::now|getenv\(|\btime\(nullptr\)|\bf?printf\(|\bfopen\(")
NAMES = re.compile(r"(^|[_-])(manager|helper|helpers|util|utils|common|misc|data)([_.-]|$)")


def sources(root, *folders):
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".h", ".cpp", ".c"}:
                yield path


def folder_of(path, root):
    parts = path.relative_to(root / "src").parts
    return "/".join(parts[:2]) if parts[0] == "stores" else parts[0]


def check_includes(root):
    faults, users = [], {}
    for path in sources(root, "src"):
        folder, text = folder_of(path, root), path.read_text()
        if folder not in MAY_INCLUDE:
            faults.append(f"{path}: folder src/{folder} is not in MAY_INCLUDE of tests/tidy/tidy.py")
            continue
        for line, include in enumerate(re.findall(r'^#include [<"]([^">]+)[">]', text, re.M), 1):
            users.setdefault(include, []).append(path)
            target = "/".join(include.split("/")[:2]) if include.startswith("stores/") else include.split("/")[0]
            if target in MAY_INCLUDE and target != folder and target not in MAY_INCLUDE[folder]:
                faults.append(f"{path}: src/{folder} may not include {include}")
            if include in ONLY_IN and folder != ONLY_IN[include]:
                faults.append(f"{path}: {include} belongs to src/{ONLY_IN[include]}")
        if folder in PURE and path.name != "system_zones.cpp":
            for match in IMPURE.finditer(text):
                faults.append(f"{path}: a pure stage has no {match.group(0)!r}")
    faults += check_one_definition(root)
    for include, most in ONE_FILE.items():
        if len(users.get(include, [])) > most:
            faults.append(f"{include} is included by {len(users[include])} files, {most} allowed: {users[include]}")
    return faults


def check_one_definition(root):
    """Two types of one name in one namespace, in headers that no file includes together, link without a word and crash."""
    places = {}
    for path in sources(root, "include", "src", "examples", "capi"):
        text = path.read_text()
        namespace = re.search(r"^namespace ([\w:]+) \{", text, re.M)
        if namespace is None:
            continue
        anonymous = text.find("\nnamespace {") if path.suffix == ".cpp" else -1
        for match in re.finditer(r"^(?:struct|class|enum class) (\w+)(?: final)? ?(?::[^:][^;\n]*)?\{", text, re.M):
            if anonymous < 0 or match.start() < anonymous or match.start() > text.find("}  // namespace\n", anonymous):
                places.setdefault((namespace.group(1), match.group(1)), []).append(str(path))
    return [f"{name} is defined {len(paths)} times in namespace {namespace}: {paths}" for (namespace, name), paths in places.items() if len(paths) > 1]


def check_names(root):
    faults = []
    for folder in ("include", "src", "capi", "examples", "tests", "benchmarks"):
        for path in (root / folder).rglob("*"):
            if "__pycache__" not in path.parts and NAMES.search(path.stem + "."):
                faults.append(f"{path}: the name says nothing of what is in it")
    return faults


def function_lengths(text):
    """Lengths of brace blocks that follow ')' at namespace level; good enough for a ratchet."""
    lengths, depth, start, stack = [], 0, None, []
    for number, line in enumerate(text.splitlines(), 1):
        code = re.sub(r'R"[^(]*\(.*?\)[^"]*"|"(\\.|[^"\\])*"|\'(\\.|[^\'\\])+\'|//.*', '""', line)
        for match in re.finditer(r"[{}]", code):
            if match.group() == "{":
                before = code[:match.start()]
                kind = "namespace" if re.search(r"\bnamespace\b|extern \"\"", before) else (
                    "type" if re.search(r"\b(struct|class|enum|union)\b", before) and ")" not in before else "block")
                stack.append((kind, number))
            elif stack:
                kind, began = stack.pop()
                if kind == "block" and all(k != "block" for k, _ in stack):
                    lengths.append(number - began + 1)
    return lengths


def measure(root):
    files, functions = {}, []
    for path in sources(root, "include", "src", "capi", "examples"):
        text = path.read_text()
        files[str(path.relative_to(root))] = len(text.splitlines())
        functions += [(length, str(path.relative_to(root))) for length in function_lengths(text)]
    functions.sort()
    lengths = [length for length, _ in functions]
    return files, functions, {
        "file_lines_max": max(files.values()),
        "files_over_300": sum(1 for lines in files.values() if lines > 300),
        "function_lines_max": lengths[-1],
        "functions_over_40": sum(1 for length in lengths if length > 40),
        "function_lines_p90": lengths[int(len(lengths) * 0.9)],
    }


def check_length(root, write):
    files, functions, now = measure(root)
    ratchet = root / "tests/tidy/ratchet.json"
    if write:
        ratchet.write_text(json.dumps(now, indent=2) + "\n")
        return []
    allowed, faults = json.loads(ratchet.read_text()), []
    print(json.dumps(now))
    for name, value in now.items():
        if value > allowed[name]:
            worst = sorted(files.items(), key=lambda item: -item[1])[:3] if name.startswith("file") else functions[-5:]
            faults.append(f"{name} is {value}, {allowed[name]} allowed (tests/tidy/ratchet.json); longest: {worst}")
    return faults


def check_readme(root):
    faults, text = [], (root / "README.md").read_text()
    for language, path in (("cpp", "examples/quickstart/quickstart.cpp"), ("c", "examples/quickstart_c/quickstart.c")):
        if (root / path).read_text() not in re.findall(rf"```{language}\n(.*?)```", text, re.S):
            faults.append(f"README.md: no ```{language} block is {path} word for word")
    return faults


def main():
    rule, root = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    faults = {"includes": check_includes, "names": check_names, "readme": check_readme,
              "length": lambda r: check_length(r, "--write" in sys.argv)}[rule](root)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main())
