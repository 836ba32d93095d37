"""A folder read into records that still know file and line, and the faults met on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from clearinghouse.mandate.formats import layout
from clearinghouse.mandate.formats.fault import Fault
from clearinghouse.mandate.formats.fields import gather
from clearinghouse.mandate.formats.layout import File
from clearinghouse.mandate.formats.located import (
    Broken,
    Entry,
    csv_records,
    decode,
    json_object,
    json_records,
)
from clearinghouse.mandate.formats.records import About


@dataclass(frozen=True, slots=True)
class Placed:
    """A record (None where it was refused) and the raw entry it came from."""

    file: str
    entry: Entry
    record: object | None

    def fault(self, key: str, reason: str) -> Fault:
        return Fault(self.file, self.entry.line_of(key), reason)


@dataclass
class Sheets:
    """What a folder held: the pack's own page, its records by part, and the faults so far."""

    about: About | None = None
    parts: dict[str, list[Placed]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # parts whose file could not be read at all

    def text(self, path: Path) -> str | None:
        """The file's text, or None and a fault."""
        try:
            found = decode(path.read_bytes())
        except OSError as error:
            found = Broken(1, f"cannot be read: {error.strerror}")
        if isinstance(found, Broken):
            self.faults.append(Fault(path.name, found.line, found.reason))
            return None
        return found

    def take(self, file: File, found: Entry | Broken) -> None:
        """One record, or the fault that stands in its place."""
        if isinstance(found, Broken):
            self.faults.append(Fault(file.name, found.line, found.reason))
            return
        values, faults = gather(file.fields, found.values)
        record = None if faults else file.make(**values)
        placed = Placed(file.name, found, record)
        self.faults += [placed.fault(key, reason) for key, reason in faults]
        self.parts.setdefault(file.part, []).append(placed)

    def take_file(self, path: Path, file: File) -> None:
        before, text = len(self.faults), self.text(path)
        for found in _entries(file, text) if text is not None else ():
            self.take(file, found)
        if len(self.faults) > before and file.part not in self.parts:
            self.unread.add(file.part)

    def take_about(self, path: Path, base: About | None) -> None:
        """The pack's own page; what it leaves out is the base pack's."""
        text = self.text(path)
        if text is None:
            return
        file = _about_file(base)
        self.take(file, json_object(text))
        for placed in self.parts.pop(file.part, []):
            self.about = placed.record if isinstance(placed.record, About) else None


def _about_file(base: About | None) -> File:
    if base is None:
        return File(layout.ABOUT_FILE, "about", About, layout.ABOUT)
    fields = [replace(each, needed=each.key in {"code", "title"}) for each in layout.ABOUT]
    return File(layout.ABOUT_FILE, "about", partial(replace, base), tuple(fields))


def _entries(file: File, text: str) -> Iterator[Entry | Broken]:
    if file.name.endswith(".csv"):
        return csv_records(text, [each.key for each in file.fields])
    return json_records(text)


def _strangers(names: list[str]) -> Iterator[Fault]:
    """Files that no pack has: most likely a name mistyped."""
    known = {layout.ABOUT_FILE, layout.NOTES_FILE, *(file.name for file in layout.FILES)}
    for name in names:
        if name not in known and not name.startswith((".", "__")):
            yield Fault(name, 1, "a pack has no file of this name")


def _names(folder: Path) -> list[str] | Fault:
    try:
        return sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return Fault(folder.name, 1, "there is no such folder")
    except OSError as error:
        return Fault(folder.name, 1, f"not a folder that can be read: {error.strerror}")


def open_folder(folder: Path, base: About | None) -> Sheets:
    """Read every file of the folder; `base` is the page of the pack it builds on, if any."""
    sheets, names = Sheets(about=base), _names(folder)
    if isinstance(names, Fault):
        sheets.faults.append(names)
        return sheets
    sheets.faults += _strangers(names)
    if layout.ABOUT_FILE in names or base is None:
        sheets.take_about(folder / layout.ABOUT_FILE, base)
    for file in layout.FILES:
        if file.name in names or (file.needed and base is None):
            sheets.take_file(folder / file.name, file)
    return sheets
