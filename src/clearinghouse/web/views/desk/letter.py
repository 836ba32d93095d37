"""One letter on the desk: its text, the way it has gone, the replies, and the steps open now."""

from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.access.errors import Invalid, Unseen
from clearinghouse.files import queries as files
from clearinghouse.files.rules import Type
from clearinghouse.kernel import languages
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.kernel.marking import N_
from clearinghouse.letters.queries import document
from clearinghouse.letters.queries import letters as queries
from clearinghouse.letters.queries.bulk import sentences
from clearinghouse.letters.rules.workflow import FIXED, LEFT, Form, State, Step
from clearinghouse.people.asking import Asking
from clearinghouse.web import downloads, letters_told, naming
from clearinghouse.web.forms import letters as forms
from clearinghouse.web.parts import File, Term
from clearinghouse.web.parts import Step as Station
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.letters.models import Letter, Reply

OFFICE = (Role.SECRETARIAT, Role.EXPERT)


def detail(request: Asking, pk: UUID) -> HttpResponse:
    return show(request, queries.letter_for(request.actor, pk))


def file(request: Asking, pk: UUID, kind: str) -> HttpResponse:
    """The letter as a file: as it was cleared, or as the draft stands."""
    letter = queries.letter_for(request.actor, pk)
    if kind not in document.FORMATS:
        raise Unseen("no such file")
    made = document.render(letter, kind)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return HttpResponse(made.content, content_type=made.type, headers=headers)


def scan(request: Asking, pk: UUID, scan: UUID) -> HttpResponse:
    """What was sent, or what was answered, as it was scanned."""
    letter = queries.letter_for(request.actor, pk)
    for owner in (letter, *queries.replies_to(request.actor, letter)):
        for kept in files.latest_of(owner):
            if kept.pk == scan:
                content = files.open_(kept)
                return downloads.download(content, name=kept.name, kind=Type(kept.type))
    raise Unseen("no such scan")


def show(
    request: Asking, letter: "Letter", *, faulty: Any = None, opened: str = "", status: int = 200
) -> HttpResponse:
    """The page; with the form that could not be accepted in its place, laid open."""
    steps = queries.steps_open_to(request.actor, letter)
    office = request.actor.holds(*OFFICE)
    replies = queries.replies_to(request.actor, letter)
    context = {
        "letter": letter,
        "title": letters_told.title(letter),
        "kicker": f"{letters_told.form(letter)} · {letters_told.body(letter)}",
        "text": queries.text_of(letter),
        "text_language": letter.language if letter.language != naming.language() else "",
        "text_direction": languages.direction(letter.language),
        "way": _way(letter),
        "is_office": office,
        "language_note": letters_told.language_note(letter) if office else "",
        "gaps": _gaps(letter) if office and letter.state == State.DRAFT else [],
        "terms": _terms(letter, office=office),
        "replies": [_reply(letter, each) for each in replies],
        "files": _files(letter),
        "steps": {step.value for step in steps},
        "forms": _forms(request, steps, faulty, opened),
        "opened": opened,
        "crumbs": answers.crumbs((_("Letters"), "desk-letters"), (letters_told.title(letter), "")),
        "seen_by": _(letters_told.SEEN_BY),
    }
    return answers.page(request, "desk/letter.html", context, status=status)


def _forms(request: Asking, steps: set[Step], faulty: Any, opened: str) -> dict[str, Any]:
    today = day_in_new_york(request.now)
    made: dict[Step, Any] = {
        Step.DISPATCH: lambda: forms.SendingForm(today),
        Step.RECEIVE: lambda: forms.ReceiptForm(today),
        Step.REPLY: lambda: forms.AnswerForm(today),
        Step.SCAN: forms.ScanForm,
        Step.SEND_BACK: forms.SendBackForm,
        Step.CANCEL: forms.CancelForm,
    }
    return {
        step.value: faulty if step.value == opened else make()
        for step, make in made.items()
        if step in steps
    }


