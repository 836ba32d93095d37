"""Texts as the PDF sets them: which way each part runs, where a line may end, no unseen signs.

A sign that prints as nothing would be copied along with the word it stands in. The template is
told in its place: text is a string, or runs, of which each has a direction and parts.
"""

import re
from typing import Any

from clearinghouse.documents import paper
from clearinghouse.documents.glyphs import shown
from clearinghouse.documents.legible import written
from clearinghouse.documents.model import Cell, Column, Direction, Line, Phrase, Text

ISOLATED = re.compile("([\u2066-\u2068])([^\u2066-\u2069\n]*)\u2069")
WAYS = {"\u2066": "ltr", "\u2067": "rtl", "\u2068": "ltr"}
TURNING = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc]")
LETTER = re.compile(r"[^\W\d_]")
PRIMARY = re.compile(r"[a-z]{2,3}")
INLINE = 40  # characters
PROSE = 70  # characters: a longer word in running text may end its line anywhere


def is_ltr(text: str) -> bool:
    """Whether a text has letters and all of them run from left to right."""
    return LETTER.search(text) is not None and TURNING.search(text) is None


class Inline:
    """Sets texts for a document that runs one way."""

    def __init__(self, direction: Direction) -> None:
        self.direction = direction

    def prose(self, text: str) -> Any:
        """A few words of the document's own, among others."""
        return self.plain(shown(text), PROSE)

    def text(self, text: Text) -> Any:
        """A paragraph: one wholly in a script that runs the other way runs its own."""
        if not isinstance(text, str):
            return self.line(text, PROSE)
        made = self.prose(text)
        if self.direction == "ltr" or not is_ltr(text):
            return made
        return {"runs": _runs(made), "language": "", "direction": "ltr"}

    def row(
        self, row: tuple[Cell, ...], columns: tuple[Column, ...], rooms: tuple[int, ...]
    ) -> list[Any]:
        return [
            self.code(cell, room)
            if column.kind == "code" and isinstance(cell, str)
            else self.cell(cell, room)
            for cell, column, room in zip(row, columns, rooms, strict=True)
        ]

    def cell(self, cell: Cell, room: int) -> Any:
        if isinstance(cell, str):
            return self.plain(shown(cell), room)
        if isinstance(cell, tuple):
            return [self.line(line, room) for line in cell]
        return "" if cell is None else self.line(cell, room)

    def line(self, line: Line, room: int) -> Any:
        if isinstance(line, str):
            return self.plain(shown(line), room)
        if isinstance(line, Phrase):
            return self._phrase(line, room)
        return self.code(written(line), room)

    def code(self, text: str, room: int) -> Any:
        """-5 must not become 5- between right-to-left words, nor 1 (a) become (a) 1."""
        made = self.plain(shown(text), room)
        if self.direction == "ltr" or text.isdecimal() or not isinstance(made, str):
            return made
        return {"runs": [_run("ltr", made)], "language": "", "direction": ""}

    def plain(self, text: str, room: int) -> Any:
        """The string itself, where it is all of one way and every word has room."""
        broken = paper.breakable(text, room)
        if paper.BREAK not in broken and (broken.isascii() or not ISOLATED.search(broken)):
            return broken
        runs = self._parted(broken)
        whole = "".join(part for run in runs for part in run["parts"])
        if all(not run["direction"] for run in runs) and paper.BREAK not in broken:
            return whole
        return {"runs": runs, "language": "", "direction": ""}

    def _parted(self, text: str) -> list[dict[str, Any]]:
        """What is isolated by signs, isolated without them, if it would be turned at all."""
        turns = self.direction == "rtl" or TURNING.search(text)
        runs, end = [], 0
        for found in ISOLATED.finditer(text):
            runs.append(_run("", text[end : found.start()]))
            runs.append(_run(WAYS[found[1]] if turns else "", found[2]))
            end = found.end()
        runs.append(_run("", text[end:]))
        return [run for run in runs if run["parts"] != [""]]

    def _phrase(self, phrase: Phrase, room: int) -> dict[str, Any]:
        """A short one stands where the document's own words would; a long one runs its own way."""
        runs = _runs(self.plain(shown(phrase.text), room))
        mark = {"language": language(phrase.language), "direction": phrase.direction}
        if len(phrase.text) > INLINE:
            return {"runs": runs, **mark}
        if phrase.direction != self.direction:
            runs = [{**run, "direction": run["direction"] or phrase.direction} for run in runs]
        return {"runs": runs, **mark, "direction": ""}


def language(tag: str) -> str:
    """The primary language, which is all that a PDF's mark can hold; "" for what is none."""
    primary = tag.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return primary if PRIMARY.fullmatch(primary) else ""


def _runs(made: Any) -> list[dict[str, Any]]:
    return [_run("", made)] if isinstance(made, str) else list(made["runs"])


def _run(direction: str, text: str) -> dict[str, Any]:
    return {"direction": direction, "parts": text.split(paper.BREAK)}
