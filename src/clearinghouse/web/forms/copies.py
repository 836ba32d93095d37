"""The form of a copy that goes with a contribution: the file, its language and its edition."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clearinghouse.access.errors import Invalid
from clearinghouse.files.actions import Offered
from clearinghouse.kernel import languages
from clearinghouse.submissions.actions import copies
from clearinghouse.submissions.rules.copies import EDITION, FILE, LANGUAGE, REPLACES, TAKEN
from clearinghouse.web.forms.inputs import Typed, select

if TYPE_CHECKING:
    from clearinghouse.submissions.models import Copy


class CopyForm(forms.Form):
    """One file at a time; `there` are the copies that are attached already.

    `is_needed`: the form stands by itself, and without a file there is nothing to send.
    """

    use_required_attribute = False

    def __init__(
        self,
        there: "Sequence[Copy]" = (),
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        is_needed: bool = False,
    ) -> None:
        super().__init__(data=data, files=files)
        self.there = {str(each.pk): each for each in there}
        spoken = [(each.code, each.name) for each in languages.OFFICIAL]
        types = ", ".join(each.value.upper() for each in TAKEN)
        self.fields[FILE] = forms.FileField(
            label=_("Copy to attach"),
            help_text=_(
                "The text itself, one file for each language: %(types)s. What a file tells of"
                " persons beside its content is taken out of what readers get, except from a PDF."
            )
            % {"types": types},
            required=is_needed,
            allow_empty_file=True,  # that it is empty is said by the room of files
        )
        self.fields[LANGUAGE] = Typed(
            label=_("Language of the copy"),
            required=False,
            widget=select(spoken, blank=str(_("not said"))),
        )
        self.fields[EDITION] = Typed(
            label=_("Edition of the copy"),
            help_text=_("For example: 2nd edition, 2025."),
            required=False,
            widget=forms.TextInput(attrs={"dir": "auto"}),
        )
        if self.there:
            known = [(pk, each.file.name) for pk, each in self.there.items()]
            self.fields[REPLACES] = Typed(
                label=_("In the place of"),
                required=False,
                widget=select(known, blank=str(_("none: it is added"))),
            )

    def is_sound(self) -> bool:
        """Whether it may be attached, or nothing is to be; else each fault stands at its place."""
        if not self.is_valid():
            return False
        brought = self.brought()
        if brought is not None:
            try:
                copies.must_fit(brought, list(self.there.values()))
            except Invalid as why:
                self.take(why.faults)
        return not self.errors

    def take(self, faults: Mapping[str, Sequence[str]]) -> None:
        """What the room refused, beside its field."""
        for name, sentences in faults.items():
            for said in sentences:
                self.add_error(name if name in self.fields else None, said)

    def brought(self) -> copies.Brought | None:
        """None where no file was sent. A place that is not there any more is no place."""
        given = self.cleaned_data
        if not (sent := given.get(FILE)):
            return None
        sent.seek(0)
        language, edition = str(given[LANGUAGE] or ""), str(given[EDITION] or "").strip()
        offered = Offered(name=sent.name or "", content=sent.read(), language=language)
        replaces = self.there.get(str(given.get(REPLACES) or ""))
        return copies.Brought(file=offered, edition=edition, replaces=replaces)
