"""One item of the tray: what came in, beside the question it answers and what is recorded now."""

from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import file_reply
from clearinghouse.crossings.mails.mail import subject_of
from clearinghouse.files import queries as files
from clearinghouse.intake import queries
from clearinghouse.intake.actions.understanding import OBSERVATION
from clearinghouse.intake.queries import Answer
from clearinghouse.intake.rules.arrival import MARK_WORDS, Mark
from clearinghouse.intake.rules.replies import Do, code_of
from clearinghouse.intake.rules.workflow import CHANNEL_WORDS, Channel, State, Step
from clearinghouse.kernel.marking import N_
from clearinghouse.meetings.queries import participant_for
from clearinghouse.notices.rules import Kind as NoticeKind
from clearinghouse.people.asking import Asking
from clearinghouse.submissions.rules.fields import Field, Type
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import fields_told, letters_told, meetings_told, naming
from clearinghouse.web.forms.intake import AcceptForm, AttributeForm, FileForm, RefuseForm
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Column, File, Table, Term
from clearinghouse.web.views.desk import answers
from clearinghouse.web.views.desk.outbox import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearinghouse.intake.models import Item
    from clearinghouse.letters.models import Letter
    from clearinghouse.notices.models import Notice

DO_WORDS: dict[str, str] = {
    Do.CONFIRM: N_("confirm it, as of today"),
    Do.WITHDRAW: N_("withdraw it"),
}


def show(
    request: Asking,
    item: "Item",
    *,
    accepting: Form | None = None,
    refusing: Form | None = None,
    attributing: Form | None = None,
    filing: Form | None = None,
) -> HttpResponse:
    """The page; with the form that could not be taken, where there is one."""
    words, steps = Vocabulary(), queries.steps_open_to(request.actor, item)
    asked = queries.answers_of(item)
    context = _said(item, asked, words) | {
        "filed": _filed(request, item),
        "question": _question(request, item),
        "steps": {step.value for step in steps},
        "accept_form": accepting or AcceptForm(request.now, item, choices(item, words)),
        "refuse_form": refusing or RefuseForm(),
        "attribute_form": attributing or AttributeForm(words),
        "letter": _letter(request, item) if Step.FILE in steps else None,
        "file_form": filing or FileForm(),
        "file_open": bool(filing),
        "refuse_open": bool(refusing),
        "attribute_open": bool(attributing) or item.body_id is None,
    }
    status = 400 if accepting or refusing or attributing or filing else 200
    return answers.page(request, "desk/intake_item.html", context, status=status)


def choices(item: "Item", words: Vocabulary) -> list[tuple[str, str]]:
    """What it asks to be recorded, by its place, to choose from."""
    return [(str(n), _choice(e, words)) for n, e in enumerate(queries.answers_of(item))]


def _choice(each: Answer, words: Vocabulary) -> str:
    about = _about(each, words)
    fields = [_(_field(each.kind, name).label) for name, _now, _says in each.differences]
    done = [_(DO_WORDS[each.do])] if each.do in DO_WORDS else []
    return f"{about.text} ({about.note}): {', '.join([*done, *fields])}"


def _letter(request: Asking, item: "Item") -> Cell | None:
    """The letter of ours that it answers, and to whom that went; nothing once it is filed."""
    found = None if item.letter else file_reply.letter_of(item, by=request.actor)
    return _letter_cell(found) if found else None


def _filed(request: Asking, item: "Item") -> Cell | None:
    found = file_reply.filed_against(item, by=request.actor)
    return _letter_cell(found) if found else None


def _letter_cell(letter: "Letter") -> Cell:
    said = f"{letters_told.title(letter)} · {letters_told.body(letter)}"
    return Cell(said, url=reverse("desk-letter", args=[letter.pk]))


def _said(item: "Item", asked: list[Answer], words: Vocabulary) -> dict[str, Any]:
    title = item.title or _("Without a subject")
    return {
        "item": item,
        "title": title,
        "kicker": naming.body_name(item.body) if item.body else _("Not attributed to anybody"),
        "marks": [_(MARK_WORDS[Mark(mark)]) for mark in item.marks],
        "faults": [_fault(message, values) for message, values in item.faults],
        "facts": _facts(item),
        "lines": item.text.split("\n") if item.text else [],
        "files": _files(item),
        "differences": _differences(item, asked, words),
        "is_settled": item.state in {State.ACCEPTED, State.REFUSED},
        "outcome": _outcome(item),
        "crumbs": answers.crumbs((_("Intake tray"), "desk-intake"), (title, "")),
        "seen_by": _("the seats of its body, the Experts and the secretariat."),
    }


