#!/usr/bin/env python3
"""Install packages of Debian or Ubuntu with their own tool, as root and without a question.

Usage: tools/debian.py PACKAGE …

Exit code 0 once they are installed; else 1, after one line that says why they cannot be had.
Standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

SECONDS = 600


def main() -> int:
    """Read the list of packages, then install them."""
    if not (packages := sys.argv[1:]):
        print(__doc__, file=sys.stderr)
        return 2
    tool = shutil.which("apt-get")
    if tool is None or os.geteuid() != 0:
        return refuse("only root on Debian can install them")
    print(f"Installing {', '.join(packages)} with apt-get …", file=sys.stderr, flush=True)
    install = ["install", "--yes", "--no-install-recommends", *packages]
    return run(tool, "update") or run(tool, *install)


def run(tool: str, *words: str) -> int:
    try:
        done = subprocess.run(
            [tool, "--quiet", *words],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return refuse(f"apt-get took longer than {SECONDS} s")
    if done.returncode:
        last = (done.stderr.strip() or "it said nothing").splitlines()[-1]
        return refuse(f"apt-get {words[0]} failed: {last}")
    return 0


def refuse(why: str) -> int:
    print(why, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
