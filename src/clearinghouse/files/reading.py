"""Looks into a file in a process of its own: little memory, little time, no secrets.

Whatever the file does to that process, this one gets an answer or a refusal.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import clearinghouse
from clearinghouse.files.formats import contents
from clearinghouse.files.formats.child import ANSWER, READERS
from clearinghouse.files.formats.contents import Content
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import Type
from clearinghouse.kernel.marking import N_

LONGEST = 60  # seconds by the clock
ROOT = str(Path(clearinghouse.__file__).parents[1])
START = """
import sys
sys.path.insert(0, sys.argv[1])
from clearinghouse.files.formats import child
child.main(sys.argv[2])
"""

UNREADABLE = N_("The file takes more time or memory to read than is given to it.")
NO_READER = N_("Files of type %(type)s are kept, not read.")


def read(kind: Type, content: bytes) -> Content:
    """What the file says. Raises Unfit, with the reason and the place."""
    if kind not in READERS:
        raise Unfit(NO_READER, type=kind.value)
    answer = _asked(kind, content)
    if "unfit" in answer:
        raise Unfit(answer["unfit"], **answer["values"])
    return contents.read(answer)


def _asked(kind: Type, content: bytes) -> dict[str, Any]:
    """Isolated (-I): no environment, no user's packages, no folder; our own code beside it."""
    command = [sys.executable, "-I", "-c", START, ROOT, kind.value]
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(  # noqa: S603  # our own command; the file goes to its input
                command,
                input=content,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unfit(UNREADABLE) from None
        answer.seek(0)
        said = answer.read(ANSWER + 1)
    if done.returncode != 0:
        raise Unfit(UNREADABLE)
    found: dict[str, Any] = json.loads(said)
    return found
