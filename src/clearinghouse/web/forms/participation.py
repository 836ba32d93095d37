"""The forms of who takes part in the confidential exchange: it begins, changes, ends."""

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clearinghouse.mandate import queries as mandate
from clearinghouse.outreach.actions.participation import Agreed
from clearinghouse.outreach.rules.participation import LONGEST_PAPER, LONGEST_TERMS
from clearinghouse.web.forms.inputs import TextsInput, select
from clearinghouse.web.forms.meetings import Plain, Texts
from clearinghouse.web.forms.outreach import day_field
from clearinghouse.web.forms.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from clearinghouse.mandate.models import Body
    from clearinghouse.outreach.models import Participation


class TermsForm(Plain):
    """On what terms a body takes part, and until when."""

    words = Texts(
        label=_("On what terms"),
        help_text=_("In words, by the name of a paper below, or both."),
        required=False,
        widget=TextsInput(lines=True),
        longest=LONGEST_TERMS,
    )
    paper = forms.CharField(
        label=_("The paper that has them"),
        help_text=_("Its title or reference, and its date."),
        required=False,
        max_length=LONGEST_PAPER,
    )
    until = day_field(_("Last day, where one is agreed"))

    def agreed(self) -> Agreed:
        given = self.cleaned_data
        return Agreed(words=given["words"], paper=given["paper"], until=given["until"])


class JoinForm(TermsForm):
    """That an organisation takes part from a day on."""

    body = forms.ChoiceField(label=_("Which organisation"))
    since = day_field(_("From which day"), required=True)

    field_order = ("body", "since")

    def __init__(
        self, taking: "Collection[UUID]", today: date, data: QueryDict | None = None
    ) -> None:
        super().__init__(data=data, initial={"since": today})
        free = [b for b in mandate.organisations() if b.pk not in taking]
        self.listed = {b.code: b for b in free}
        choices = Vocabulary().by_name(free)
        self.fields["body"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        self.fields["body"].widget = select(choices, blank=gettext("Choose one"))

    def body_chosen(self) -> "Body":
        return self.listed[self.cleaned_data["body"]]


class AmendForm(TermsForm):
    """That other terms hold from a day on; begins with those that hold."""

    on = day_field(_("From which day they hold"), required=True)

    field_order = ("on",)

    def __init__(self, line: "Participation", today: date, data: QueryDict | None = None) -> None:
        first = {"words": line.words, "paper": line.paper, "until": line.until}
        first |= {"on": max(today, line.holds_from)}
        super().__init__(data=data, initial=first, auto_id="id_amend_%s")


class LeaveForm(Plain):
    """That a body takes part until a day."""

    until = day_field(_("Its last day"), required=True)

    def __init__(self, line: "Participation", today: date, data: QueryDict | None = None) -> None:
        first = {"until": max(today, line.since)}
        super().__init__(data=data, initial=first, auto_id="id_leave_%s")
