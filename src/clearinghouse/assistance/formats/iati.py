"""Reads activity files of the International Aid Transparency Initiative, one activity at a time.

Versions 2.0x, and of 1.0x what is said by the same elements. No document type, no entities, no
network; what is not understood is counted with the line where it was first met.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from clearinghouse.assistance.formats.notes import Notes
from clearinghouse.assistance.formats.stream import Stream
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.kernel.marking import N_

ROOT, ONE = "iati-activities", "iati-activity"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
UNSAID = "en"  # the language of a narrative where the file names none
_AMOUNT = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,10})?")
_SHARE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,10})?")

MALFORMED = N_("Line %(line)s: the markup is broken off or not well formed (%(why)s).")
DOCUMENT_TYPE = N_("Line %(line)s: a document type is defined, which is not taken.")
OTHER_ROOT = N_("Line %(line)s: this is no file of IATI activities: it begins with “%(root)s”.")


@dataclass(frozen=True, slots=True)
class Coded:
    """A country, region or sector: its code, vocabulary, share and name as the source says."""

    code: str
    vocabulary: str = ""
    share: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A participating organisation."""

    role: str
    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as published, in its own currency; one day, or a period."""

    begins: str
    ends: str
    currency: str
    amount: str
    planned: bool = False


@dataclass(slots=True)
class Activity:
    """One activity, in the words and codes of its source."""

    number: int
    line: int
    identifier: str = ""
    language: str = UNSAID
    currency: str = ""
    updated: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    countries: list[Coded] = field(default_factory=list)
    regions: list[Coded] = field(default_factory=list)
    sectors: list[Coded] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    status: str = ""
    dates: dict[str, str] = field(default_factory=dict)
    aid_type: str = ""
    budgets: list[Money] = field(default_factory=list)
    disbursements: list[Money] = field(default_factory=list)


def activities(
    file: Path, notes: Notes, done: int = 0, told: Callable[[int], None] | None = None
) -> Iterator[Activity]:
    """In the order of the file; of the first `done` only the identifier is read.

    Raises Unfit, naming the line. `told` hears how many bytes have been read.
    """
    _begins_well(file)
    number = 0
    with file.open("rb") as opened:
        stream = Stream(opened, told)
        parsed = _parser(stream, ("end",), ONE)
        try:
            for _event, element in parsed:
                number += 1
                found = Activity(number, _line(element))
                found.identifier = _one_line(element.findtext("iati-identifier"))
                if number > done:
                    _read(element, found, notes)
                yield found
                _let_go(element)
                stream.stands_still()
        except etree.XMLSyntaxError as why:
            raise _malformed(why) from None


def _begins_well(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            _event, root = next(iter(_parser(Stream(opened), ("start",))))
    except (etree.XMLSyntaxError, StopIteration) as why:
        raise _malformed(why) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unfit(DOCUMENT_TYPE, line=_line(root))
    if root.tag != ROOT:
        raise Unfit(OTHER_ROOT, line=_line(root), root=str(root.tag)[:60])


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


# ── an activity ──────────────────────────────────────────────────────────────────────────────────


def _read(element: etree._Element, found: Activity, notes: Notes) -> None:
    found.language = _language(element, UNSAID)
    found.currency = element.get("default-currency", "").strip()[:10]
    found.updated = _moment(element, notes)
    spent: list[etree._Element] = []
    for child in element:
        tag = child.tag
        if tag == "transaction":
            spent.append(child)
        elif read := PARTS.get(tag):
            read(child, found, notes)
        elif tag != "iati-identifier":
            notes.note(f"element {tag}", _line(child))
    without = not (found.countries or found.regions), not found.sectors
    for child in spent:
        _transaction(child, found, notes, without)


def _title(element: etree._Element, found: Activity, notes: Notes) -> None:
    for language, text in _narratives(element, found, notes):
        found.titles.setdefault(language, text)


def _description(element: etree._Element, found: Activity, notes: Notes) -> None:
    for language, text in _narratives(element, found, notes):
        found.texts.setdefault(language, []).append(text)


def _country(element: etree._Element, found: Activity, notes: Notes) -> None:
    _add(found.countries, _coded(element, notes, code=element.get("code", "").strip().upper()))


def _region(element: etree._Element, found: Activity, notes: Notes) -> None:
    _add(found.regions, _coded(element, notes))


def _sector(element: etree._Element, found: Activity, notes: Notes) -> None:
    _add(found.sectors, _coded(element, notes))


def _party(element: etree._Element, found: Activity, notes: Notes) -> None:
    name, ref = _name(element), _one_line(element.get("ref"))[:80]
    if name or ref:
        role = "reporting" if element.tag == "reporting-org" else element.get("role", "")
        found.parties.append(Party(role.strip()[:20], ref, name))
    else:
        notes.note(f"{element.tag} without a name or a reference", _line(element))


def _status(element: etree._Element, found: Activity, _: Notes) -> None:
    found.status = element.get("code", "").strip()[:20]


def _date(element: etree._Element, found: Activity, notes: Notes) -> None:
    kind = element.get("type", "").strip()
    said = _day(element, notes, element.text or "")
    if said:
        found.dates.setdefault(kind, said)


def _aid_type(element: etree._Element, found: Activity, _: Notes) -> None:
    found.aid_type = found.aid_type or element.get("code", "").strip()[:20]


def _budget(element: etree._Element, found: Activity, notes: Notes) -> None:
    planned = element.tag == "planned-disbursement"
    if money := _period(element, found, notes, planned=planned):
        (found.disbursements if planned else found.budgets).append(money)


PARTS: Mapping[str, Callable[[etree._Element, Activity, Notes], None]] = {
    "title": _title,
    "description": _description,
    "recipient-country": _country,
    "recipient-region": _region,
    "sector": _sector,
    "reporting-org": _party,
    "participating-org": _party,
    "activity-status": _status,
    "activity-date": _date,
    "default-aid-type": _aid_type,
    "budget": _budget,
    "planned-disbursement": _budget,
}
PAID = {"3", "4", "D", "E"}  # disbursement, expenditure: in 2.0x, in 1.0x


def _transaction(
    element: etree._Element, found: Activity, notes: Notes, without: tuple[bool, bool]
) -> None:
    """Its country, region and sector speak for an activity that names none itself."""
    kind = value = None
    day = ""
    for child in element:
        tag = child.tag
        if tag in ("recipient-country", "recipient-region", "sector"):
            if without[tag == "sector"]:
                PARTS[tag](child, found, notes)
        elif tag == "transaction-type":
            kind = child.get("code", "").strip()
        elif tag == "transaction-date":
            day = _day(child, notes, child.text or "")
        elif tag == "value":
            value = child
        else:
            notes.note(f"element transaction/{tag}", _line(child))
    if kind not in PAID:
        notes.note(f"transaction of type {str(kind)[:20]}", _line(element))
    elif value is not None and (amount := _amount(value, notes)):
        currency = value.get("currency", "").strip()[:10] or found.currency
        found.disbursements.append(Money(day, "", currency, amount))


def _period(
    element: etree._Element, found: Activity, notes: Notes, *, planned: bool
) -> Money | None:
    value, begins, ends = (element.find(t) for t in ("value", "period-start", "period-end"))
    amount = "" if value is None else _amount(value, notes)
    if value is None or not amount:
        return None
    first = "" if begins is None else _day(begins, notes)
    last = "" if ends is None else _day(ends, notes)
    currency = value.get("currency", "").strip()[:10] or found.currency
    return Money(first, last, currency, amount, planned)


# ── words and values ─────────────────────────────────────────────────────────────────────────────


def _narratives(
    element: etree._Element, found: Activity, notes: Notes
) -> Iterator[tuple[str, str]]:
    """In 1.0x the text stands in the element itself."""
    inner = [child for child in element if child.tag == "narrative"]
    default = _language(element, found.language)
    for child in inner or [element]:
        if text := (child.text or "").strip():
            yield _language(child, default), text
    if len(inner) != len(element):
        notes.note(f"element within {element.tag}", _line(element))


def _name(element: etree._Element) -> str:
    return _one_line(element.findtext("narrative") or element.text)[:200]


def _language(element: etree._Element, default: str) -> str:
    said = element.get(LANG)
    return said.strip().lower()[:2] if said else default


def _coded(element: etree._Element, notes: Notes, code: str = "") -> Coded | None:
    code = code or element.get("code", "").strip()
    name = _name(element)
    if not code and not name:
        notes.note(f"{element.tag} without a code", _line(element))
        return None
    share = element.get("percentage", "").strip().removesuffix("%").strip()
    if share and not _SHARE.fullmatch(share):
        notes.note(f"{element.tag} with a share that is no percentage", _line(element))
        share = ""
    return Coded(code[:40], element.get("vocabulary", "").strip()[:20], share, name)


def _add(to: list[Coded], one: Coded | None) -> None:
    if one is not None and one not in to:
        to.append(one)


def _amount(element: etree._Element, notes: Notes) -> str:
    said = (element.text or "").strip()
    if _AMOUNT.fullmatch(said):
        return said.removeprefix("+")
    notes.note("value that is no amount", _line(element))
    return ""


def _day(element: etree._Element, notes: Notes, text: str = "") -> str:
    said = (element.get("iso-date") or text).strip()
    try:
        return date.fromisoformat(said[:10]).isoformat() if said else ""
    except ValueError:
        notes.note(f"{element.tag} that is no date", _line(element))
        return ""


def _moment(element: etree._Element, notes: Notes) -> str:
    """When the source last changed it, in universal time, so that two can be compared."""
    said = element.get("last-updated-datetime", "").strip()
    try:
        found = datetime.fromisoformat(said) if said else None
        whole = found and (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        notes.note("last-updated-datetime that is no moment", _line(element))
        return ""
    return whole.isoformat(timespec="seconds") if whole else ""


def _one_line(text: str | None) -> str:
    return " ".join(text.split()) if text else ""


def _line(element: etree._Element) -> int:
    found: object = element.sourceline
    return found if isinstance(found, int) else 1
