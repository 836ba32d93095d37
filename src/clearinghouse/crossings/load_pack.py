"""Loads a mandate pack into the rooms it has facts for: mandate, register, letters, plan."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.assistance import actions as assistance
from clearinghouse.crossings import count_anew, move_meeting
from clearinghouse.ledger.reconcile import Difference
from clearinghouse.letters import actions as letters
from clearinghouse.mandate import actions as mandate
from clearinghouse.mandate import queries
from clearinghouse.mandate.formats import records
from clearinghouse.mandate.models import Body, MeetingMove
from clearinghouse.mandate.rules import Kind
from clearinghouse.plan import actions as plan
from clearinghouse.search import actions as search
from clearinghouse.search import rules as finding
from clearinghouse.standards import actions as standards
from clearinghouse.standards.rules import Status


@transaction.atomic
def load(
    files: records.Pack, *, demonstration: bool = False, by: Actor, now: datetime
) -> list[Difference[Any]]:
    """All of the pack or nothing of it. Loading the same files again changes nothing.

    Returns what each table lacked. The facts must have been checked (`mandate.formats`).
    """
    before = count_anew.counting()
    pack, found = mandate.load(files, demonstration=demonstration, by=by, now=now)
    rows = [row for difference in found for row in difference.rows]
    _index(rows)
    bodies = {b: row.pk for b, row in queries.bodies_by_code(_named(files)).items()}
    wanted = standards.Wanted(
        standards=[_standard(s, bodies, now) for s in files.standards],
        editions=[
            {"standard": s.code, **standards.edition_values(s.edition or "", s.date or "")}
            for s in files.standards
        ],
        bearings=list(_bearings(files.standards)),
        instruments=[_instrument(i) for i in files.instruments],
    )
    found += standards.load(pack, wanted, by=by, now=now)
    found += letters.load(pack, _templates(files), list(_styles(files)), by=by, now=now)
    meetings = {m.code: m.pk for m in queries.meetings()}
    found += assistance.load(
        pack,
        [{"code": p.code, "name": p.name, "note": p.note or ""} for p in files.purposes],
        [_source_name(n, bodies) for n in files.dac_bodies],
        by=by,
        now=now,
    )
    wanted_plan = [_commitment(c, meetings, bodies) for c in files.commitments]
    found += plan.load(pack, wanted_plan, by=by, now=now)
    for row in rows:
        if isinstance(row, MeetingMove):
            move_meeting.tell(row, now=now)
    count_anew.recount(before, by=by, now=now)
    return found


def _templates(files: records.Pack) -> list[dict[str, Any]]:
    """Each letter's template with its texts by language; a pack adds templates, not languages."""
    said: dict[str, list[records.LetterWording]] = {}
    for wording in files.letter_wordings:
        said.setdefault(wording.template, []).append(wording)
    return [
        {
            "code": t.code,
            "form": t.form,
            "purpose": t.purpose,
            "titles": dict(t.title),
            "subjects": {w.language: w.subject for w in said.get(t.code, ()) if w.subject},
            "fields": [{"name": f.name, "kind": f.kind, "label": dict(f.label)} for f in t.fields],
            "wordings": {w.language: _wording(w) for w in said.get(t.code, ())},
        }
        for t in files.letters
    ]


def _wording(w: records.LetterWording) -> dict[str, Any]:
    return {
        "address": list(w.address),
        "opening": w.opening,
        "paragraphs": list(w.paragraphs),
        "closing": w.closing,
    }


def _styles(files: records.Pack) -> Iterable[dict[str, Any]]:
    bodies = queries.bodies_by_code({s.body for s in files.styles})
    return (
        {"body_id": bodies[s.body].pk, "language": s.language, "name": s.name}
        for s in files.styles
    )


def _index(rows: Iterable[Any]) -> None:
    """States and organisations are found by their names and codes. Other rows are passed over."""
    search.put(
        search.Findable(
            subject=body.subject,
            kind=finding.Kind.STATE if body.is_state else finding.Kind.ORGANISATION,
            reference=body.code,
            titles=body.names,
            texts=[body.acronym, body.code],
            marks=frozenset({finding.EVERYBODY}),
        )
        for body in rows
        if isinstance(body, Body) and body.kind != Kind.OTHER
    )


def _named(files: records.Pack) -> set[str]:
    owners = {owner for c in files.commitments for owner in c.owners}
    named = {n.body for n in files.dac_bodies if n.body}
    return {s.organisation for s in files.standards} | owners | named


def _source_name(n: records.DacBody, bodies: dict[str, Any]) -> dict[str, Any]:
    return {"code": n.code, "name": n.name, "body_id": bodies[n.body] if n.body else None}


def _standard(s: records.Standard, bodies: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The day of listing is the day of the first load; a later load does not move it."""
    return {
        "code": s.code,
        "organisation_id": bodies[s.organisation],
        "titles": dict(s.title),
        "sort": standards.sort_key(s.title),
        "legal_nature": s.legal_nature,
        "source": s.source or "",
        "verified": s.verified,
        "status": Status.LISTED.value,
        "listed_on": standards.listed_on(s.code, now),
    }


def _bearings(some: Iterable[records.Standard]) -> Iterable[dict[str, Any]]:
    obligations = {o.ref: o.pk for o in queries.obligations()}
    for s in some:
        for bearing in s.obligations:
            yield {
                "standard": s.code,
                "obligation_id": obligations[bearing.obligation],
                "pinpoint": bearing.pinpoint or "",
            }


def _instrument(i: records.Instrument) -> dict[str, Any]:
    return {
        "number": i.number,
        "year": int(i.date[:4]),
        "title": dict(i.title),
        "depositary": i.depositary,
        "depositary_verified": i.depositary_verified,
    }


def _commitment(
    c: records.Commitment, meetings: dict[str, Any], bodies: dict[str, Any]
) -> dict[str, Any]:
    when = c.timetable
    return {
        "code": c.code,
        "number": c.number,
        "session": c.session,
        "texts": dict(c.text),
        "owners": list(c.owners),
        "holder_id": next((bodies[o] for o in c.owners if o in bodies), None),
        "addressed_to": list(c.addressed_to),
        "adoption": c.adoption,
        "timetable": when.kind,
        "due_on": when.on,
        "due_meeting_id": meetings[when.meeting] if when.meeting else None,
        "due_offset": when.offset,
        "due_unit": when.unit,
    }
