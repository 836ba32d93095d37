"""The words a matrix is made of: who may see it, what the columns and marks mean."""

from dataclasses import replace

from django.utils.translation import gettext as _

from clearinghouse.circulars.rules import Audience, Change, Sight
from clearinghouse.documents import words as documents
from clearinghouse.documents.model import Labels
from clearinghouse.kernel.marking import N_

CHANGE_WORDS: dict[str, str] = {
    Change.NEW: N_("new"),
    Change.CHANGED: N_("changed"),
    Change.ENDED: N_("ended"),
}


def seen_by(audience: Audience) -> str:
    """The one line that says who may see a rendition, from the table of seats."""
    lines = {
        Sight.PUBLIC: _("Everybody."),
        Sight.MEMBER: _("Members of the committee, its Experts and the secretariat."),
        Sight.FULL: _("The committee's Experts and the secretariat."),
        Sight.BODY: _(
            "The State or organisation to which it was sent, the committee's Experts and the"
            " secretariat."
        ),
    }
    return lines[audience.sight]


def distribution(audience: Audience) -> str:
    """As United Nations documents say it."""
    return _("General") if audience.sight == Sight.PUBLIC else _("Restricted")


def legend() -> tuple[str, ...]:
    return (
        _("Priority as the State sets it: 1 is the most pressing, 3 the least."),
        _("Place: the rank among the State's five most pressing needs, where it gives one."),
        _("“Not confirmed by the State”: somebody else says that there is a need."),
        _("“Contested”: the State does not agree; its observation stands beside it."),
        _("States stand in alphabetical order of the language; the order says nothing else."),
        _("The hash is the SHA-256 of the canonical JSON of this rendition as it was frozen."),
        _("“Illustrative” marks invented States, bodies and content of a demonstration."),
    )


def labels() -> Labels:
    hashed = _("Hash of this rendition (SHA-256)")
    return replace(documents.labels(_), subtitle=_("Month"), hash=hashed)