def _fault(message: str, values: dict[str, Any]) -> str:
    told = dict(values)
    if "field" in told:
        told["field"] = _(told["field"])
    if "values" in told:  # why it cannot be recorded, in the reader's language
        told["why"] = _(told["why"]) % told["values"]
    return _(message) % told


def _facts(item: "Item") -> list[Term]:
    whose = naming.body_cell(item.body) if item.body else _("nobody yet")
    found = [
        Term(_("How it came"), [_(CHANNEL_WORDS[Channel(item.channel)])]),
        Term(_("Attributed to"), [whose]),
        Term(_("Arrived"), [answers.moment(item.arrived_at)]),
        Term(_("Received on"), [answers.day(item.received_on)]),
    ]
    claims = [Term(_("Claims to be from"), [item.claims])] if item.claims else []
    return [*claims, *found]


def _question(request: Asking, item: "Item") -> list[Term]:
    """The mail of ours that it answers, for whoever may see the item."""
    asked = queries.question_of(item)
    if asked is None:
        return []
    return [
        Term(_("It answers"), [_(KINDS[NoticeKind(asked.kind)])]),
        Term(_("Sent"), [answers.moment(asked.settled_at or asked.created_at)]),
        *_invitation(request, asked),
    ]


def _invitation(request: Asking, asked: "Notice") -> list[Term]:
    """To a meeting: the page on which its answer is entered, for whoever may see it."""
    if asked.kind != NoticeKind.MEETING_INVITED:
        return []
    try:
        meeting = participant_for(request.actor, subject_of(asked.cause)).meeting
    except Unseen:
        return []
    url = reverse("desk-meeting", args=[meeting.code])
    return [
        Term(_("Enter its answer on the page of"), [Cell(meetings_told.title(meeting), url=url)])
    ]


def _files(item: "Item") -> list[File]:
    """Each with what it tells of persons besides its content."""
    return [
        File(
            each.name,
            reverse("desk-intake-file", args=[item.pk, each.pk]),
            each.type.upper(),
            _("%(size)s kB") % {"size": max(1, each.size // 1024)},
            note=_also(each.tells),
        )
        for each in files.files_of(item)
    ]


def _also(tells: "Iterable[tuple[str, str]]") -> str:
    said = "; ".join(f"{_(what)}: {value}" for what, value in tells)
    return _("It also tells: %(said)s") % {"said": said} if said else ""


def _differences(item: "Item", asked: list[Answer], words: Vocabulary) -> Table:
    """Field by field: what is recorded now, and what the reply says."""
    rows: list[list[Cell | str]] = []
    for each in asked:
        about = _about(each, words)
        if each.gone:
            rows.append([about, "", "", _("The need has ended since.")])
        elif each.do:
            now = _("recorded") if each.now else ""
            rows.append([about, _("the need"), now, _(DO_WORDS.get(each.do, each.do))])
        for name, now, said in each.differences:
            field = _field(each.kind, name)
            rows.append(
                [about, _(field.label), _read(field, now, words), _read(field, said, words)]
            )
    settled = item.state == State.ACCEPTED
    recorded = _("Recorded before") if settled else _("Recorded now")
    labels = (_("About"), _("Field"), recorded, _("What it says"))
    empty = _("Nothing that differs from what is recorded.")
    caption = _("What it asks to be recorded")
    return Table("answers", caption, [Column(x) for x in labels], rows, empty, is_stacked=True)


def _about(each: Answer, words: Vocabulary) -> Cell:
    if each.kind == Kind.NEED and each.now:
        url = reverse("desk-need", args=[each.entry])
        return Cell(words.say(each.now["title"]), url=url, note=code_of(each.entry))
    title = words.say(each.content.get("title", {}) or {})
    return Cell(title or _("Something new"), note=each.place)


def _field(kind: Kind, name: str) -> Field:
    known = (*DEFINITIONS[kind].fields, OBSERVATION)
    return next((f for f in known if f.name == name), OBSERVATION)


def _read(field: Field, value: Any, words: Vocabulary) -> str:
    try:
        told = fields_told.values(field, value, words)
    except (AttributeError, TypeError, ValueError, KeyError):  # what could never be recorded
        return str(value)
    said = [str(v.text if isinstance(v, Cell) else v) for v in told]
    return (" " if field.type in {Type.TEXTS, Type.LONG_TEXTS} else "; ").join(said)


def _outcome(item: "Item") -> list[Term]:
    if item.state == State.REFUSED:
        return [Term(_("Refused because"), [item.reason])]
    if item.state != State.ACCEPTED:
        return []
    lines = [f"{thing}: {_(became)}" for thing, became in item.recorded_as]
    return [
        Term(_("Recorded on"), [item.instrument]),
        Term(_("Recorded"), lines or [_("nothing: it is filed")]),
    ]
