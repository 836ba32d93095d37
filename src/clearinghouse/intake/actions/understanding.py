"""From what a reply says, or a form that came back, to what is asked to be recorded."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clearinghouse.intake import queries
from clearinghouse.intake.formats.forms import Filled
from clearinghouse.intake.rules import replies, words
from clearinghouse.intake.rules.replies import Do, Said
from clearinghouse.kernel.marking import N_
from clearinghouse.mandate.models import Body
from clearinghouse.needs import queries as needs
from clearinghouse.needs.queries import Row
from clearinghouse.submissions.queries import is_read_by_the_secretariat, known, listed_of
from clearinghouse.submissions.rules import fields
from clearinghouse.submissions.rules.kinds import DEFINITIONS, NEED, Kind

OBSERVATION = fields.Field(
    name="observation",
    type=fields.Type.LONG_TEXTS,
    label=N_("The State's observation"),
    longest=2000,
)
ASKED = (*NEED.fields, OBSERVATION)

MISREAD = N_("Line %(line)s is not understood: %(text)s")
NO_NEED = N_("%(place)s: no need of this State has the code N-%(code)s.")
FAULTY = N_("%(place)s, %(field)s: %(why)s")
FIXED = N_("%(place)s: the subject of a need does not change; state a new need instead.")
NOT_THEIRS = N_("%(place)s: a form of this kind is not for this State or organisation.")
NOT_HERE = N_(
    "%(place)s: this is told among organisations and not read by the secretariat; announce it at"
    " your desk."
)
NO_ENTRY = N_("%(place)s: no entry of this body in this form has the code %(code)s.")
MESSAGES = frozenset({MISREAD, NO_NEED, NO_ENTRY, FAULTY, FIXED, NOT_THEIRS, NOT_HERE})
LINE = N_("line %(line)s")

Found = list[dict[str, Any]]


def answers(body: Body | None, text: str, filled: Sequence[Filled]) -> tuple[Found, list[Any]]:
    """What is asked to be recorded, and what is wrong in it, each with its place."""
    if body is None:
        return [], []
    faults: list[Any] = []
    rows = needs.own_rows(body.pk) if body.is_state else []
    by_code = {r.need.pk.hex[:8]: r for r in rows}
    found = _of_text(text, by_code, faults) if body.is_state else []
    for each in filled:
        if not is_read_by_the_secretariat(each.kind):
            faults.append([NOT_HERE, {"place": each.place}])
        elif not DEFINITIONS[each.kind].contributors.include(state=body.is_state):
            faults.append([NOT_THEIRS, {"place": each.place}])
        elif each.kind == Kind.NEED:
            found += _of_line(each, by_code, faults)
        else:
            found += _of_entry(each, body, faults)
    return _checked(found, faults), faults


def _of_text(text: str, by_code: Mapping[str, Row], faults: list[Any]) -> Found:
    said, misread = replies.read(text)
    faults += [[MISREAD, {"line": m.line, "text": m.text}] for m in misread]
    found: Found = []
    for code in dict.fromkeys(s.code for s in said):
        some = [s for s in said if s.code == code]
        place = f"N-{code}"
        if code not in by_code:
            faults.append([NO_NEED, {"place": _line(some), "code": code}])
            continue
        content: dict[str, Any] = {}
        for each in some:
            if each.field in replies.IN_LANGUAGES:
                now = queries.content_of(by_code[code]).get(each.field) or {}
                content[each.field] = {**now, **content.get(each.field, {}), **each.value}
            elif each.field:
                content[each.field] = each.value
        do = next((s.do for s in reversed(some) if s.do), Do.NOTHING)
        pk = str(by_code[code].need.pk)
        found.append(_answer(Kind.NEED, pk, do, content, place))
    return found


def _line(some: Sequence[Said]) -> str:
    return f"{some[0].line}"


def _of_line(each: Filled, by_code: Mapping[str, Row], faults: list[Any]) -> Found:
    """Of a line of a form only what differs; of one that says nothing new, nothing."""
    code = each.code.lower().removeprefix("n-")
    whole = replies.WHOLE.get(words.key(each.do))
    do = Do(whole.says) if whole else Do.NOTHING
    if not code:
        content = {n: v for n, v in each.content.items() if v not in ("", [], {})}
        return [_answer(Kind.NEED, "", "", content, each.place)] if content else []
    if code not in by_code:
        faults.append([NO_NEED, {"place": each.place, "code": code[:20]}])
        return []
    now = queries.content_of(by_code[code])
    changed = {n: v for n, v in each.content.items() if not queries.same(now.get(n), v)}
    if changed.pop("area", None):
        faults.append([FIXED, {"place": each.place}])
    if not changed and not do:
        return []
    return [_answer(Kind.NEED, str(by_code[code].need.pk), do, changed, each.place)]


def _of_entry(each: Filled, body: Body, faults: list[Any]) -> Found:
    """Of what stands in view what differs; of what came back as it went out, nothing."""
    now: Mapping[str, Any] = {}
    if each.code:
        listed = next((s for s in listed_of(body, each.kind) if s.entry == each.code), None)
        if listed is None:
            faults.append([NO_ENTRY, {"place": each.place, "code": each.code[:80]}])
            return []
        now = listed.content
    changed = {n: v for n, v in each.content.items() if not queries.same(now.get(n), v)}
    return [_answer(each.kind, each.code, "", changed, each.place)] if changed else []


def _answer(
    kind: Kind, entry: str, do: str, content: Mapping[str, Any], place: str
) -> dict[str, Any]:
    told = {"kind": kind.value, "entry": entry, "do": str(do), "place": place}
    return told | {"content": dict(content)}


def _checked(found: Found, faults: list[Any]) -> Found:
    """Values that could never be recorded are pointed out now, beside the reply."""
    vocabularies = known() if found else None
    for each in found:
        asked = ASKED if each["kind"] == Kind.NEED else DEFINITIONS[Kind(each["kind"])].fields
        if vocabularies is None:
            break
        wrong = [
            f
            for f in fields.check(asked, each["content"], vocabularies)
            if f.message != fields.REQUIRED or not each["entry"]
        ]
        faults += [_told(f, each["place"], asked) for f in wrong]
    return found


def _told(fault: fields.Fault, place: str, asked: Iterable[fields.Field]) -> list[Any]:
    label = next((f.label for f in asked if f.name == fault.field), fault.field)
    told = {"place": place, "field": label, "why": fault.message}
    return [FAULTY, told | {"values": dict(fault.values)}]
