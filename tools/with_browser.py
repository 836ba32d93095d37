#!/usr/bin/env python3
"""Run a command that needs a browser, and the checkers of its pages where it asks for them.

Usage: tools/with_browser.py [--install] [--checkers] [--] COMMAND [ARGUMENT …]

The command is told the browser's path in CHROMIUM: what CHROMIUM says already, else the first of
the usual names in PATH. With --checkers it is told also where axe-core is (AXE), the jar of the
Nu HTML checker (VNU) and the Java that runs it (JAVA); both come by npm, in the versions that
tools/checkers/package-lock.json pins. With --install, what is missing is first installed: Debian's
packages as root, the checkers with `npm ci`.

Exit code: the command's own; 2 for wrong usage. Where something cannot be had: 0 after one line
that says so, but 1 where CI=true. Standard library only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
CHECKERS = HERE / "checkers"
AXE = CHECKERS / "node_modules" / "axe-core" / "axe.min.js"
VNU = CHECKERS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
INSTALLED = CHECKERS / "node_modules" / ".installed"

# What is needed, by the names it may have in PATH, and Debian's package of it.
BROWSER = {"chromium": ("chromium", "chromium-browser", "google-chrome")}
BESIDE = {"npm": ("npm",), "default-jre-headless": ("java",)}
NPM = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


class CannotBeHad(Exception):
    """Something is not to be had on this machine; the message says what, and why."""


def found(names: tuple[str, ...]) -> str:
    """The path of the first that is there; empty where none is."""
    return next((path for name in names if (path := shutil.which(name))), "")


def obtain(wanted: Mapping[str, tuple[str, ...]], *, may_install: bool) -> dict[str, str]:
    """Find each program, by the package it comes in; install first what is missing."""
    missing = [package for package, names in wanted.items() if not found(names)]
    if missing and may_install:
        installing = [sys.executable, str(HERE / "debian.py"), *missing]
        done = subprocess.run(installing, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            raise CannotBeHad(f"{', '.join(missing)} missing: {done.stdout.strip()}")
    paths = {package: found(names) for package, names in wanted.items()}
    if absent := [package for package, path in paths.items() if not path]:
        raise CannotBeHad(f"{', '.join(absent)} missing")
    return paths


def browser(*, may_install: bool) -> dict[str, str]:
    if named := os.environ.get("CHROMIUM"):
        if not os.access(named, os.X_OK):
            raise CannotBeHad(f"CHROMIUM is {named}, and there is no program")
        return {"CHROMIUM": named}
    return {"CHROMIUM": obtain(BROWSER, may_install=may_install)["chromium"]}


def checkers(*, may_install: bool) -> dict[str, str]:
    """Their places; installed anew whenever the lock is newer than what is there."""
    paths = obtain(BESIDE, may_install=may_install)
    lock = CHECKERS / "package-lock.json"
    if may_install and not (
        INSTALLED.exists() and INSTALLED.stat().st_mtime > lock.stat().st_mtime
    ):
        print("Installing the checkers with npm …", flush=True)
        done = subprocess.run(
            [paths["npm"], *NPM],
            cwd=CHECKERS,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip() or "it said nothing").splitlines()[-1]
            raise CannotBeHad(f"npm ci failed: {last}")
        INSTALLED.touch()
    if absent := [file.name for file in (AXE, VNU) if not file.exists()]:
        raise CannotBeHad(f"{', '.join(absent)} missing; npm ci in {CHECKERS} installs them")
    return {"AXE": str(AXE), "VNU": str(VNU), "JAVA": paths["default-jre-headless"]}


def main() -> int:
    """Read the command line, and answer with the exit code the head of this file promises."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--install", action="store_true", help="install what is missing")
    parser.add_argument("--checkers", action="store_true", help="axe-core and the Nu checker too")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND …")
    asked = parser.parse_args()
    command = asked.command[1:] if asked.command[:1] == ["--"] else asked.command
    if not command:
        parser.error("which command is to run?")
    try:
        told = browser(may_install=asked.install)
        if asked.checkers:
            told |= checkers(may_install=asked.install)
    except CannotBeHad as reason:
        print(f"BROWSER LEFT OUT: {reason}. Not run: {' '.join(command)}", flush=True)
        return 1 if os.environ.get("CI", "").lower() == "true" else 0
    sys.stdout.flush()
    return os.execvpe(command[0], command, os.environ | told)  # noqa: S606  # the command takes our place


if __name__ == "__main__":
    sys.exit(main())
