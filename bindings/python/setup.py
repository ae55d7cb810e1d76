"""The wheel: the package, what is generated for it, the shared library, the program, and the libraries these link besides the system's.

EVENKEEL_SOURCE    the repository (by default two folders up)
EVENKEEL_LIBRARY   libevenkeel.so (by default of build/release there)
EVENKEEL_PROGRAM   the program (likewise)
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py
from wheel.bdist_wheel import bdist_wheel

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here))
source = pathlib.Path(os.environ.get("EVENKEEL_SOURCE", here.parent.parent)).resolve()
library = pathlib.Path(os.environ.get("EVENKEEL_LIBRARY", source / "build/release/capi/libevenkeel.so"))
program = pathlib.Path(os.environ.get("EVENKEEL_PROGRAM", source / "build/release/examples/evenkeel"))
# What every Debian has, and what must be the interpreter's own.
SYSTEM = re.compile(r"^(linux-vdso|ld-linux-[a-z0-9]+|libc|libm|libdl|libpthread|librt|libgcc_s|libstdc\+\+)[.-]")


def version() -> str:
    return re.search(r"project\(evenkeel VERSION ([0-9.]+)", (source / "CMakeLists.txt").read_text(encoding="utf-8"))[1]


def linked(binary: pathlib.Path) -> list[pathlib.Path]:
    listed = subprocess.run(["ldd", str(binary)], check=True, stdout=subprocess.PIPE, text=True).stdout
    missing = re.findall(r"^\s*(\S+) => not found", listed, re.M)
    if missing:
        sys.exit(f"{binary} links {', '.join(missing)}, which is not installed")
    return [pathlib.Path(path) for name, path in re.findall(r"^\s*(\S+) => (\S+)", listed, re.M) if not SYSTEM.match(name)]


def carry(binary: pathlib.Path, to: pathlib.Path) -> None:
    """A copy without symbols that finds its libraries beside itself."""
    shutil.copyfile(binary, to)
    to.chmod(0o755)
    subprocess.run(["strip", "--strip-unneeded", str(to)], check=True)
    subprocess.run(["patchelf", "--set-rpath", "$ORIGIN", str(to)], check=True)


def licence(path: pathlib.Path, to: pathlib.Path) -> None:
    """What the licence of a carried library wants handed on with it: Debian has it beside every package."""
    owners = subprocess.run(["dpkg-query", "-S", f"*/{path.name}"], check=True, stdout=subprocess.PIPE, text=True).stdout
    shutil.copyfile(f"/usr/share/doc/{owners.split(':')[0]}/copyright", to / f"{path.name}.txt")


class BuildPackage(build_py):
    def run(self) -> None:
        super().run()
        from generate import declarations, documents

        for needed in (library, program):
            if not needed.is_file():
                sys.exit(f"{needed} is not there; bash bindings/python/build.sh builds it first")
        package = pathlib.Path(self.build_lib) / "evenkeel"
        declarations.write(source / "capi", os.environ.get("CC", "cc"), "evenkeel._declarations", package / "_declarations.py")
        documents.write(source / "src/json/schema", package / "documents.py")
        folder = package / "lib"
        folder.mkdir(parents=True, exist_ok=True)
        carry(library, folder / "libevenkeel.so")
        carry(program, folder / "evenkeel")
        licences = package / "licences"
        licences.mkdir(exist_ok=True)
        shutil.copyfile(source / "LICENSE", licences / "evenkeel.txt")
        for path in {path.name: path for path in linked(library) + linked(program)}.values():
            carry(path, folder / path.name)
            licence(path, licences)


class PlatformWheel(bdist_wheel):
    """For any Python 3 on this kind of machine: the library is loaded, not linked."""

    def get_tag(self) -> tuple[str, str, str]:
        from generate.platform_tag import platform_tag

        return "py3", "none", platform_tag(pathlib.Path(self.get_finalized_command("build_py").build_lib) / "evenkeel/lib")


class PlatformDistribution(Distribution):
    def has_ext_modules(self) -> bool:
        return True


setup(version=version(), distclass=PlatformDistribution, cmdclass={"build_py": BuildPackage, "bdist_wheel": PlatformWheel})
