"""Invented samples for the page /patterns: every component in every state it may be seen in."""

from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from clearinghouse.documents.model import Picture
from clearinghouse.documents.shapes import Bars, Heat, Shape, Timeline
from clearinghouse.kernel import languages
from clearinghouse.web import pictured, refusals
from clearinghouse.web.parts import (
    Appointment,
    Card,
    Cell,
    Column,
    Figure,
    File,
    Filter,
    Item,
    Pager,
    Step,
    Table,
    Term,
)
from clearinghouse.web.specimens import asking

# Titles as an originator would send them: in its own languages, not in ours.
TITLE = {"en": "Model rules on the screening of cargo (illustrative)"}
TITLE_FRENCH_ONLY = {"fr": "Règles types relatives au contrôle du fret (exemple)"}
TITLE_ARABIC = {"ar": "قواعد نموذجية لفحص البضائع (مثال)"}

NAVIGATION = (
    Item(_("Global standards"), "#standards", current=True),
    Item(_("Assistance"), "#assistance"),
    Item(_("Matrix of needs"), "#matrix"),
    Item(_("Organisations"), "#organisations"),
)
DESK_NAVIGATION = (
    Item(_("Waiting for you"), "#waiting", current=True, count=4),
    Item(_("Submissions"), "#submissions"),
    Item(_("Your row in the matrix"), "#row"),
)
TABS = (
    Item(_("As everybody sees it"), "#public", current=True),
    Item(_("As members see it"), "#members"),
    Item(_("Waiting for you"), "#waiting", count=2),
)
FILES = (
    File(_("Matrix of needs, as a document"), "#pdf", "PDF", _("240 kB"), _("English")),
    File(_("Matrix of needs, as a sheet"), "#xlsx", "XLSX", note=_("Opens in any spreadsheet.")),
)
CONTENTS = (
    Item(_("Where the reader is"), "#part-ways"),
    Item(_("Words, marks and dates"), "#part-words"),
    Item(_("Asking and doing"), "#part-asking"),
    Item(_("Lists, figures and files"), "#part-lists"),
    Item(_("What folds, is empty or is refused"), "#part-rest"),
)
CRUMBS = (
    Item(_("Front page"), "#front"),
    Item(_("Global standards"), "#standards"),
    Item(_("This entry")),
)

_HEADINGS = (
    Column(_("State")),
    Column(_("Need")),
    Column(_("Priority"), "number"),
    Column(_("Status")),
    Column(_("Who helps")),
    Column(_("Last confirmed")),
)


def _row(*cells: Any) -> tuple[Any, ...]:
    return cells


def table(language: str) -> Table:
    """Give three rows: one settled, one in another language, one not confirmed by the State."""
    return Table(
        name="specimen",
        caption=_("Needs by State, an illustration"),
        columns=_HEADINGS,
        rows=(
            _row(
                Cell(_("First sample State"), "#first"),
                _("Training of investigators in the freezing of assets"),
                "1",
                Cell(_("confirmed"), tone="settled"),
                _("A sample provider"),
                _("this month"),
            ),
            _row(
                Cell(_("Second sample State"), "#second"),
                Cell.told(TITLE_FRENCH_ONLY, language, note=_("not available in your language")),
                "2",
                Cell(_("requested"), tone="accent"),
                _("Nobody yet"),
                _("last year"),
            ),
            _row(
                Cell(_("Third sample State"), "#third", note=_("not confirmed by the State")),
                _("Equipment for border posts"),
                "3",
                Cell(_("identified"), tone="waiting"),
                _("not recorded"),
                _("not recorded"),
            ),
        ),
        empty="",
    )


EMPTY_TABLE = Table(
    "specimen-empty",
    _("A table without rows"),
    _HEADINGS[:3],
    (),
    _("No need has been recorded for this area."),
)

STACKED_TABLE = Table(
    "specimen-stacked",
    _("A table that stacks on a narrow screen"),
    (Column(_("State")), Column(_("Need")), Column(_("Priority"), "number")),
    ((_("Xanadu (illustrative)"), _("Training of customs officers"), "2"),),
    "",
    is_stacked=True,
)

SORTED_TABLE = Table(
    "specimen-sorted",
    _("A table that is sorted by its second column, and may be by the first"),
    (
        Column(_("State"), url="#pattern-data_table"),
        Column(_("Priority"), "number", url="#pattern-data_table", sorted="descending"),
    ),
    (
        (Cell(_("Xanadu (illustrative)"), "#first", apart=_("first of two rows")), "2"),
        (Cell(_("Second sample State"), "#second", apart=_("second of two rows")), "1"),
    ),
    "",
)

PAGES = tuple(Pager(current, 187, 20, {"area": "borders"}) for current in (1, 5, 10))

