"""Pictures for a page, each made from what its reader sees and from nothing else."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from clearinghouse.documents.model import Picture
from clearinghouse.documents.shapes import Bars, Heat, Shape, Timeline
from clearinghouse.kernel import languages
from clearinghouse.web import naming
from clearinghouse.web.parts import Text


def picture(key: str, caption: str, description: str, shape: Shape) -> Picture:
    """A picture in the language of this page."""
    spoken = naming.language()
    return Picture(
        key=key,
        caption=caption,
        description=description,
        shape=shape,
        in_figures=_("The same in figures"),
        language=spoken,
        direction=languages.direction(spoken),
    )


def by_subject(rows: Sequence[Mapping[str, Any]], areas: Mapping[str, str]) -> Picture | None:
    """How many of these needs lie in each subject, the subjects in their own order."""
    counted = Counter(row["area"] for row in rows)
    bars = tuple((title, counted[code]) for code, title in areas.items())
    if not counted or not bars:
        return None
    return picture(
        "needs-by-subject",
        _("Needs recorded, by subject"),
        _("A bar for each subject, as long as the number of needs that you may see."),
        Bars(head=_("Subject"), unit=_("needs that you may see"), bars=bars),
    )


def by_region(
    rows: Sequence[Mapping[str, Any]],
    areas: Mapping[str, str],
    regions: Mapping[str, tuple[str, Iterable[str]]],
) -> Picture | None:
    """How many of these needs lie in each region and subject. `regions`: name, codes of States."""
    of = {state: code for code, (_name, states) in regions.items() for state in states}
    counted = Counter((of[row["state"]], row["area"]) for row in rows if row["state"] in of)
    if not counted or not areas:
        return None
    counts = tuple(tuple(counted[code, area] or None for area in areas) for code in regions)
    return picture(
        "needs-by-region",
        _("Needs recorded, by region and subject"),
        _("A field for each region and subject, the darker the more needs that you may see."),
        Heat(
            head=_("Region"),
            unit=_("needs"),
            blank=_("nothing that you may see"),
            rows=tuple(name for name, _states in regions.values()),
            columns=tuple(areas.values()),
            counts=counts,
        ),
    )


def deadlines(days: Sequence[tuple[Text, date]], today: date) -> Picture | None:
    """What of the plan falls on which day; what has no day is not drawn."""
    if not days:
        return None
    return picture(
        "plan-by-day",
        _("The plan by its days"),
        _("A line for each commitment due since a year ago or to come, the earliest first."),
        Timeline(
            head=_("Commitment"),
            unit=_("Due"),
            days=tuple((str(name), on) for name, on in days),
            today=today,
            today_word=_("today"),
        ),
    )
