"""Which systems a wheel runs on: the platform tag of PEP 600, where what the wheel carries keeps its rules.

manylinux_2_36 promises every distribution with glibc 2.36 (of 2022, Debian 12 among them) or newer. So what is linked and not carried may
be nothing but the C and C++ runtimes, and no newer symbol of them than such a distribution has."""
import pathlib
import re
import subprocess
import sysconfig

RUNTIMES = re.compile(r"^(libc|libm|libdl|libpthread|librt|libgcc_s|libstdc\+\+|ld-linux[a-z0-9-]*)\.so\.\d+$")
NEWEST = {"GLIBC": (2, 36), "GLIBCXX": (3, 4, 30), "CXXABI": (1, 3, 13), "GCC": (12, 0, 0)}


def complaints(folder: pathlib.Path) -> list[str]:
    """What in this folder asks for more than manylinux_2_36 has."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    carried = {path.name for path in files}
    found = []
    for path in files:
        dump = subprocess.run(["objdump", "-p", str(path)], check=True, stdout=subprocess.PIPE, text=True).stdout
        for needed in re.findall(r"^\s+NEEDED\s+(\S+)", dump, re.M):
            if needed not in carried and not RUNTIMES.match(needed):
                found.append(f"{path.name} links {needed}")
        for name, version in re.findall(r"\b([A-Z]+)_([0-9.]+)$", dump.partition("Version References:")[2], re.M):
            if name in NEWEST and tuple(map(int, version.split("."))) > NEWEST[name]:
                found.append(f"{path.name} asks for {name}_{version}")
    return found


def platform_tag(folder: pathlib.Path) -> str:
    """The tag of a wheel that carries what is in this folder; where it keeps not to the rules, that of this very system."""
    native = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    for complaint in (broken := complaints(folder)):
        print(f"no manylinux wheel: {complaint}")
    return native if broken or not native.startswith("linux_") else native.replace("linux_", "manylinux_2_36_", 1)
