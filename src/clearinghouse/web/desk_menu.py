"""What each seat finds on its desk: one table of rooms and the seats that work in them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor, Role
from clearinghouse.kernel.marking import N_
from clearinghouse.people.asking import Asking
from clearinghouse.people.queries import may_vouch
from clearinghouse.web import due
from clearinghouse.web.parts import Item

ALL = frozenset(Role)


@dataclass(frozen=True)
class Place:
    """A line of the desk's menu."""

    label: str
    route: str
    who: frozenset[Role]
    is_vouching: bool = False  # also for whoever may be the second hand


SERVING = frozenset({Role.SECRETARIAT, Role.EXPERT})
COMMITTEE = SERVING | {Role.MEMBER}
CONTRIBUTORS = frozenset({Role.FOCAL_POINT, Role.STATE})
KEEPERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})

PLACES = (
    Place(N_("Today"), "desk", ALL),
    Place(N_("Contributions"), "desk-submissions", CONTRIBUTORS | SERVING),
    Place(N_("Tokens for programs"), "desk-tokens", CONTRIBUTORS),
    Place(N_("Files"), "desk-batches", CONTRIBUTORS | SERVING),
    Place(N_("Your entries"), "desk-entries", CONTRIBUTORS),
    Place(N_("What became of it"), "desk-became", CONTRIBUTORS),
    Place(N_("Monitoring calendar"), "desk-visits", CONTRIBUTORS | {Role.EXPERT}),
    Place(N_("What is stale"), "desk-stale", COMMITTEE),
    Place(N_("Contact with bodies"), "desk-outreach", SERVING),
    Place(N_("What you are asked"), "desk-invited", CONTRIBUTORS),
    Place(N_("Trusted bodies"), "desk-trusted", SERVING),
    Place(
        N_("Who takes part in the exchange"),
        "desk-participation",
        frozenset({Role.FOCAL_POINT, Role.EXPERT}),
    ),
    Place(N_("Needs"), "desk-needs", CONTRIBUTORS | COMMITTEE),
    Place(N_("Matrix issues"), "desk-circulars", CONTRIBUTORS | COMMITTEE),
    Place(N_("Action plan"), "desk-plan", CONTRIBUTORS | COMMITTEE | {Role.AUDITOR}),
    Place(N_("Meetings"), "desk-meetings", CONTRIBUTORS | COMMITTEE),
    Place(N_("Figures of aid"), "desk-figures", frozenset({Role.SECRETARIAT})),
    Place(N_("Holidays"), "desk-holidays", frozenset({Role.SECRETARIAT})),
    Place(N_("Letters"), "desk-letters", CONTRIBUTORS | COMMITTEE),
    Place(N_("Intake tray"), "desk-intake", CONTRIBUTORS | SERVING),
    Place(N_("Outbox"), "desk-outbox", SERVING),
    Place(N_("Accounts and seats"), "desk-people", KEEPERS),
    Place(N_("Proposals"), "desk-proposals", KEEPERS | {Role.EXPERT}, is_vouching=True),
    Place(N_("Record"), "desk-ledger", frozenset({Role.AUDITOR})),
    Place(N_("Your calendar"), "desk-calendar", ALL),
    Place(N_("Your settings"), "desk-settings", ALL),
    Place(N_("Sign-ins"), "desk-sign-ins", frozenset({Role.AUDITOR})),
)


def items(request: Asking) -> list[Item]:
    """The menu for this reader: the page they are on is marked, what waits is counted."""
    waiting = due.counts(request)
    found = [(p, reverse(p.route)) for p in PLACES if _is_for(p, request.actor)]
    here = max((url for _, url in found if request.path.startswith(url)), key=len, default="")
    return [
        Item(_(p.label), url, current=url == here, count=waiting.get(p.route)) for p, url in found
    ]


def _is_for(place: Place, actor: Actor) -> bool:
    return actor.holds(*place.who) or (place.is_vouching and may_vouch(actor))
