"""Drills pass in their quick form, each in a process and on a database of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("exactly_once", {"months issued": "3", "mails of the matrix": "60"}),
        ("killed_server", {"acknowledged writes lost": "0", "writes kept twice": "0"}),
        ("full_disk", {"acknowledged writes lost": "0", "kept but refused": "0"}),
        ("restored", {"mails that left before the release": "0", "the record there": "holds"}),
        ("killed_batch", {"found by halves": "0", "rows of nobody, left": "0"}),
        ("killed_import", {"batches shown before their end": "0", "readings left": "0"}),
        ("killed", {"mails lost": "0", "repeated without a kill": "0"}),
        ("moods", {"mails sent": "20", "mails of another name": "0"}),
        ("often_killed", {"mails without a kill": "40", "mails lost": "0"}),
        ("zones", {"mails of the matrix": "60", "mails sent a second time": "0"}),
    ],
)
def test_it_passes(name: str, figures: dict[str, str]) -> None:
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("CLEARINGHOUSE_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", f"drills.{name}", "--quick"],
        cwd=ROOT,
        env=bare | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    if "LEFT OUT" in done.stdout:
        pytest.skip(done.stdout.strip())
    lines = [line.rsplit(maxsplit=1) for line in done.stdout.splitlines() if line.strip()]
    told = {line[0].strip(): line[1] for line in lines if len(line) == 2}
    assert {said: told.get(said) for said in figures} == figures
