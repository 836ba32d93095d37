"""What each seat finds on its desk: one table of rooms and the seats that work in them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor, Role
from clearinghouse.kernel.marking import N_
from clearinghouse.web.parts import Item

ALL = frozenset(Role)


@dataclass(frozen=True)
class Place:
    """A line of the desk's menu."""

    label: str
    route: str
    who: frozenset[Role]


PLACES = (Place(N_("Today"), "desk", ALL),)


def items(actor: Actor, path: str) -> list[Item]:
    """The menu for this actor, with the page they are on marked."""
    found = [(p, reverse(p.route)) for p in PLACES if actor.holds(*p.who)]
    here = max((url for _, url in found if path.startswith(url)), key=len, default="")
    return [Item(_(p.label), url, current=url == here) for p, url in found]
