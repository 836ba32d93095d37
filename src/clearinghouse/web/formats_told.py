"""The formats laid out for a page and a sheet: fields, choices, faults of a file, words."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.formats.sheets import Told
from clearinghouse.submissions.queries.checking import Checked
from clearinghouse.submissions.rules import cells
from clearinghouse.submissions.rules.fields import Field, Type
from clearinghouse.submissions.rules.kinds import Definition
from clearinghouse.web.parts import Cell, Column, Table, Text

FORMS: dict[Type, str] = {
    Type.TEXT: N_("one line of text"),
    Type.TEXTS: N_("one line in each of some languages"),
    Type.LONG_TEXTS: N_("paragraphs in each of some languages"),
    Type.CHOICE: N_("one of the values named"),
    Type.NUMBER: N_("one of the values named"),
    Type.DATE: N_("YYYY, YYYY-MM or YYYY-MM-DD"),
    Type.URL: N_("an address that begins with https:// or http://"),
    Type.EMAIL: N_("an address of electronic mail"),
    Type.LANGUAGES: N_("codes of languages: ar, zh, en, fr, ru, es"),
    Type.AREA: N_("the code of one subject"),
    Type.AREAS: N_("codes of subjects"),
    Type.OBLIGATIONS: N_("paragraphs, each with the place that bears on it: 1(a): article 2"),
    Type.PROVIDERS: N_("codes of providers"),
    Type.STATE: N_("the code of a State"),
    Type.STATES: N_("codes of States"),
    Type.REGIONS: N_("codes of regions"),
    Type.CHECKLIST: N_("an answer to each question, one column a question"),
    Type.LINES: N_("some texts of one line each; one on each line"),
    Type.MILESTONES: N_("a date, a colon and what is due; one on each line"),
}


def fields(definition: Definition) -> Table:
    """Every field with its columns in a sheet, what it takes and what it may hold."""
    rows: list[Sequence[Cell | Text]] = [
        (
            Cell(_(each.label), note=_(each.hint) if each.hint else ""),
            ", ".join(_names(each)),
            Cell(_(FORMS[each.type]), note=_values(each)),
            _("needed") if each.required else _("optional"),
        )
        for each in definition.fields
    ]
    labels = (_("Field"), _("Name in a file"), _("What it takes"), "")
    columns = [Column(label) for label in labels[:3]] + [Column(_("Needed"))]
    return Table("fields", _("Fields"), columns, rows, "", is_caption_hidden=True)


def _names(each: Field) -> list[str]:
    if each.type in cells.IN_LANGUAGES:
        return [f"{each.name}[en]", f"{each.name}[fr] …"]
    return [f"{each.name}[{part}]" if part else each.name for part in cells.parts(each)]


def _values(each: Field) -> str:
    told = [
        f"{value}: {_(label)}" if value != _(label) else value
        for value, label in each.choices.items()
    ]
    longest = _("at most %(count)s characters") % {"count": each.longest}
    long = each.type in {Type.TEXT, *cells.IN_LANGUAGES, Type.URL, Type.EMAIL}
    return "; ".join(told) if told else longest if long else ""


def faults(found: Checked) -> Table:
    """What is wrong, row by row, in the reader's language."""
    rows: list[Sequence[Cell | Text]] = [
        (str(row), column, field, _(message) % values)
        for row, column, field, message, values in _told(found)
    ]
    labels = (_("Row"), _("Column"), _("Field"), _("What is wrong"))
    columns = [Column(label) for label in labels]
    caption = _("What is wrong in the file")
    return Table("faults", caption, columns, rows, _("Nothing is wrong."), is_caption_hidden=True)


def _told(found: Checked) -> list[tuple[int, str, str, str, dict[str, object]]]:
    return [
        (e.row, e.column, e.fault.field, e.fault.message, dict(e.fault.values))
        for e in found.found
    ]


def read_as(said: Mapping[str, str]) -> str:
    encoding = _("Read as %(encoding)s.") % {"encoding": said["encoding"].upper()}
    if "separator" not in said:
        return encoding
    return _("Read as %(encoding)s, with %(separator)s between the columns.") % {
        "encoding": said["encoding"].upper(),
        "separator": _(said["separator"]),
    }


def words() -> Told:
    """The words of a sheet, in the language that is spoken now."""
    return Told(
        say=_,
        example=_("Example"),
        notes=_("Notes"),
        how=[
            _(
                "One row for each entry, on the first sheet. Leave the names in its first row"
                " as they are."
            ),
            _(
                "Leave “entry” blank for what is new. In a file of what stands already it is"
                " filled: leave it as it is, and the row changes that entry."
            ),
            _("Texts have a column for each language, as title[fr]: add those you need."),
            _("Where several values stand in one cell, put semicolons between them."),
        ],
    )
