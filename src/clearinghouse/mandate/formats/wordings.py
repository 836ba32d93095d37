"""What is wrong between a letter's template and its texts: fields unknown, unused, ill-formed."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from clearinghouse.kernel.languages import DEFAULT
from clearinghouse.kernel.merging import fields_in, stray_brace
from clearinghouse.mandate.formats.fault import Fault
from clearinghouse.mandate.formats.records import LetterTemplate, LetterWording
from clearinghouse.mandate.formats.sheets import Placed

STANDING = frozenset({"addressee", "body", "organ", "human_rights"})  # filled by the house
OF_MEETINGS = ("date", "place")
NOTE = "note_verbale"


def faults_in_wordings(parts: Mapping[str, Sequence[Placed]], unread: Set[str]) -> Iterator[Fault]:
    """Every text is held against the fields of its template, place by place.

    A template and its texts stand in one pack. A file that cannot be read is one fault of its own.
    """
    own = {r.code: (placed, r) for placed, r in _good(parts, "letters")}
    spoken = _spoken(parts)
    used: dict[str, set[str]] = {}
    for placed, wording in _good(parts, "letter_wordings"):
        if wording.template in own:
            used.setdefault(wording.template, set()).update(_used(wording))
            yield from _faults(placed, wording, own[wording.template][1])
        elif "letters" not in unread and wording.template not in _named(parts):
            yield placed.fault("template", f"template: there is no template {wording.template!r}")
    for code, (placed, template) in ({} if "letter_wordings" in unread else own).items():
        yield from _of_template(placed, template, spoken.get(code, set()), used.get(code, set()))


def _named(parts: Mapping[str, Sequence[Placed]]) -> set[object]:
    return {placed.entry.values.get("code") for placed in parts.get("letters", ())}


def _spoken(parts: Mapping[str, Sequence[Placed]]) -> dict[str, set[object]]:
    """The languages each template has a text in; a refused text counts, lest it be told twice."""
    found: dict[str, set[object]] = {}
    for placed in parts.get("letter_wordings", ()):
        values = placed.entry.values
        found.setdefault(str(values.get("template")), set()).add(values.get("language"))
    return found


def _of_template(
    placed: Placed, template: LetterTemplate, spoken: set[object], used: set[str]
) -> Iterator[Fault]:
    if DEFAULT not in spoken:
        yield placed.fault("code", f"code: {template.code!r} has no English text")
    names = [each.name for each in template.fields]
    for name in names:
        if names.count(name) > 1:
            yield placed.fault("fields", f"fields: {name!r} stands twice")
        if name in STANDING:
            yield placed.fault("fields", f"fields: {name!r} is filled by the house")
        if spoken and name not in used:
            yield placed.fault("fields", f"fields: no text uses {name!r}")


def _faults(placed: Placed, wording: LetterWording, template: LetterTemplate) -> Iterator[Fault]:
    known = set(STANDING)
    for each in template.fields:
        more = OF_MEETINGS if each.kind == "meeting" else ()
        known |= {each.name, *(f"{each.name}.{part}" for part in more)}
    for key, place, text in _texts(wording):
        for name in fields_in(text):
            if name not in known:
                yield placed.fault(key, f"{place}: there is no field {{{name}}}")
        if near := stray_brace(text):
            yield placed.fault(key, f"{place}: a brace that belongs to no field, in {near!r}")
    yield from _form_faults(placed, wording, template)


def _form_faults(
    placed: Placed, wording: LetterWording, template: LetterTemplate
) -> Iterator[Fault]:
    """A note verbale names its addressee and bears no subject; a letter bears one."""
    if template.form == NOTE and "addressee" not in fields_in(wording.opening):
        yield placed.fault("opening", "opening: a note verbale names its {addressee}")
    if template.form == NOTE and wording.subject:
        yield placed.fault("subject", "subject: a note verbale bears none")
    if template.form != NOTE and not wording.subject:
        yield placed.fault("subject", "subject: a letter bears one")


def _texts(wording: LetterWording) -> Iterator[tuple[str, str, str]]:
    """Each text with its key and the place a fault names."""
    for number, line in enumerate(wording.address, start=1):
        yield "address", f"address: line {number}", line
    yield "subject", "subject", wording.subject or ""
    yield "opening", "opening", wording.opening
    for number, text in enumerate(wording.paragraphs, start=1):
        yield "paragraphs", f"paragraphs: paragraph {number}", text
    yield "closing", "closing", wording.closing


def _used(wording: LetterWording) -> set[str]:
    names = {name for _, _, text in _texts(wording) for name in fields_in(text)}
    return {name.partition(".")[0] for name in names}


def _good(parts: Mapping[str, Sequence[Placed]], part: str) -> Iterator[tuple[Placed, Any]]:
    for placed in parts.get(part, ()):
        if placed.record is not None:
            yield placed, placed.record
