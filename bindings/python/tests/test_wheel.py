"""What the wheel carries, and which systems it says it runs on."""
import importlib.metadata
import pathlib
import platform
import shutil
import sys

import pytest

import evenkeel
from conftest import SOURCE

sys.path.insert(0, str(SOURCE / "bindings/python"))
from generate.platform_tag import complaints, platform_tag

PACKAGE = pathlib.Path(evenkeel.__file__).parent


def test_the_tag_is_of_what_is_carried():
    tag = importlib.metadata.distribution("evenkeel").read_text("WHEEL").split("Tag: ")[1].split()[0]
    assert tag == f"py3-none-{platform_tag(PACKAGE / 'lib')}" and complaints(PACKAGE / "lib") == []
    assert tag == f"py3-none-manylinux_2_36_{platform.machine()}"


def test_what_links_more_is_no_manylinux(tmp_path):
    shutil.copy("/bin/bash", tmp_path)
    assert any(complaint.startswith("bash links libtinfo") for complaint in complaints(tmp_path))
    assert platform_tag(tmp_path).startswith("linux_")


def test_symbols_that_are_too_new_are_no_manylinux(monkeypatch):
    monkeypatch.setitem(complaints.__globals__["NEWEST"], "GLIBC", (2, 5))
    assert any("libevenkeel.so asks for GLIBC_2." in complaint for complaint in complaints(PACKAGE / "lib"))


@pytest.mark.parametrize("binary", sorted(path.name for path in (PACKAGE / "lib").iterdir()))
def test_every_library_brings_its_licence(binary):
    name = "evenkeel" if binary in ("evenkeel", "libevenkeel.so") else binary
    assert "opyright" in (PACKAGE / "licences" / f"{name}.txt").read_text()
