"""Reads activity files of the International Aid Transparency Initiative, one activity at a time.

Versions 2.0x, and of 1.0x what is said by the same elements. No document type, no entities, no
network; what is not understood is counted with the line where it was first met.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from clearinghouse.assistance.formats import iati_elements
from clearinghouse.assistance.formats.activity import Activity
from clearinghouse.assistance.formats.iati_elements import line_of, one_line
from clearinghouse.assistance.formats.notes import Notes
from clearinghouse.assistance.formats.stream import Stream
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.kernel.marking import N_

ROOT, ONE = "iati-activities", "iati-activity"

MALFORMED = N_("Line %(line)s: the markup is broken off or not well formed (%(why)s).")
DOCUMENT_TYPE = N_("Line %(line)s: a document type is defined, which is not taken.")
OTHER_ROOT = N_("Line %(line)s: this is no file of IATI activities: it begins with “%(root)s”.")


def activities(
    file: Path, notes: Notes, done: int = 0, told: Callable[[int], None] | None = None
) -> Iterator[Activity]:
    """In the order of the file; of the first `done` only the identifier is read.

    Raises Unfit, naming the line. `told` hears how many bytes have been read.
    """
    number = 0
    with file.open("rb") as opened:
        must_begin_well(opened)
        opened.seek(0)
        stream = Stream(opened, told)
        parsed = _parser(stream, ("end",), ONE)
        try:
            for _event, element in parsed:
                number += 1
                found = Activity(number, line_of(element))
                found.identifier = one_line(element.findtext("iati-identifier"))
                if number > done:
                    iati_elements.read(element, found, notes)
                yield found
                _let_go(element)
                stream.stands_still()
        except etree.XMLSyntaxError as why:
            raise _malformed(why) from None


def must_begin_well(opened: BinaryIO) -> None:
    """Raises Unfit where it is no file of activities, by what stands before the first of them."""
    try:
        _event, root = next(iter(_parser(Stream(opened), ("start",))))
    except (etree.XMLSyntaxError, StopIteration) as why:
        raise _malformed(why) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unfit(DOCUMENT_TYPE, line=line_of(root))
    if root.tag != ROOT:
        raise Unfit(OTHER_ROOT, line=line_of(root), root=str(root.tag)[:60])


def _parser(stream: Stream, events: tuple[str, ...], tag: str | None = None) -> Any:
    return etree.iterparse(
        stream,
        events=events,
        tag=tag,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _malformed(why: Exception) -> Unfit:
    line = getattr(why, "lineno", 0) or 1
    return Unfit(MALFORMED, line=line, why=str(why).partition(", line ")[0][:120])


def _let_go(element: etree._Element) -> None:
    """What was read, and what stands before it, leaves the memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
