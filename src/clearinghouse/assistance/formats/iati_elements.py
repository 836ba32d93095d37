"""The elements of an activity file: what each says of its activity, in 2.0x and in 1.0x."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime

from lxml import etree

from clearinghouse.assistance.formats.activity import UNSAID, Activity, Coded, Money, Party
from clearinghouse.assistance.formats.notes import Notes

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_AMOUNT = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,10})?")
_SHARE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,10})?")


def read(element: etree._Element, found: Activity, notes: Notes) -> None:
    """Everything of an activity that is kept; what is not is noted."""
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
            notes.note(f"element {tag}", line_of(child))
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
    name, ref = _name(element), one_line(element.get("ref"))[:80]
    if name or ref:
        role = "reporting" if element.tag == "reporting-org" else element.get("role", "")
        found.parties.append(Party(role.strip()[:20], ref, name))
    else:
        notes.note(f"{element.tag} without a name or a reference", line_of(element))


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
    parts = {child.tag: child for child in reversed(element)}  # of several, the first
    begins, ends = parts.get("period-start"), parts.get("period-end")
    first = "" if begins is None else _day(begins, notes)
    last = "" if ends is None else _day(ends, notes)
    if money := _money(parts.get("value"), found, notes, (first, last)):
        planned = element.tag == "planned-disbursement"
        (found.planned if planned else found.budgets).append(money)


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
PLACES = {"recipient-country", "recipient-region", "sector"}
OF_TRANSACTION = {"transaction-type", "transaction-date", "value"}


def _transaction(
    element: etree._Element, found: Activity, notes: Notes, without: tuple[bool, bool]
) -> None:
    """Its country, region and sector speak for an activity that names none itself."""
    parts: dict[str, etree._Element] = {}
    for child in element:
        tag = str(child.tag)
        parts.setdefault(tag, child)
        if tag in PLACES and without[tag == "sector"]:
            PARTS[tag](child, found, notes)
        elif tag not in PLACES and tag not in OF_TRANSACTION:
            notes.note(f"element transaction/{tag}", line_of(child))
    typed, dated = parts.get("transaction-type"), parts.get("transaction-date")
    kind = "" if typed is None else typed.get("code", "").strip()
    if kind not in PAID:
        notes.note(f"transaction of type {kind[:20]}", line_of(element))
        return
    day = "" if dated is None else _day(dated, notes, dated.text or "")
    if money := _money(parts.get("value"), found, notes, (day, "")):
        found.disbursements.append(money)


def _money(
    value: etree._Element | None, found: Activity, notes: Notes, when: tuple[str, str]
) -> Money | None:
    said = ((value.text if value is not None else "") or "").strip()
    if value is None or not _AMOUNT.fullmatch(said):
        line = found.line if value is None else line_of(value)
        notes.note("value that is no amount", line)
        return None
    currency = value.get("currency", "").strip()[:10] or found.currency
    return Money(*when, currency, said.removeprefix("+"))


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
        notes.note(f"element within {element.tag}", line_of(element))


def _name(element: etree._Element) -> str:
    named = next((child.text for child in element if child.tag == "narrative"), None)
    return one_line(named or element.text)[:200]


def _language(element: etree._Element, default: str) -> str:
    said = element.get(LANG)
    return said.strip().lower()[:2] if said else default


def _coded(element: etree._Element, notes: Notes, code: str = "") -> Coded | None:
    code = code or element.get("code", "").strip()
    name = _name(element)
    if not code and not name:
        notes.note(f"{element.tag} without a code", line_of(element))
        return None
    share = element.get("percentage", "").strip().removesuffix("%").strip()
    if share and not _SHARE.fullmatch(share):
        notes.note(f"{element.tag} with a share that is no percentage", line_of(element))
        share = ""
    return Coded(code[:40], element.get("vocabulary", "").strip()[:20], share, name)


def _add(to: list[Coded], one: Coded | None) -> None:
    if one is not None and one not in to:
        to.append(one)


def _day(element: etree._Element, notes: Notes, text: str = "") -> str:
    said = (element.get("iso-date") or text).strip()
    try:
        return date.fromisoformat(said[:10]).isoformat() if said else ""
    except ValueError:
        notes.note(f"{element.tag} that is no date", line_of(element))
        return ""


def _moment(element: etree._Element, notes: Notes) -> str:
    """When the source last changed it, in universal time, so that two can be compared."""
    said = element.get("last-updated-datetime", "").strip()
    try:
        found = datetime.fromisoformat(said) if said else None
        whole = found and (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        notes.note("last-updated-datetime that is no moment", line_of(element))
        return ""
    return whole.isoformat(timespec="seconds") if whole else ""


def one_line(text: str | None) -> str:
    return " ".join(text.split()) if text else ""


def line_of(element: etree._Element) -> int:
    found: object = element.sourceline
    return found if isinstance(found, int) else 1
