"""The forms of a batch: the file that is brought in, and what the secretariat leaves out of it."""

import re
from collections.abc import Sequence
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clearinghouse.access.errors import Invalid
from clearinghouse.batches.actions import For
from clearinghouse.batches.queries.comparing import Misread
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import naming

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body

_LEFT_OUT = re.compile(r"\s*(?P<number>[0-9]{1,7})\s*:\s*(?P<why>\S.*)")


def _with_key(data: QueryDict | None) -> QueryDict | None:
    """What was sent without a key gets one: nobody could type it."""
    if data is None or data.get("key"):
        return data
    given = data.copy()
    given["key"] = token_urlsafe(18)
    return given


class BatchForm(forms.Form):
    """A file of one kind for one body. The key makes a second click find the first one's batch."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("What the file holds"))
    body = forms.ChoiceField(label=_("For"))
    instrument = forms.CharField(
        label=_("On the strength of"),
        help_text=_("The paper that asks for it."),
        max_length=300,
        required=False,
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "XLSX, CSV, JSON or JSON Lines; for monitoring visits a calendar (.ics) too, for"
            " assistance activities a file as donors publish it (IATI, .xml). At most 100,000 rows"
            " and 25 MiB; a larger published file is brought in by whoever runs this site, with"
            " the command “clearinghouse import iati”."
        ),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=120)

    def __init__(
        self,
        kinds: Sequence[Kind],
        bodies: Sequence["Body"],
        *,
        on_behalf: bool,
        data: QueryDict | None = None,
        files: Any = None,
    ) -> None:
        super().__init__(data=_with_key(data), files=files, initial={"key": token_urlsafe(18)})
        self.bodies = {body.code: body for body in bodies}
        self._choices("kind", [(k.value, gettext(DEFINITIONS[k].names)) for k in kinds])
        self._choices("body", [(b.code, str(naming.body_name(b))) for b in bodies])
        if len(bodies) == 1:
            self.fields["body"].widget = forms.HiddenInput()
            self.fields["body"].initial = bodies[0].code
        if not on_behalf:
            del self.fields["instrument"]

    def say_too_large(self) -> None:
        """Of a request of which no file was taken because of its size."""
        sent = gettext("This is larger than a file sent here may be; nothing of it was kept.")
        self.fields["file"].error_messages["required"] = sent

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def asked(self) -> For:
        said = self.cleaned_data
        return For(
            body=self.bodies[said["body"]],
            key=said["key"],
            instrument=said.get("instrument", ""),
        )

    def offered(self) -> Offered:
        sent = self.cleaned_data["file"]
        return Offered(name=sent.name, content=sent.read())

    def take(self, why: Unfit | Misread | Invalid) -> None:
        """Why the file was not taken, beside it."""
        if isinstance(why, Unfit):
            self.add_error("file", gettext(why.message) % why.values)
        elif isinstance(why, Misread):
            for each in why.found:
                said = gettext(each.fault.message) % dict(each.fault.values)
                self.add_error("file", f"{each.column}{each.row}: {said}")
        else:
            for name, sentences in why.faults.items():
                place = name if name in self.fields else "file"
                self.add_error(place, [gettext(one) for one in sentences])


class ReturnForm(forms.Form):
    """What is to be changed in a file before it can be taken."""

    use_required_attribute = False

    remark = forms.CharField(
        label=_("What is to be changed"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class LeaveOutForm(forms.Form):
    """Rows that the secretariat leaves out, each with its reason."""

    use_required_attribute = False

    left_out = forms.CharField(
        label=_("Rows to leave out"),
        help_text=_("Optional. One on each line, with the reason: 12: say which edition it is."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean_left_out(self) -> dict[int, str]:
        found = {}
        for line in self.cleaned_data["left_out"].splitlines():
            if not line.strip():
                continue
            if (read := _LEFT_OUT.fullmatch(line)) is None:
                said = gettext("“%(line)s”: write the number of the row, a colon, the reason.")
                raise forms.ValidationError(said % {"line": line[:80]})
            found[int(read["number"])] = read["why"]
        return found
