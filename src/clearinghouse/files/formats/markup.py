"""Reads XML: no document type, no entities, no network, so deep and so large and no more."""

import io
from collections.abc import Iterator

from lxml import etree

from clearinghouse.files.formats.contents import Element
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.kernel.marking import N_

DEEPEST = 100
MOST = 500_000

MALFORMED = N_("%(part)s, line %(line)s: the markup is not well formed.")
DOCUMENT_TYPE = N_("%(part)s, line %(line)s: a document type is defined, which is not taken.")
DEEP = N_("%(part)s, line %(line)s: elements stand more than %(most)s deep in one another.")
MANY = N_("%(part)s, line %(line)s: more than %(most)s elements.")


def events(content: bytes, part: str, *wanted: str) -> Iterator[tuple[str, etree._Element]]:
    """Start and end of every element, each cleared after its end unless the caller holds it."""
    parsed = etree.iterparse(
        io.BytesIO(content),
        events=wanted or ("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in parsed:
            if element.getroottree().docinfo.internalDTD is not None:
                raise Unfit(DOCUMENT_TYPE, part=part, line=_line(element))
            yield str(event), element
    except etree.XMLSyntaxError as why:
        raise Unfit(MALFORMED, part=part, line=why.lineno or 1) from None


def local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _line(element: etree._Element) -> int:
    found: object = element.sourceline
    return found if isinstance(found, int) else 1


def read(content: bytes, part: str = "XML") -> Element:
    """The whole tree. Raises Unfit, naming the line."""
    depth = count = 0
    root: etree._Element | None = None
    for event, element in events(content, part):
        root = element if root is None else root
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > DEEPEST:
            raise Unfit(DEEP, part=part, line=_line(element), most=DEEPEST)
        if count > MOST:
            raise Unfit(MANY, part=part, line=_line(element), most=MOST)
    if root is None:
        raise Unfit(MALFORMED, part=part, line=1)
    return _told(root)


def _told(element: etree._Element) -> Element:
    return Element(
        str(element.tag),
        _line(element),
        {str(k): str(v) for k, v in element.attrib.items()},
        (element.text or "").strip(),
        [_told(child) for child in element],
    )
