"""Holds a drill on SQLite, then on a PostgreSQL made for it and thrown away."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

WITH_POSTGRESQL = Path(__file__).parents[1] / "tools" / "with_postgresql.py"


def add_argument(parser: ArgumentParser) -> None:
    said = "on this database alone; postgresql: that of CLEARINGHOUSE_DATABASE_URL"
    parser.add_argument("--on", choices=("sqlite", "postgresql"), default="", help=said)


def run(module: str, words: Sequence[str]) -> int:
    """The exit code of the first that fails; 0 where both pass, or PostgreSQL cannot be had."""
    drill = [sys.executable, "-m", module, *words]
    bare = {k: v for k, v in os.environ.items() if not k.startswith("CLEARINGHOUSE_")}
    for command in (
        [*drill, "--on", "sqlite"],
        [sys.executable, str(WITH_POSTGRESQL), "--", *drill, "--on", "postgresql"],
    ):
        if code := subprocess.run(command, env=bare, check=False).returncode:
            return code
    return 0