def _gaps(letter: "Letter") -> list[str]:
    return sentences(queries.gaps_of(letter))


def _way(letter: "Letter") -> list[Station]:
    """The stations of the procedure, and where the letter stands."""
    hand = N_("initialled") if letter.form == Form.NOTE_VERBALE else N_("signed")
    stations = (
        (N_("drafted"), True, answers.moment(letter.drafted_at)),
        (N_("cleared"), letter.state in FIXED, answers.moment(letter.cleared_at)),
        (hand, letter.signed_at is not None, answers.moment(letter.signed_at)),
        (N_("dispatched"), letter.state in LEFT, answers.day(letter.sent_on)),
        (N_("received"), letter.received_on is not None, answers.day(letter.received_on)),
    )
    done = [is_done for _label, is_done, _when in stations]
    current = done.index(False) if False in done else len(done)
    return [
        Station(_(label), _stand(number, current, letter), when if is_done else "")
        for number, (label, is_done, when) in enumerate(stations)
    ]


def _stand(number: int, current: int, letter: "Letter") -> Literal["done", "current", "to come"]:
    if number < current:
        return "done"
    is_next = number == current and letter.state != State.CANCELLED
    return "current" if is_next else "to come"


def _terms(letter: "Letter", *, office: bool) -> list[Term]:
    """Who wrote, cleared and sent it is the house's business; the rest is the addressee's too."""
    shared = {
        _("Dated"): answers.day(letter.dated),
        _("Sent"): f"{answers.day(letter.sent_on)} {letters_told.means(letter)}".strip(),
        _("Received"): answers.day(letter.received_on),
        _("Received by"): letter.received_by,
        _("Their reference"): letter.receipt,
    }
    own = {
        _("Present text by"): letter.writer.name,
        _("Cleared by"): letter.cleared_by.name if letter.cleared_by else "",
        _("Initialled or signed by"): letter.signed_by.name if letter.signed_by else "",
        _("Dispatched by"): letter.sent_by.name if letter.sent_by else "",
        _("Sent back because"): letter.remark,
        _("Cancelled because"): letter.because,
        _("Hash of the text (SHA-256)"): letter.digest,
        _("Hash of the scan (SHA-256)"): letter.scan_digest,
    }
    said = shared | (own if office else {})
    return [Term(label, [value]) for label, value in said.items() if value]


def _files(letter: "Letter") -> list[File]:
    made = [
        File(
            _(downloads.CALLED[kind]),
            reverse("desk-letter-file", args=[letter.pk, kind]),
            kind.upper(),
        )
        for kind in document.FORMATS
    ]
    return [*made, *_scans(letter, letter, _("Scan of what was sent"))]


def _scans(letter: "Letter", of: "Letter | Reply", called: str) -> list[File]:
    return [
        File(called, reverse("desk-letter-scanned", args=[letter.pk, scan.pk]), scan.type.upper())
        for scan in files.latest_of(of, "scan")
    ]


def _reply(letter: "Letter", reply: "Reply") -> dict[str, Any]:
    return {
        "received": answers.day(reply.received_on),
        "dated": answers.day(reply.dated),
        "reference": reply.reference,
        "text": reply.text,
        "scans": _scans(letter, reply, _("Scan of the reply")),
    }


def refused(
    request: Asking, letter: "Letter", form: Any, opened: str, why: Invalid | None = None
) -> HttpResponse:
    """The page again, with what the form or the room found wrong."""
    if why and form is None:
        raise why
    if why:
        form.take(why.faults)
    fresh = queries.letter_for(request.actor, letter.pk)
    return show(request, fresh, faulty=form, opened=opened, status=400)


def held(request: Asking, pk: UUID) -> "Letter":
    letter = queries.letter_for(request.actor, pk)
    answers.must_be_current(request, letter)
    return letter
