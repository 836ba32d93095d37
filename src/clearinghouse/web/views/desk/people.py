"""Accounts and seats: the administrator gives and ends them, the auditor reads."""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.access.errors import Unseen
from clearinghouse.people import actions, queries
from clearinghouse.people.asking import Asking
from clearinghouse.web import naming, seats
from clearinghouse.web.forms.people import SeatForm
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.people.models import Person, Seat


def index(request: Asking) -> HttpResponse:
    """Every seat, present and past, with the paper it hangs on."""
    return _page(request, SeatForm(Vocabulary()))


def give(request: Asking) -> HttpResponse:
    """A seat, with an account where the person has none yet. Pressed twice, it is given once.

    One whose holder may confirm is proposed, not given.
    """
    form = SeatForm(Vocabulary(), request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    given, naming = form.cleaned_data, form.naming()
    with transaction.atomic():
        person = queries.person_by_email(given["email"]) or actions.enter(
            name=given["name"],
            email=given["email"],
            language=given["language"],
            by=request.actor,
            now=request.now,
        )
        if naming.takes_two:
            actions.propose(person, naming, by=request.actor, now=request.now)
            return answers.see("desk-proposals", done="proposed")
        if not _holds(request, person.pk, naming):
            actions.seat(person, naming, by=request.actor, now=request.now)
            _invite_if_new(request, person)
    return answers.see("desk-people", done="seated")


def _invite_if_new(request: Asking, person: "Person") -> None:
    """Whoever cannot sign in yet is written to with the first seat."""
    if not queries.account_by_person(person.pk).has_usable_password():
        actions.invite(person, by=request.actor, now=request.now)


def end(request: Asking, pk: UUID) -> HttpResponse:
    held = next((s for s in queries.seats_for(request.actor) if s.pk == pk), None)
    if held is None:
        raise Unseen("no such seat")
    answers.must_be_current(request, held)
    actions.unseat(held, by=request.actor, now=request.now)
    return answers.see("desk-people", done="ended")


def _holds(request: Asking, person: UUID, naming: actions.Naming) -> bool:
    wanted = (person, naming.role, naming.standing, naming.body.pk if naming.body else None)
    held = [s for s in queries.seats_for(request.actor) if is_held(s, request.now)]
    return any((s.person_id, s.role, s.standing, s.body_id) == wanted for s in held)


def is_held(seat: "Seat", now: datetime) -> bool:
    return seat.held_until is None or seat.held_until > now


def _page(request: Asking, form: SeatForm, *, status: int = 200) -> HttpResponse:
    may = request.actor.holds(Role.ADMINISTRATOR)
    found = queries.seats_for(request.actor)
    held = [s for s in found if is_held(s, request.now)]
    past = [s for s in found if not is_held(s, request.now)]
    counted = Counter(s.person_id for s in held)
    seated = {s.person_id for s in found}
    context = {
        "without": [p for p in queries.persons_for(request.actor) if p.pk not in seated],
        "proposals": reverse("desk-proposals"),
        "held": [line(s, may_end=may and s.person_id != request.actor.person_id) for s in held],
        "past": [line(s, may_end=False) for s in past],
        "people": len(counted),
        "form": form if may else None,
        "is_open": bool(form.is_bound),
        "crumbs": answers.crumbs((_("Accounts and seats"), "")),
        "seen_by": _("the administrators and the auditors; each person sees their own seats."),
    }
    return answers.page(request, "desk/people.html", context, status=status)


def line(seat: "Seat", *, may_end: bool) -> dict[str, Any]:
    return {
        "name": seat.person.name,
        "url": reverse("desk-person", args=[seat.person_id]),
        "email": seat.person.email,
        "seat": Cell(seats.label(seat, naming.language())),
        "since": answers.day(seat.held_from),
        "until": answers.day(seat.held_until),
        "instrument": seat.instrument,
        "version": seat.version,
        "end_url": reverse("desk-seat-end", args=[seat.pk]) if may_end else "",
    }
