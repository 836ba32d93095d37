"""The forms of letters: what is written, to whom, how it left, when it came, what was answered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from clearinghouse.files.actions import Offered
from clearinghouse.letters.actions import Answer, Receipt, Sending
from clearinghouse.letters.queries.words import MEANS
from clearinghouse.letters.rules.wording import LIMITS, Kind, MergeField, Wording
from clearinghouse.letters.rules.workflow import Form, Means
from clearinghouse.web import naming
from clearinghouse.web.forms.inputs import BoxesInput, select

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from clearinghouse.mandate.models import Body

VALUE = "field-"  # before the name of a merge field
LONGEST_REASON = 500
EVERYBODY = "all"

Choices = Sequence[tuple[str, str]]


class Spoken(forms.Form):
    """A form whose faults may come from the room, by part or merge field."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.fields.values():
            each.widget.attrs.pop("maxlength", None)  # cutting a pasted text loses its end

    def take(self, faults: Mapping[str, Sequence[str]]) -> None:
        """What the room refused, beside its field, or above all where it has none here."""
        for name, sentences in faults.items():
            known = next((n for n in (name, VALUE + name) if n in self.fields), None)
            for said in sentences:
                self.add_error(known, said if known else f"{name}: {said}")


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def _day(label: str, *, required: bool = True, initial: date | None = None) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        initial=initial,
        input_formats=["%Y-%m-%d"],
        help_text=_("Written as 2026-03-06."),
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"dir": "ltr", "size": 12, "inputmode": "numeric"}
        ),
    )


def value_input(each: MergeField, meetings: Choices) -> forms.Field:
    """The input of one merge field; it may stay empty in a draft."""
    label, required = naming.say(each.label), False
    if each.kind == Kind.MEETING:
        return forms.CharField(label=label, required=required, widget=select(meetings))
    if each.kind == Kind.DATE:
        widget = forms.TextInput(attrs={"dir": "ltr", "size": 12, "inputmode": "numeric"})
        hint = _("Written as 2026-03-06.")
        return forms.CharField(label=label, required=required, help_text=hint, widget=widget)
    rows = forms.TextInput(attrs={"dir": "auto"}) if each.kind == Kind.TEXT else _lines(6)
    return forms.CharField(label=label, required=required, widget=rows)


class ValuesForm(Spoken):
    """The merge fields of a template."""

    def __init__(
        self,
        merge: Sequence[MergeField],
        meetings: Choices,
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data=data, initial=initial)
        for each in merge:
            self.fields[VALUE + each.name] = value_input(each, meetings)

    def values(self) -> dict[str, str]:
        given = self.cleaned_data
        return {n.removeprefix(VALUE): given[n] for n in given if n.startswith(VALUE)}


