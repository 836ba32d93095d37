"""The small forms of the steps: what is to be changed, why a thing is withdrawn."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clearinghouse.submissions.rules.fields import Field

LONGEST_REMARK = 1000
LONGEST_REASON = 500


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class RemarksForm(forms.Form):
    """A remark for each field that should change, and one for the whole; one of them is needed."""

    use_required_attribute = False
    PREFIX = "remark-"

    def __init__(self, asked: Sequence[Field], data: QueryDict | None = None) -> None:
        super().__init__(data=data)
        self.fields[self.PREFIX] = forms.CharField(
            label=_("On the whole"), required=False, max_length=LONGEST_REMARK, widget=_lines(3)
        )
        for each in asked:
            self.fields[self.PREFIX + each.name] = forms.CharField(
                label=_(each.label), required=False, max_length=LONGEST_REMARK, widget=_lines(2)
            )
        for each_input in self.fields.values():
            each_input.widget.attrs.pop("maxlength", None)  # cutting a pasted text loses its end

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.values()) and not self.errors:
            self.add_error(self.PREFIX, _("Say what is to be changed, at least in general."))
        return given

    def remarks(self) -> dict[str, str]:
        """By field; "" for the whole."""
        return {name.removeprefix(self.PREFIX): said for name, said in self.cleaned_data.items()}


class ReasonForm(forms.Form):
    """Why a listed entry is withdrawn: it stays readable at the entry's address."""

    use_required_attribute = False

    because = forms.CharField(
        label=_("Why it is withdrawn"),
        help_text=_("The reason and the date stay visible where the entry was."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data=data)
        self.fields["because"].widget.attrs.pop("maxlength", None)  # as above
