"""The tray on the desk: what came in, and each step that is taken with it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.access.errors import Invalid, Unseen
from clearinghouse.crossings import file_reply as crossing
from clearinghouse.files import queries as files
from clearinghouse.files.rules import Type
from clearinghouse.intake import actions, queries
from clearinghouse.intake.actions import Acceptance
from clearinghouse.intake.forms import FORMATS, kinds_for, prefilled
from clearinghouse.intake.rules.workflow import CHANNEL_WORDS, Channel, State, Step
from clearinghouse.kernel.marking import N_
from clearinghouse.letters.queries.letters import letter_called
from clearinghouse.mandate import queries as mandate
from clearinghouse.people.asking import Asking
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import asked, naming
from clearinghouse.web.downloads import download
from clearinghouse.web.forms.intake import AcceptForm, AttributeForm, FileForm, RefuseForm
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Column, Filter, Table, Tone
from clearinghouse.web.views.desk import answers
from clearinghouse.web.views.desk.intake_item import choices, show

if TYPE_CHECKING:
    from clearinghouse.intake.models import Item

STATES: dict[State, tuple[str, Tone]] = {
    State.WAITING: (N_("waiting"), "waiting"),
    State.ACCEPTED: (N_("accepted"), "settled"),
    State.REFUSED: (N_("refused"), "alert"),
    State.SET_ASIDE: (N_("set aside"), "quiet"),
}


def index(request: Asking) -> HttpResponse:
    """Everything this seat may see, newest first; what machines wrote only where asked for."""
    state = asked.choice(request, "state", STATES)
    found = queries.items_for(request.actor)
    found = found.filter(state=state) if state else found.exclude(state=State.SET_ASIDE)
    shown, pager = asked.page_of(request, found, answers.SIZE)
    options = [(each.value, _(label)) for each, (label, _tone) in STATES.items()]
    serving = request.actor.holds(Role.SECRETARIAT)
    context = {
        "table": _table(list(shown)),
        "filters": [Filter("state", _("Where it stands"), state, [("", _("All")), *options])],
        "clear_url": reverse("desk-intake"),
        "pager": pager,
        "may_type": serving,
        "forms": _own_forms(request),
        "crumbs": answers.crumbs((_("Intake tray"), "")),
        "seen_by": _("each by the seats of its body, the Experts and the secretariat."),
    }
    return answers.page(request, "desk/intake.html", context)


def detail(request: Asking, pk: UUID) -> HttpResponse:
    return show(request, queries.item_for(request.actor, pk))


def accept(request: Asking, pk: UUID) -> HttpResponse:
    """It takes effect; without its paper the page comes back instead."""
    item = _held(request, pk)
    form = AcceptForm(request.now, item, choices(item, Vocabulary()), request.POST)
    is_open = Step.ACCEPT in queries.steps_open_to(request.actor, item)
    if not form.is_valid() and is_open:
        return show(request, item, accepting=form)
    said = form.said() if form.is_valid() else Acceptance("", item.received_on)
    try:
        actions.accept(item, said, by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return show(request, queries.item_for(request.actor, pk), accepting=form)
    return answers.see("desk-intake-item", pk, done="intake-accepted")


def file_reply(request: Asking, pk: UUID) -> HttpResponse:
    """Against the letter recognised in it, or the one whose number is typed."""
    item = _held(request, pk)
    form = FileForm(request.POST)
    number = form.cleaned_data["letter"] if form.is_valid() else ""
    by = request.actor
    letter = letter_called(by, number) if number else crossing.letter_of(item, by=by)
    if letter is None and Step.FILE in queries.steps_open_to(by, item):
        form.add_error("letter", _("No letter of ours has this number."))
        return show(request, item, filing=form)
    if letter is None:
        raise Unseen("no such letter")
    try:
        crossing.file(item, letter, by=by, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return show(request, queries.item_for(by, pk), filing=form)
    return answers.see("desk-intake-item", pk, done="intake-filed")


def refuse(request: Asking, pk: UUID) -> HttpResponse:
    item = _held(request, pk)
    form = RefuseForm(request.POST)
    if not form.is_valid() and Step.REFUSE in queries.steps_open_to(request.actor, item):
        return show(request, item, refusing=form)
    reason = form.cleaned_data.get("reason", "")
    actions.refuse(item, reason, by=request.actor, now=request.now)
    return answers.see("desk-intake-item", pk, done="intake-refused")


def attribute(request: Asking, pk: UUID) -> HttpResponse:
    item = _held(request, pk)
    form = AttributeForm(Vocabulary(), request.POST)
    body = form.chosen() if form.is_valid() else None
    if body is None:
        return show(request, item, attributing=form)
    actions.attribute(item, body, by=request.actor, now=request.now)
    return answers.see("desk-intake-item", pk, done="intake-attributed")


def aside(request: Asking, pk: UUID) -> HttpResponse:
    """Set aside, or back among what waits."""
    item = _held(request, pk)
    back = item.state == State.SET_ASIDE
    act = actions.bring_back if back else actions.set_aside
    act(item, by=request.actor, now=request.now)
    return answers.see("desk-intake-item", pk, done="intake-back" if back else "intake-aside")


def file(request: Asking, pk: UUID, file: UUID) -> HttpResponse:
    """A file that came with an item, to whoever may see the item."""
    item = queries.item_for(request.actor, pk)
    stored = files.file_of(item, file)
    return download(files.open_(stored), name=stored.name, kind=Type(stored.type))


def form(request: Asking, code: str, ending: str) -> HttpResponse:
    """A prefilled form, for the body's own seats and the secretariat that serves it."""
    body = mandate.body(code)
    own = body.pk in request.actor.bodies_as(Role.STATE, Role.FOCAL_POINT)
    if ending not in FORMATS or not (own or request.actor.holds(Role.SECRETARIAT)):
        raise Unseen("no such form")
    known = kinds_for(body)
    kind = Kind(asked.choice(request, "kind", known) or known[0])
    made = FORMATS[ending](prefilled(kind, body, "", naming.language()))
    return download(made, name=f"{kind}-{body.code.lower()}.{ending}", kind=Type(ending))


