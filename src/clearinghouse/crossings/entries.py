"""The demonstration's directory: an entry of every kind, from invented bodies alone."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from clearinghouse.documents import docx, pdf, words
from clearinghouse.documents.model import Document, Masthead, Paragraph, Section
from clearinghouse.files.actions import Offered
from clearinghouse.kernel.calendar import add_months
from clearinghouse.mandate import queries as mandate
from clearinghouse.submissions import actions
from clearinghouse.submissions.actions.copies import Brought
from clearinghouse.submissions.rules.kinds import Kind

if TYPE_CHECKING:
    from clearinghouse.access.actor import Actor
    from clearinghouse.crossings.demonstration import Cast
    from clearinghouse.submissions.models import Submission

MONTHS = "months:"
ILLUSTRATIVE = "Demonstration: the content about invented States and bodies is illustrative."
DAY = timedelta(days=1)
Content = dict[str, Any]


def begin(cast: "Cast", now: datetime) -> None:
    """Each through the steps of its kind, by the focal point of its body."""
    for kind, code, persona, content in _dated(REVIEWED, now):
        by, sec = cast.actor(persona, now), cast.actor("secretariat", now)
        started = actions.draft(kind, mandate.body(code), content, by=by, now=now)
        if kind == Kind.GUIDANCE_NOTE:
            _with_copies(started, by, now)
        actions.submit(started, by=by, now=now + DAY)
        actions.take_up(started, by=sec, now=now + 2 * DAY)
        actions.list_(started, by=sec, now=now + 3 * DAY)
    for kind, code, persona, content in _dated(ANNOUNCED, now):
        by = cast.actor(persona, now)
        started = actions.draft(kind, mandate.body(code), content, by=by, now=now)
        actions.announce(started, by=by, now=now + DAY)


def _with_copies(note: "Submission", by: "Actor", now: datetime) -> None:
    """The text of the note itself, in print and in Word."""
    text = _text(note.content["title"]["en"])
    for ending, render in (("pdf", pdf.render), ("docx", docx.render)):
        file = Offered(name=f"second-line.{ending}", content=render(text), language="en")
        brought = Brought(file=file, edition="1st edition")
        actions.attach(note, brought, by=by, now=now)


def _text(title: str) -> Document:
    head = Masthead(
        organ="Illustrative Travel Documents Organization",
        title=title,
        language="en",
        direction="ltr",
        as_of="",
        seen_by=_("Everybody."),
        notices=(ILLUSTRATIVE,),
        disclaimers=(),
        reminder="",
    )
    said = "Two officers, a lamp, a magnifier, and a register of what was found and what was done."
    section = Section(key="needs", title="What a small post needs", blocks=(Paragraph(text=said),))
    return Document(masthead=head, labels=words.labels(_), sections=(section,))


def _dated(said: Any, now: datetime) -> Any:
    """With every `months:n` as the month that lies n months from now, so that it stays alive."""
    if isinstance(said, dict):
        return {name: _dated(value, now) for name, value in said.items()}
    if isinstance(said, tuple | list):
        return type(said)(_dated(each, now) for each in said)
    if isinstance(said, str) and said.startswith(MONTHS):
        return add_months(now.date(), int(said.removeprefix(MONTHS))).isoformat()[:7]
    return said


def _en(text: str) -> dict[str, str]:
    return {"en": text}


CHECKED = {
    "legal_basis": "yes",
    "necessity": "yes",
    "proportionality": "in_part",
    "non_discrimination": "yes",
    "remedies": "not_applicable",
}

REVIEWED: tuple[tuple[Kind, str, str, Content], ...] = (
    (
        Kind.STANDARD_PLAN,
        "XIO",
        "focal-xio",
        {
            "title": _en("Second-line examination of travel documents: revision"),
            "summary": _en("A revision that adds the examination of documents on telephones."),
            "obligations": [{"ref": "2(g)"}],
            "milestones": [
                {"date": "months:-6", "what": "outline put to the members"},
                {"date": "months:4", "what": "first draft; comments for two months"},
                {"date": "months:13", "what": "text laid before the assembly"},
            ],
            "reports_back": "months:8",
            "human_rights_check": CHECKED,
        },
    ),
    (
        Kind.GUIDANCE_NOTE,
        "XIO",
        "focal-xio",
        {
            "title": _en("Setting up a second line of document examination"),
            "summary": _en(
                "What a small border post needs: people, light, magnifiers, a register."
            ),
            "standard": "Examination of travel documents at the second line: practice guide",
            "obligations": [{"ref": "2(g)", "pinpoint": "chapters 2 and 3"}],
            "areas": ["immigration"],
            "issued": "months:-8",
            "languages": ["en", "fr"],
            "human_rights_check": CHECKED,
            "human_rights": _en(
                "Chapter 3 sets out how persons with claims to refuge are referred."
            ),
        },
    ),
    (
        Kind.ASSISTANCE_PROGRAMME,
        "XIO",
        "focal-xio",
        {
            "title": _en("Travelling trainers for document examination"),
            "unit": "Training Branch",
            "summary": _en("Two trainers come for two weeks and leave a reference set behind."),
            "form_of_help": "training",
            "areas": ["immigration"],
            "obligations": [{"ref": "2(g)"}],
            "eligibility": _en("Members, and other States on request through their mission."),
            "how_to_apply": _en("A letter that names the posts and the number of officers."),
            "cost_sharing": "in_part",
            "lead_time": "about four months",
            "languages": ["en", "fr", "es"],
            "contact": "training@xio.example",
        },
    ),
    (
        Kind.ASSISTANCE_ACTIVITY,
        "XFO",
        "focal-xfo",
        {
            "title": _en("Workshop on money transfer services"),
            "unit": "Technical Cooperation Unit",
            "summary": _en("Five days for supervisors and investigators together."),
            "form_of_help": "training",
            "areas": ["financial"],
            "obligations": [{"ref": "1(a)"}, {"ref": "1(d)"}],
            "states": ["XA", "XB"],
            "standing": "planned",
            "begins": "months:5",
            "ends": "months:5",
            "contact": "cooperation@xfo.example",
        },
    ),
    (
        Kind.COOPERATION_EXAMPLE,
        "XRO",
        "focal-xro",
        {
            "title": _en("One watch list of lost passports for three neighbours"),
            "summary": _en("Three members put their lists of lost and stolen passports together."),
            "partners": _en("Three members and the Illustrative Travel Documents Organization"),
            "outcome": _en("Within a year, ninety passports were recognised at the border."),
            "lessons": _en("Agree first who may correct an entry, and how fast."),
            "areas": ["immigration"],
            "obligations": [{"ref": "2(g)"}, {"ref": "3(a)"}],
            "begins": "2024",
            "ends": "2025",
        },
    ),
    (
        Kind.STARTER_PACK,
        "XRO",
        "focal-xro",
        {
            "title": _en("A first regional meeting of focal points"),
            "summary": _en("How to prepare a meeting of two days with little money."),
            "first_steps": _en("Ask each member for one name. Send three questions. Meet."),
            "help_offered": _en("Our secretariat lends its papers and one adviser."),
            "languages": ["en"],
        },
    ),
    (
        Kind.COORDINATION_REPORT,
        "XRO",
        "focal-xro",
        {
            "title": _en("Coordination in the first half of the year"),
            "period": "January to June",
            "coordination": _en("Two meetings of border services; a common list of contacts."),
            "difficulties": _en("Two members have no officer for it at present."),
            "next_steps": _en("A meeting of customs services in the spring."),
        },
    ),
    (
        Kind.MANDATE_STATEMENT,
        "XRO",
        "focal-xro",
        {
            "title": _en("Mandate in the field of border control"),
            "covers": "under_consideration",
            "basis": _en("Proposed to the council of ministers; no decision yet."),
            "areas": ["immigration", "customs"],
        },
    ),
)
ANNOUNCED: tuple[tuple[Kind, str, str, Content], ...] = (
    (
        Kind.CONTACT,
        "XIO",
        "focal-xio",
        {
            "title": _en("Training Branch"),
            "function": "main",
            "mailbox": "training@xio.example",
            "person": "the head of the branch",
            "telephone": "extension 12",
            "shared": "yes",
        },
    ),
    (
        Kind.MONITORING_VISIT,
        "XFO",
        "focal-xfo",
        {
            "state": "XA",
            "title": _en("Indicators for money transfer services"),
            "review": "visit",
            "begins": "months:6",
            "ends": "months:6",
            "contact": "reviews@xfo.example",
        },
    ),
)
