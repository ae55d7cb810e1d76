"""`python -m evenkeel` is the program itself, which the package carries: the same verbs, options, words and exit codes."""
from __future__ import annotations

import os
import sys

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib", "evenkeel")


def main() -> None:
    """Does not return: the program takes this process over."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(PROGRAM, ["evenkeel", *sys.argv[1:]])


if __name__ == "__main__":
    main()
