"""Holidays, the addresses of one's own calendar, and one's own clock and language."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import count_anew
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.meetings import queries
from clearinghouse.meetings.actions import calendar as actions
from clearinghouse.people import actions as people
from clearinghouse.people import queries as persons
from clearinghouse.people.asking import Asking
from clearinghouse.web import asked, meetings_told, naming, seats
from clearinghouse.web.forms.calendar import HolidayForm, KeyForm, SettingsForm
from clearinghouse.web.parts import Item
from clearinghouse.web.views.desk import answers


def holidays(request: Asking) -> HttpResponse:
    return _holidays(request, HolidayForm(initial={"duty_station": mandate.duty_station()}))


def observe(request: Asking) -> HttpResponse:
    form = HolidayForm(request.POST)
    if not form.is_valid():
        return _holidays(request, form, status=400)
    given = form.cleaned_data
    count_anew.observe(
        given["date"],
        given["name"],
        given["source"],
        station=given["duty_station"],
        by=request.actor,
        now=request.now,
    )
    url = f"{reverse('desk-holidays')}?year={given['date'].year}&done=holiday-observed"
    return answers.SeeOther(url)


def strike(request: Asking, pk: UUID) -> HttpResponse:
    found = mandate.holiday(pk)
    answers.must_be_current(request, found)
    count_anew.strike(found, by=request.actor, now=request.now)
    url = f"{reverse('desk-holidays')}?year={found.date.year}&done=holiday-struck"
    return answers.SeeOther(url)


def _holidays(request: Asking, form: HolidayForm, *, status: int = 200) -> HttpResponse:
    this = day_in_new_york(request.now).year
    years = [str(year) for year in range(this - 1, this + 4)]
    year = int(asked.choice(request, "year", years) or this)
    station = mandate.duty_station()
    context = {
        "form": form,
        "is_open": form.is_bound,
        "year": str(year),
        "years": [Item(one, f"?year={one}", current=one == str(year)) for one in years],
        "found": [_holiday(h) for h in mandate.holidays_in(year)],
        "missing": queries.years_without_holidays(day_in_new_york(request.now), station),
        "station": station,
        "moved": meetings_told.counted_anew(count_anew.history(request.actor)),
        "crumbs": answers.crumbs((_("Holidays"), "")),
        "seen_by": _("The secretariat. Every deadline counted in working days rests on them."),
    }
    return answers.page(request, "desk/holidays.html", context, status=status)


def _holiday(h: Any) -> dict[str, Any]:
    return {
        "day": answers.day(h.date),
        "name": h.name,
        "station": h.duty_station,
        "source": h.source,
        "is_observed": h.is_observed,
        "version": h.version,
        "url": reverse("desk-holiday-strike", args=[h.pk]),
    }


def keys(request: Asking) -> HttpResponse:
    return _keys(request)


def make_key(request: Asking) -> HttpResponse:
    """The address is shown on this page and never again: only its hash is kept."""
    form = KeyForm(_own_seats(request), request.POST)
    if not form.is_valid():
        raise Unseen("no such seat")
    seat = next(
        s for s in persons.seats_of(request.actor) if str(s.pk) == form.cleaned_data["seat"]
    )
    _made, key = actions.make_key(seat, by=request.actor, now=request.now)
    return _keys(request, settings.SITE_URL + reverse("calendar-seat", args=[key]))


def revoke_key(request: Asking, pk: UUID) -> HttpResponse:
    actions.revoke_key(queries.key_for(request.actor, pk), by=request.actor, now=request.now)
    return answers.see("desk-calendar", done="key-revoked")


def _own_seats(request: Asking) -> list[tuple[str, str]]:
    language = naming.language()
    return [(str(s.pk), seats.label(s, language)) for s in persons.seats_of(request.actor)]


def _keys(request: Asking, made: str = "") -> HttpResponse:
    own = dict(_own_seats(request))
    live = [k for k in queries.keys_for(request.actor) if k.revoked_at is None]
    context = {
        "made": made,
        "form": KeyForm(list(own.items())),
        "keys": [
            {
                "seat": own.get(str(k.seat_id), ""),
                "made": answers.moment(k.made_at),
                "url": reverse("desk-calendar-revoke", args=[k.pk]),
            }
            for k in live
        ],
        "public_url": settings.SITE_URL + reverse("calendar"),
        "crumbs": answers.crumbs((_("Your calendar"), "")),
        "seen_by": _("You alone."),
    }
    return answers.page(request, "desk/calendar.html", context)


def own_settings(request: Asking) -> HttpResponse:
    """Clock and language of whoever is signed in."""
    person = persons.person_of(request.actor)
    if request.method == "POST":
        form = SettingsForm(request.POST)
        if form.is_valid():
            answers.must_be_current(request, person)
            people.settle(person, **form.cleaned_data, by=request.actor, now=request.now)
            return answers.see("desk-settings", done="settled")
    else:
        initial = {"language": person.language, "time_zone": person.time_zone}
        form = SettingsForm(initial=initial)
    context = {
        "form": form,
        "version": person.version,
        "moment": request.now,
        "crumbs": answers.crumbs((_("Your settings"), "")),
        "seen_by": _("You, and those who keep the accounts."),
    }
    status = 400 if form.is_bound else 200
    return answers.page(request, "desk/settings.html", context, status=status)