def _held(request: Asking, pk: UUID) -> "Item":
    item = queries.item_for(request.actor, pk)
    answers.must_be_current(request, item)
    return item


def _own_forms(request: Asking) -> list[tuple[str, str]]:
    """Label and address of each form that this seat may fill in for its body."""
    own = request.actor.bodies_as(Role.STATE, Role.FOCAL_POINT)
    bodies = [b for b in (*mandate.states(), *mandate.organisations()) if b.pk in own]
    return [
        (
            _("%(body)s, %(kind)s: form for %(program)s")
            % {
                "body": naming.body_name(body),
                "kind": _(DEFINITIONS[kind].name),
                "program": program,
            },
            f"{reverse('desk-intake-form', args=[body.code, ending])}?kind={kind}",
        )
        for body in bodies
        for kind in kinds_for(body)
        for ending, program in (("xlsx", "Excel"), ("docx", "Word"))
    ]


def _table(found: "list[Item]") -> Table:
    labels = (_("What came in"), _("From"), _("How"), _("Where it stands"), _("Arrived"))
    return Table(
        name="intake",
        caption=_("Intake tray"),
        columns=[Column(label) for label in labels],
        rows=[_row(one) for one in found],
        empty=_("Nothing has come in that you may see."),
        is_caption_hidden=True,
        is_stacked=True,
    )


def _row(one: "Item") -> list[Cell | str]:
    label, tone = STATES[State(one.state)]
    url = reverse("desk-intake-item", args=[one.pk])
    sender = naming.body_name(one.body) if one.body else _("not attributed")
    claimed = sender if one.body else one.claims or sender
    apart = _("from %(sender)s, %(when)s") % {
        "sender": claimed,
        "when": answers.moment(one.arrived_at),
    }
    return [
        Cell(one.title or _("Without a subject"), url=url, apart=apart),
        sender,
        _(CHANNEL_WORDS[Channel(one.channel)]),
        Cell(_(label), tone=tone),
        answers.day(one.arrived_at),
    ]
