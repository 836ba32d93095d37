"""The way back: from the front page by the list a thing stands in to the thing itself."""

from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.web.parts import Item


def to(route: str, label: str, here: str) -> list[Item]:
    """Front page, the list behind `route`, and this page."""
    return [Item(_("Front page"), reverse("home")), Item(label, reverse(route)), Item(here)]
