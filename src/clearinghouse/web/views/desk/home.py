"""Today: for each seat, what waits for it: one sentence and one button each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.people.asking import Asking
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Item
from clearinghouse.web.views.desk import answers, coming, giving, waiting
from clearinghouse.web.views.desk.submissions import beginnings
from clearinghouse.web.views.desk.waiting import Waiting

NEVER = datetime.max.replace(tzinfo=UTC)

Finder = Callable[[Asking, Vocabulary], list[Waiting]]

# What may wait for a seat, in the order in which it is shown.
FINDERS: tuple[tuple[frozenset[Role], Finder], ...] = (
    (frozenset({Role.MEMBER, Role.EXPERT, Role.SECRETARIAT}), waiting.clearances),
    (frozenset({Role.MEMBER, Role.EXPERT}), waiting.proposals),
    (frozenset({Role.SECRETARIAT, Role.MEMBER}), waiting.letters_in_hand),
    (frozenset({Role.SECRETARIAT}), waiting.failed_mails),
    (frozenset({Role.SECRETARIAT}), giving.contributions_to_review),
    (frozenset({Role.SECRETARIAT}), waiting.items_of_the_tray),
    (frozenset({Role.SECRETARIAT}), giving.listed_unreviewed),
    (frozenset({Role.SECRETARIAT, Role.EXPERT}), waiting.next_steps),
    (frozenset({Role.STATE}), giving.needs_to_confirm),
    (frozenset({Role.STATE}), waiting.needs_by_others),
    (frozenset({Role.FOCAL_POINT, Role.STATE}), waiting.invitations),
    (frozenset({Role.FOCAL_POINT, Role.STATE}), giving.asked_of_us),
    (
        frozenset({Role.FOCAL_POINT, Role.STATE, Role.SECRETARIAT}),
        giving.own_writing,
    ),
    (
        frozenset({Role.FOCAL_POINT, Role.STATE, Role.SECRETARIAT}),
        giving.files_in_hand,
    ),
    (frozenset({Role.FOCAL_POINT}), giving.reviews_at_one_time),
    (frozenset({Role.FOCAL_POINT, Role.STATE}), giving.entries_to_confirm),
    (frozenset({Role.EXPERT}), waiting.needs_not_confirmed),
)


@dataclass(frozen=True)
class Room:
    """What a seat can look up at any time: a sentence and where it leads."""

    text: str
    item: Item


def home(request: Asking) -> HttpResponse:
    """What waits, then what may be begun, then what may be looked up."""
    words = Vocabulary()
    found = [
        one
        for roles, finder in FINDERS
        if request.actor.holds(*roles)
        for one in finder(request, words)
    ]
    context = {
        "waiting": sorted(found, key=_pressing),
        "coming": coming.appointments(request),
        "beginnings": beginnings(request),
        "rooms": _rooms(request),
        "seen_by": _("you alone: it is put together for the seats you hold."),
    }
    return answers.page(request, "desk/home.html", context)


def _pressing(one: Waiting) -> tuple[bool, bool, datetime]:
    """First what needs an answer, then what has a day, the nearest first; else as it was found."""
    return not one.is_urgent, one.by is None, one.by or NEVER


def _rooms(request: Asking) -> list[Room]:
    """For seats whose work does not wait for anybody: where it is."""
    actor, rooms = request.actor, []
    if actor.holds(Role.AUDITOR):
        text = _("Who changed what, and when: line by line, each bound to the line before it.")
        rooms.append(Room(text, Item(_("Read the record"), waiting.url("desk-ledger"))))
    if actor.holds(Role.ADMINISTRATOR, Role.AUDITOR):
        text = _("Who holds which seat, since when, and on the strength of which paper.")
        rooms.append(Room(text, Item(_("See accounts and seats"), waiting.url("desk-people"))))
    if actor.holds(Role.STATE):
        text = _(
            "What is recorded as needed by your State, who may see each, and how to change it."
        )
        rooms.append(Room(text, Item(_("See your needs"), waiting.url("desk-needs"))))
    if actor.holds(Role.FOCAL_POINT):
        text = _("What your organisation has in the register, and when it last confirmed it.")
        rooms.append(Room(text, Item(_("See your entries"), waiting.url("desk-entries"))))
    if actor.holds(Role.FOCAL_POINT, Role.STATE):
        text = _(
            "What you gave, year by year: what was said of it, what stands, whose needs lie there."
        )
        rooms.append(Room(text, Item(_("See what became of it"), waiting.url("desk-became"))))
    if actor.holds(Role.MEMBER, Role.EXPERT, Role.SECRETARIAT):
        text = _("The matrix of needs, month by month, as your seat may see it.")
        rooms.append(Room(text, Item(_("See the matrix issues"), waiting.url("desk-circulars"))))
    return rooms
