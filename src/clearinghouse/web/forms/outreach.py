"""The forms of contact with bodies: a line of the log, an invitation, an answer that came."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clearinghouse.crossings.reaching_out import ASKED_FOR
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.rules import Unit
from clearinghouse.outreach.actions import Call, Next, Said
from clearinghouse.outreach.rules import (
    LONGEST_LINE,
    LONGEST_SUMMARY,
    Answer,
    Channel,
    Standing,
)
from clearinghouse.submissions.rules.kinds import DEFINITIONS
from clearinghouse.web import naming, outreach_words
from clearinghouse.web.forms.inputs import BoxesInput, TextsInput, select
from clearinghouse.web.forms.meetings import Plain, Texts
from clearinghouse.web.forms.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearinghouse.mandate.models import Body, Meeting
    from clearinghouse.people.models import Person

FARTHEST = 3650  # days: no invitation hangs on a meeting ten years away


def day_field(label: Any, *, required: bool = False, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
        **more,
    )


class ExchangeForm(Plain):
    """What was said with a body, and what comes next."""

    on = day_field(_("On which day"), required=True)
    channel = forms.ChoiceField(label=_("By which way"), widget=forms.RadioSelect)
    summary = forms.CharField(
        label=_("What was said"),
        help_text=_("The matter, not the persons: read by the secretariat and the Experts alone."),
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    with_whom = forms.CharField(
        label=_("With whom"),
        help_text=_("A function is enough. It can be destroyed at any time."),
        required=False,
        max_length=LONGEST_LINE,
    )
    standing = forms.ChoiceField(label=_("Where contact stands now"), widget=forms.RadioSelect)
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=LONGEST_LINE)
    owner = forms.ChoiceField(label=_("Who takes it"), required=False)
    due_on = day_field(_("By which day"))

    def __init__(
        self,
        persons: "Sequence[Person]",
        today: date,
        standing: Standing,
        data: QueryDict | None = None,
    ) -> None:
        first = {"on": today, "standing": standing, "channel": Channel.MAIL}
        super().__init__(data=data, initial=first)
        self.persons = {str(p.pk): p for p in persons}
        listed = [(pk, p.name) for pk, p in self.persons.items()]
        for name, choices in (
            ("channel", [(c.value, gettext(w)) for c, w in outreach_words.CHANNELS.items()]),
            (
                "standing",
                [(s.value, gettext(w)) for s, (w, _t) in outreach_words.STANDINGS.items()],
            ),
            ("owner", listed),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices
        self.fields["owner"].widget = select(listed, blank=gettext("Nobody"))

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(
            on=given["on"],
            channel=Channel(given["channel"]),
            standing=Standing(given["standing"]),
            summary=given["summary"],
            with_whom=given["with_whom"],
            next=Next(
                step=given["next_step"],
                owner=self.persons.get(given["owner"]),
                due_on=given["due_on"],
            ),
        )


class CallForm(Plain):
    """What is asked for, of whom, and by when."""

    kinds = forms.MultipleChoiceField(label=_("What is asked for"), widget=BoxesInput)
    text = Texts(
        label=_("What the mail says beside it"),
        required=False,
        widget=TextsInput(lines=True),
    )
    meeting = forms.ChoiceField(
        label=_("The meeting that the day hangs on"),
        help_text=_("If the meeting moves, the day moves with it."),
        required=False,
    )
    offset = forms.IntegerField(
        label=_("How long before or after it"),
        required=False,
        min_value=0,
        max_value=FARTHEST,
        initial=0,
    )
    way = forms.ChoiceField(label=_("Counted in"), required=False, widget=forms.RadioSelect)
    on = day_field(_("Or a fixed day"))
    bodies = forms.MultipleChoiceField(label=_("Whom to invite"), widget=BoxesInput)

    WAYS = (
        ("days-before", _("days before it")),
        ("months-before", _("months before it")),
        ("days-after", _("days after it")),
        ("months-after", _("months after it")),
    )

    def __init__(self, words: Vocabulary, data: QueryDict | None = None) -> None:
        super().__init__(data=data, initial={"way": "days-before"})
        organisations, states = list(mandate.organisations()), list(mandate.states())
        self.listed = {b.code: b for b in (*organisations, *states)}
        self.meetings: dict[str, Meeting] = {m.code: m for m in mandate.meetings()}
        meetings = [(code, naming.say(m.title)) for code, m in self.meetings.items()]
        for name, choices in (
            ("kinds", [(k.value, gettext(DEFINITIONS[k].name)) for k in ASKED_FOR]),
            ("meeting", [("", gettext("None")), *meetings]),
            ("way", list(self.WAYS)),
            ("bodies", [*words.by_name(organisations), *words.by_name(states)]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("meeting") and given.get("on"):
            self.add_error("on", gettext("Choose a meeting or give a day, not both."))
        return given

    def call(self) -> Call:
        given = self.cleaned_data
        unit, _sep, way = (given["way"] or "days-before").partition("-")
        amount = given["offset"] or 0
        return Call(
            kinds=given["kinds"],
            texts=given["text"],
            meeting=self.meetings.get(given["meeting"]),
            offset=-amount if way == "before" else amount,
            unit=Unit(unit),
            on=given["on"],
        )

    def bodies_chosen(self) -> "list[Body]":
        return [self.listed[code] for code in self.cleaned_data["bodies"]]


class GivenForm(Plain):
    """What a body answered to an invitation."""

    answer = forms.ChoiceField(label=_("Its answer"))

    def __init__(self, said: str, data: QueryDict | None = None, auto_id: str = "id_%s") -> None:
        super().__init__(data=data, initial={"answer": said}, auto_id=auto_id)
        self.fields["answer"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (a.value, gettext(word)) for a, word in outreach_words.ANSWERS.items()
        ]

    def said(self) -> Answer:
        return Answer(self.cleaned_data["answer"])
