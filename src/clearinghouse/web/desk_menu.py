"""What each seat finds on its desk: one table of rooms and the seats that work in them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.kernel.marking import N_
from clearinghouse.people.asking import Asking
from clearinghouse.web import due
from clearinghouse.web.parts import Item

ALL = frozenset(Role)


@dataclass(frozen=True)
class Place:
    """A line of the desk's menu."""

    label: str
    route: str
    who: frozenset[Role]


SERVING = frozenset({Role.SECRETARIAT, Role.EXPERT})
COMMITTEE = SERVING | {Role.MEMBER}
CONTRIBUTORS = frozenset({Role.FOCAL_POINT, Role.STATE})
KEEPERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})

PLACES = (
    Place(N_("Today"), "desk", ALL),
    Place(N_("Contributions"), "desk-submissions", CONTRIBUTORS | SERVING),
    Place(N_("Your entries"), "desk-entries", frozenset({Role.FOCAL_POINT})),
    Place(N_("Needs"), "desk-needs", CONTRIBUTORS | COMMITTEE),
    Place(N_("Matrix issues"), "desk-circulars", CONTRIBUTORS | COMMITTEE),
    Place(N_("Action plan"), "desk-plan", CONTRIBUTORS | COMMITTEE | {Role.AUDITOR}),
    Place(N_("Meetings"), "desk-meetings", CONTRIBUTORS | COMMITTEE),
    Place(N_("Holidays"), "desk-holidays", frozenset({Role.SECRETARIAT})),
    Place(N_("Outbox"), "desk-outbox", SERVING),
    Place(N_("Accounts and seats"), "desk-people", KEEPERS),
    Place(N_("Record"), "desk-ledger", frozenset({Role.AUDITOR})),
    Place(N_("Your calendar"), "desk-calendar", ALL),
    Place(N_("Your settings"), "desk-settings", ALL),
)


def items(request: Asking) -> list[Item]:
    """The menu for this reader: the page they are on is marked, what waits is counted."""
    waiting = due.counts(request)
    found = [(p, reverse(p.route)) for p in PLACES if request.actor.holds(*p.who)]
    here = max((url for _, url in found if request.path.startswith(url)), key=len, default="")
    return [
        Item(_(p.label), url, current=url == here, count=waiting.get(p.route)) for p, url in found
    ]
