"""Figures of aid as a State's page tells them: each with its year and source, none added up."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from clearinghouse.assistance import queries
from clearinghouse.web import naming
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Column, Table

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body


def table(state: "Body") -> Table | None:
    """None where no table says anything of this State: that is not to say it received nothing."""
    found = queries.under_obligations(state.pk)
    if not found:
        return None
    areas = Vocabulary().areas
    rows = [
        (
            Cell(naming.reference(b.obligation), note=_also(b)),
            Cell(", ".join(areas[a] for a in b.areas if a in areas) or _("not recorded")),
            Cell(b.figure.other_name, note=b.figure.other_code),
            Cell(f"{b.figure.amount:.3f}", note=b.figure.unit),
            Cell(str(b.figure.table.year), note=b.figure.table.source),
        )
        for b in found
    ]
    columns = (
        Column(_("Paragraph")),
        Column(_("Subjects it is counted under")),
        Column(_("Purpose code")),
        Column(_("Aid under this purpose code"), "number"),
        Column(_("Year and source")),
    )
    return Table("aid", _("Aid under purpose codes"), columns, rows, "", is_caption_hidden=True)


def _also(borne: queries.Borne) -> str:
    if not borne.others:
        return ""
    others = ", ".join(naming.reference(ref) for ref in borne.others)
    return _("the same figure stands under %(others)s as well") % {"others": others}
