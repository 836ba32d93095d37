"""The form by which the secretariat brings in a published table of aid."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from clearinghouse.assistance.rules import EARLIEST, LATEST
from clearinghouse.files.rules import MIB

if TYPE_CHECKING:
    from clearinghouse.access.errors import Invalid

MOST = 20  # MiB


class FiguresForm(forms.Form):
    """A table as the OECD publishes it, and the year its figures are of."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV of the Creditor Reporting System, recipient by purpose code or recipient by"
            " donor, at most 20 MiB."
        ),
    )
    year = forms.IntegerField(label=_("Year of the figures"), min_value=EARLIEST, max_value=LATEST)

    def content(self) -> bytes:
        """No more than is looked at: what is longer is refused as too large."""
        found: bytes = self.cleaned_data["file"].read(MOST * MIB + 1)
        return found

    def take(self, why: "Invalid") -> None:
        """Every fault of the file, by row and column, beside it."""
        self.add_error("file", [said for sentences in why.faults.values() for said in sentences])
