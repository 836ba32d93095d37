"""The forms of trust in a body: given and taken back, each with its reason."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clearinghouse.batches.rules.trust import LONGEST_REASON
from clearinghouse.mandate import queries as mandate
from clearinghouse.web.forms.inputs import select
from clearinghouse.web.forms.meetings import Plain
from clearinghouse.web.forms.vocabulary import Vocabulary

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body

AREA = {"rows": 3, "dir": "auto"}


class TrustForm(Plain):
    """Whose changes need no review, and why."""

    body = forms.ChoiceField(label=_("Which State or organisation"))
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Read by the secretariat and the Experts."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs=AREA),
    )

    def __init__(self, trusted: Collection[UUID], data: QueryDict | None = None) -> None:
        super().__init__(data=data)
        words = Vocabulary()
        organisations = [b for b in mandate.organisations() if b.pk not in trusted]
        states = [b for b in mandate.states() if b.pk not in trusted]
        self.listed: dict[str, Body] = {b.code: b for b in (*organisations, *states)}
        choices = [*words.by_name(organisations), *words.by_name(states)]
        self.fields["body"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        self.fields["body"].widget = select(choices, blank=gettext("Choose one"))

    def body_chosen(self) -> "Body":
        return self.listed[self.cleaned_data["body"]]


class RevokeForm(Plain):
    """Why the body's changes are reviewed again."""

    reason = forms.CharField(
        label=_("Why it is not trusted any more"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs=AREA),
    )