TERMS = (
    Term(_("Legal nature"), (_("Recommendation"),)),
    Term(
        _("Bears on"),
        (
            Cell(_("Paragraph 1 (a)"), "#1a", note=_("article 4")),
            Cell(_("Paragraph 2 (g)"), "#2g", note=_("annex II")),
        ),
    ),
    Term(_("Status"), (Cell(_("listed"), tone="settled"),)),
    Term(_("Date of entry into force"), ()),
)

FIGURES = (
    Figure(193, _("States with a row")),
    Figure(41, _("needs confirmed this month"), "#confirmed"),
    Figure(0, _("offers without a match")),
)

STEPS = (
    Step(_("Draft"), "done", _("a week ago")),
    Step(_("Submitted"), "done", _("yesterday")),
    Step(_("In review"), "current", note=_("with the secretariat")),
    Step(_("Listed")),
)


def cards(language: str) -> tuple[Card, ...]:
    """Give two entries: one with everything, one in another script with the title alone."""
    return (
        Card(
            Cell.told(TITLE, language, url="#card"),
            _("Rules that an administration may adapt to its own circumstances."),
            (_("A sample organisation"), _("second edition"), _("confirmed this year")),
            Cell(_("listed"), tone="settled"),
        ),
        Card(Cell.told(TITLE_ARABIC, language, url="#card-2")),
    )


def pictures() -> tuple[Picture, ...]:
    """Give one picture of each shape."""
    subjects = (_("Border control"), _("Finance"), _("Police and judicial cooperation"))
    names = tuple(str(name) for name in subjects)
    regions = tuple(str(name) for name in (_("First sample region"), _("Second sample region")))
    grid = Heat(
        head=str(_("Region")),
        unit=str(_("needs")),
        blank=str(_("nothing that you may see")),
        rows=regions,
        columns=names,
        counts=((1, 9, None), (4, 14, 22)),
    )
    bars = Bars(
        head=str(_("Subject")),
        unit=str(_("needs that you may see")),
        bars=tuple(zip(names, (12, 3, 0), strict=True)),
    )
    days = (date(2003, 3, 6), date(2003, 5, 31), date(2003, 9, 30))
    line = Timeline(
        head=str(_("Commitment")),
        unit=str(_("Due")),
        days=tuple(zip(names, days, strict=True)),
        today=date(2003, 4, 14),
        today_word=str(_("today")),
    )
    shapes: dict[str, Shape] = {"heat": grid, "bars": bars, "timeline": line}
    return tuple(
        pictured.picture(
            f"sample-{name}",
            str(_("An invented picture")),
            str(_("It shows nothing that exists.")),
            shape,
        )
        for name, shape in shapes.items()
    )


NO_FILTERS = (Filter("said", _("Words")),)
FILTERS = (
    Filter("q", _("Words"), hint=_("in titles and summaries")),
    Filter(
        "area",
        _("Subject"),
        "borders",
        (("", _("All subjects")), ("borders", _("Border control")), ("finance", _("Finance"))),
    ),
    Filter("as_of", _("As of"), kind="date"),
)

DAY = date(2003, 3, 6)
DEADLINE = datetime(2003, 3, 14, 20, 0, tzinfo=UTC)


APPOINTMENTS = (
    Appointment(date(2003, 3, 6), Cell(_("A sample meeting")), _("New York"), is_today=True),
    Appointment(
        date(2003, 3, 14),
        Cell(_("A sample deadline"), "#deadline"),
        _("What is not said by then is taken as agreed."),
        DEADLINE,
    ),
)


def context(language: str) -> dict[str, Any]:
    """Collect the samples under the names that patterns.html reads."""
    return {
        "language": language,
        "direction": languages.direction(language),
        "sample_languages": [(each.code, each.name, "#") for each in languages.OFFICIAL],
        "title_english": TITLE,
        "title_french": TITLE_FRENCH_ONLY,
        "title_arabic": TITLE_ARABIC,
        "sample_navigation": NAVIGATION,
        "sample_desk_navigation": DESK_NAVIGATION,
        "crumbs": CRUMBS,
        "table": table(language),
        "empty_table": EMPTY_TABLE,
        "stacked_table": STACKED_TABLE,
        "sorted_table": SORTED_TABLE,
        "sample_tabs": TABS,
        "files": FILES,
        "refusal_faults": [_("The second editor is shown both texts.")],
        "pages": PAGES,
        "terms": TERMS,
        "figures": FIGURES,
        "steps": STEPS,
        "pictures": pictures(),
        "appointments": APPOINTMENTS,
        "cards": cards(language),
        "filters": FILTERS,
        "no_filters": NO_FILTERS,
        "day": DAY,
        "deadline": DEADLINE,
        "empty_action": Item(_("Submit a standard"), "#submit"),
        "form": asking.plain_form(),
        "faulty_form": asking.faulty_form(),
        "disabled_form": asking.disabled_form(),
        "contents": CONTENTS,
        "statuses": sorted(refusals.SAID),
    }