class WritingForm(ValuesForm):
    """A letter's text, part by part, and what goes into its fields."""

    PARTS: Mapping[str, tuple[Any, Any, int]] = {
        "address": (_("Address"), _("One line each, as it is printed."), 4),
        "subject": (_("Subject"), "", 1),
        "opening": (_("Opening"), _("A word in braces is a field: it is filled from above."), 3),
        "passage": (_("Text"), _("A blank line parts paragraphs."), 12),
        "closing": (_("Closing"), "", 3),
    }

    def __init__(
        self,
        merge: Sequence[MergeField],
        meetings: Choices,
        form: Form,
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(merge, meetings, data, initial)
        for name, (label, hint, rows) in self.PARTS.items():
            if name != "subject" or form == Form.LETTER:
                self.fields[name] = forms.CharField(
                    label=label, help_text=hint, required=False, widget=_lines(rows)
                )

    def wording(self) -> Wording:
        return Wording(**{name: self.cleaned_data.get(name, "") for name in LIMITS})


class ChoiceForm(Spoken):
    """Which template, and to whom."""

    template = forms.ChoiceField(label=_("Form and purpose"))
    body = forms.ChoiceField(label=_("State or organisation"))

    def __init__(self, templates: Choices, bodies: Choices, data: QueryDict | None = None) -> None:
        super().__init__(data=data)
        for name, choices in (("template", templates), ("body", bodies)):
            field = self.fields[name]
            field.choices = list(choices)  # type: ignore[attr-defined]  # a field of choices
            field.widget = select(choices)


class BulkForm(ValuesForm):
    """To whom a template goes: all, a group, or those ticked; and what goes into its fields."""

    def __init__(
        self,
        merge: Sequence[MergeField],
        meetings: Choices,
        to: tuple[Choices, Choices],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(merge, meetings, data)
        groups, bodies = to
        first: dict[str, forms.Field] = {
            "group": forms.ChoiceField(
                label=gettext("To"),
                required=False,
                choices=[("", gettext("those ticked below")), *groups],
            ),
            "bodies": forms.MultipleChoiceField(
                label=gettext("Addressees"), required=False, choices=bodies, widget=BoxesInput
            ),
        }
        self.fields = {**first, **self.fields}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("group") and not given.get("bodies"):
            self.add_error("bodies", _("Choose somebody to write to."))
        return given


class SendingForm(Spoken):
    """How it leaves, and on which day."""

    means = forms.ChoiceField(
        label=_("How"),
        choices=[(m.value, gettext_lazy(said)) for m, said in MEANS.items()],
        widget=forms.RadioSelect,
    )

    def __init__(self, today: date, data: QueryDict | None = None) -> None:
        super().__init__(data=data)
        self.fields["on"] = _day(gettext("On"), initial=today)

    def sending(self) -> Sending:
        return Sending(Means(self.cleaned_data["means"]), self.cleaned_data["on"])


class ReceiptForm(Spoken):
    """When it was received, by whom, and under which reference of theirs."""

    def __init__(self, today: date, data: QueryDict | None = None) -> None:
        super().__init__(data=data, prefix="receipt")
        self.fields["on"] = _day(gettext("Received on"), initial=today)
        self.fields["by"] = forms.CharField(label=gettext("By whom"), required=False)
        self.fields["reference"] = forms.CharField(
            label=gettext("Their reference"), required=False
        )

    def receipt(self) -> Receipt:
        given = self.cleaned_data
        return Receipt(given["on"], given["by"], given["reference"])


class AnswerForm(Spoken):
    """What the addressee answered."""

    def __init__(self, today: date, data: QueryDict | None = None, files: Any = None) -> None:
        super().__init__(data=data, files=files, prefix="reply")
        self.fields["received_on"] = _day(gettext("Received on"), initial=today)
        self.fields["dated"] = _day(gettext("It bears the date"), required=False)
        self.fields["reference"] = forms.CharField(
            label=gettext("Their reference"), required=False
        )
        self.fields["text"] = forms.CharField(
            label=gettext("Text"), required=False, widget=_lines(6)
        )
        self.fields["scan"] = forms.FileField(label=gettext("Scan"), required=False)

    def answer(self) -> Answer:
        given = self.cleaned_data
        return Answer(
            received_on=given["received_on"],
            dated=given["dated"],
            reference=given["reference"],
            text=given["text"],
            scan=offered(given["scan"]) if given["scan"] else None,
        )


class ScanForm(Spoken):
    """The scan of what was sent: it is the record."""

    def __init__(self, data: QueryDict | None = None, files: Any = None) -> None:
        super().__init__(data=data, files=files, prefix="scan")
        self.fields["scan"] = forms.FileField(label=gettext("The scan of what was sent"))


class SendBackForm(Spoken):
    """What is to be changed before it can go."""

    remark = forms.CharField(
        label=_("What is to be changed"), max_length=LONGEST_REASON, widget=_lines(3)
    )


class CancelForm(Spoken):
    """Why it will not go."""

    because = forms.CharField(
        label=_("Why it is cancelled"),
        help_text=_("The letter stays in the register, with this reason."),
        max_length=LONGEST_REASON,
        widget=_lines(3),
    )


def offered(upload: "UploadedFile[bytes]") -> Offered:
    return Offered(name=upload.name or "", content=upload.read())


def by_name(bodies: Sequence["Body"]) -> list[tuple[str, str]]:
    return [(b.code, naming.body_name(b)) for b in naming.alphabetical(bodies)]
