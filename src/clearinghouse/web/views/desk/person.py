"""One person as the administrator keeps them and the auditor reads them."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.people import actions, queries
from clearinghouse.people.asking import Asking
from clearinghouse.people.signin import factors, sessions
from clearinghouse.web.forms.people import ResetForm
from clearinghouse.web.parts import Column, Table
from clearinghouse.web.views.desk import answers, people

if TYPE_CHECKING:
    from clearinghouse.people.models import Person


def detail(request: Asking, pk: UUID) -> HttpResponse:
    return _page(request, queries.person_for(request.actor, pk), ResetForm())


def invite(request: Asking, pk: UUID) -> HttpResponse:
    person = queries.person_for(request.actor, pk)
    answers.must_be_current(request, person)
    actions.invite(person, by=request.actor, now=request.now)
    return answers.see("desk-person", pk, done="invited")


def reset(request: Asking, pk: UUID) -> HttpResponse:
    """At once, or proposed where the person is one of those who confirm."""
    person = queries.person_for(request.actor, pk)
    answers.must_be_current(request, person)
    form = ResetForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form, status=400)
    what = form.resetting()
    if queries.is_vouching(person.pk, request.now):
        actions.propose(person, what, by=request.actor, now=request.now)
        return answers.see("desk-proposals", done="proposed")
    actions.reset(person, what, by=request.actor, now=request.now)
    return answers.see("desk-person", pk, done="reset")


def sign_out(request: Asking, pk: UUID) -> HttpResponse:
    """End every session of the person, wherever it is."""
    person = queries.person_for(request.actor, pk)
    sessions.end_all(person.pk)
    return answers.see("desk-person", pk, done="signed-out")


def _page(
    request: Asking, person: "Person", form: ResetForm, *, status: int = 200
) -> HttpResponse:
    may, audits = (request.actor.holds(r) for r in (Role.ADMINISTRATOR, Role.AUDITOR))
    account = queries.account_by_person(person.pk)
    held = queries.seats_of_person(request.actor, person.pk)
    own = person.pk == request.actor.person_id
    context: dict[str, Any] = {
        "person": person,
        "has_password": account.has_usable_password(),
        "has_factor": factors.has_one(account),
        "takes_two": queries.is_vouching(person.pk, request.now),
        "held": [
            people.line(s, may_end=may and not own and people.is_held(s, request.now))
            for s in held
        ],
        "sessions": _sessions(person),
        "lines_url": f"{reverse('desk-ledger')}?subject={person.pk}" if audits else "",
        "form": form if may else None,
        "is_open": form.is_bound,
        "crumbs": answers.crumbs((_("Accounts and seats"), "desk-people"), (person.name, "")),
        "seen_by": _("the administrators and the auditors; each person sees their own seats."),
    }
    return answers.page(request, "desk/person.html", context, status=status)


def _sessions(person: "Person") -> Table:
    """When and how often, but not from where: that is the person's own to see."""
    rows = [
        [answers.moment(each.begun), answers.moment(each.seen)] for each in sessions.of(person.pk)
    ]
    columns = [Column(_("Begun")), Column(_("Last used"))]
    return Table(
        "sessions",
        _("Sessions open now"),
        columns,
        rows,
        _("Not signed in anywhere."),
        is_caption_hidden=True,
        is_stacked=True,
    )
