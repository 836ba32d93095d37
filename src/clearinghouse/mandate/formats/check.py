"""Checks a mandate pack: every fault, each with its file, line and reason."""

from pathlib import Path

from clearinghouse.mandate.formats.fault import Fault
from clearinghouse.mandate.formats.records import Pack
from clearinghouse.mandate.formats.references import faults_between
from clearinghouse.mandate.formats.sheets import Sheets, open_folder


def check(folder: Path, base: Pack | None = None) -> list[Fault]:
    """All faults of the pack in this folder, by file and line; none means it can be loaded.

    `base` is the pack this one builds on: its codes count as known.
    """
    return examine(folder, base)[1]


def examine(folder: Path, base: Pack | None = None) -> tuple[Sheets, list[Fault]]:
    """What was read, and every fault."""
    sheets = open_folder(folder, base.about if base else None)
    return sheets, sorted({*sheets.faults, *faults_between(sheets, base)})
