"""The forms of the tray: on which paper it is recorded, why it is refused, what came on paper."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clearinghouse.intake.actions import NOTHING_TAKEN, Acceptance
from clearinghouse.intake.rules.workflow import CHANNEL_WORDS, Channel
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.kernel.marking import N_
from clearinghouse.mandate import queries as mandate
from clearinghouse.web.forms.inputs import BoxesInput, select
from clearinghouse.web.forms.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from clearinghouse.intake.models import Item
    from clearinghouse.mandate.models import Body

    Choices = Sequence[tuple[str, str]]

LONGEST = 100_000
TYPED = (Channel.PAPER, Channel.SCAN, Channel.FILE)


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def _day() -> forms.DateField:
    return forms.DateField(
        label=_("Date it was received"),
        help_text=_("For example: 2025-03-10."),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as 2025-03-10.")},
        widget=forms.DateInput(format="%Y-%m-%d"),
    )


PLACES = {  # what the rooms call it, as the reader does
    "on": N_("Date it was received"),
    "received_on": N_("Date it was received"),
    "scan": N_("Scan or file"),
    "text": N_("What it says"),
    "body": N_("State or organisation"),
}


class Told(forms.Form):
    """A form whose faults may come from the rooms, with the place that each is about."""

    use_required_attribute = False

    def take(self, faults: "Mapping[str, Sequence[str]]") -> None:
        """Beside its field; or above all, with its place, where it has no field here."""
        for name, sentences in faults.items():
            for said in sentences:
                sentence = gettext(said)
                if name in self.fields:
                    self.add_error(name, sentence)
                else:
                    place = gettext(PLACES[name]) if name in PLACES else name
                    self.add_error(None, f"{place}: {sentence}")


class FileForm(Told):
    """Which letter of ours it answers, where that was not recognised."""

    letter = forms.CharField(
        label=_("The number of the letter"),
        help_text=_("As it stands on the letter."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )


class AcceptForm(Told):
    """On which paper it is recorded. What is recorded stands beside it on the page."""

    instrument = forms.CharField(
        label=_("The paper that it is recorded on"),
        help_text=_("Its reference and date, for example: note verbale 12/2025 of 4 March 2025."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    received_on = _day()

    def __init__(
        self, now: "datetime", item: "Item", asked: "Choices" = (), data: QueryDict | None = None
    ) -> None:
        """`asked`: what it asks for, by its place; offered to choose from where it is several."""
        every = [place for place, _label in asked]
        super().__init__(data=data, initial={"received_on": item.received_on, "taken": every})
        self.today = day_in_new_york(now)
        if len(every) > 1:
            self.fields["taken"] = forms.MultipleChoiceField(
                label=gettext("What of it is recorded"),
                help_text=gettext("What you leave out is told to the sender as left out."),
                choices=asked,
                widget=BoxesInput,
                error_messages={"required": gettext(NOTHING_TAKEN)},
            )
            self.order_fields(["taken"])

    def said(self) -> Acceptance:
        given = self.cleaned_data
        taken = given.get("taken")
        places = None if taken is None else frozenset(map(int, taken))
        return Acceptance(given["instrument"], given["received_on"], places)

    def clean_instrument(self) -> str:
        given = str(self.cleaned_data["instrument"])
        if len(given) > 300:  # noqa: PLR2004  # as the table holds it
            raise forms.ValidationError(_("At most 300 characters."))
        return given

    def clean_received_on(self) -> "date":
        given: date = self.cleaned_data["received_on"]
        if given > self.today:
            raise forms.ValidationError(_("It cannot have been received after today."))
        return given


class RefuseForm(forms.Form):
    """Why nothing of it is recorded."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Why it is refused"),
        help_text=_("The seat that was written to is told this."),
        widget=_lines(3),
    )


class AttributeForm(forms.Form):
    """From which State or organisation it comes, by the secretariat's word."""

    use_required_attribute = False

    body = forms.ChoiceField(label=_("State or organisation"))

    def __init__(self, words: Vocabulary, data: QueryDict | None = None) -> None:
        super().__init__(data=data)
        states, organisations = list(mandate.states()), list(mandate.organisations())
        self.bodies = {b.code: b for b in (*organisations, *states)}
        listed = [*words.by_name(states), *words.by_name(organisations)]
        choices = [("", "—"), *listed]
        self.fields["body"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        self.fields["body"].widget = select(choices)

    def chosen(self) -> "Body | None":
        return self.bodies.get(self.cleaned_data.get("body") or "")


class TypedForm(AttributeForm):
    """What came on paper or as a scan, typed in by the secretariat."""

    channel = forms.ChoiceField(
        label=_("How it came"), choices=[(c.value, _(CHANNEL_WORDS[c])) for c in TYPED]
    )
    title = forms.CharField(
        label=_("What it is"),
        help_text=_("For example: note verbale 12/2025."),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    received_on = _day()
    reference = forms.CharField(
        label=_("Our reference, if it stands on it"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    text = forms.CharField(
        label=_("What it says"),
        help_text=_(
            "What is to be recorded: a line for each thing, beginning with the need's code. For"
            " example: N-1a2b3c4d rough cost: USD 20,000."
        ),
        required=False,
        max_length=LONGEST,
        widget=_lines(8),
    )
    file = forms.FileField(
        label=_("Scan or file"),
        help_text=_("PDF, PNG, JPEG, Word or Excel."),
        required=False,
    )

    field_order = ("channel", "title", "body", "received_on", "reference", "text", "file")

    def __init__(
        self,
        words: Vocabulary,
        now: "datetime",
        data: QueryDict | None = None,
        sent: MultiValueDict[str, Any] | None = None,
    ) -> None:
        super().__init__(words, data)
        self.files = sent or MultiValueDict()
        self.initial = {"received_on": day_in_new_york(now), "channel": Channel.PAPER.value}
        for each in self.fields.values():
            each.widget.attrs.pop("maxlength", None)  # cutting a pasted text loses its end
