"""The forms of a need in the matrix: who may see it, the State's observation, words of another."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clearinghouse.kernel.marking import N_
from clearinghouse.mandate import queries as mandate
from clearinghouse.needs import actions
from clearinghouse.needs.rules import OBSERVATION_WORDS, ORDER, ORIGIN_WORDS, Consent, Origin
from clearinghouse.submissions.rules.fields import Fault, Field, Type
from clearinghouse.submissions.rules.kinds import CONSENTS, NEED
from clearinghouse.web.forms.contributions import FieldsForm
from clearinghouse.web.forms.inputs import BoxesInput
from clearinghouse.web.forms.vocabulary import Vocabulary

SHARING = frozenset({"consent", "providers"})
PLACE = frozenset({"area"})
ALONE = frozenset({"rank"})  # among its own needs a State alone decides

REVISED = tuple(f for f in NEED.fields if f.name not in SHARING | PLACE)
STATE = Field(name="state", type=Type.CHOICE, label=N_("State"), required=True)
ORIGIN = Field(
    name="origin",
    type=Type.CHOICE,
    label=N_("Who says that there is a need"),
    required=True,
    choices={o.value: label for o, label in ORIGIN_WORDS.items() if o != Origin.STATE},
)
WORDED = tuple(f for f in NEED.fields if f.name not in SHARING | ALONE)
OBSERVATION = Field(
    name="observation",
    type=Type.LONG_TEXTS,
    label=N_("The State's observation"),
    hint=N_("At most 150 words. It is printed wherever the need is shown."),
    longest=2000,
)
WORDS = N_("At most %(longest)s words; this has %(length)s.")


class SharingForm(forms.Form):
    """How far a State lets its need be seen. Only what may be chosen is laid open."""

    use_required_attribute = False

    consent = forms.ChoiceField(
        label=_("Who may see it"), choices=list(CONSENTS.items()), widget=forms.RadioSelect
    )
    providers = forms.MultipleChoiceField(
        label=_("Providers that may see it, by name"),
        help_text=_("Only if you chose to name providers above."),
        required=False,
        widget=BoxesInput,
    )

    def __init__(
        self,
        now: actions.Sharing,
        words: Vocabulary,
        *,
        may_widen: bool,
        data: QueryDict | None = None,
    ) -> None:
        named = [b.code for b in now.providers]
        super().__init__(data=data, initial={"consent": now.consent, "providers": named})
        reach = ORDER if may_widen else ORDER[: ORDER.index(now.consent) + 1]
        shown = words.providers if may_widen else {c: words.providers.get(c, c) for c in named}
        choice, boxes = self.fields["consent"], self.fields["providers"]
        labels = [(c.value, gettext(CONSENTS[c])) for c in reach]
        choice.widget.choices = labels
        boxes.choices = list(words.providers.items())  # type: ignore[attr-defined]  # a field of choices
        boxes.widget.choices = list(shown.items())
        if Consent.NAMED not in reach:
            boxes.widget = forms.MultipleHiddenInput()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        is_named = given.get("consent") == Consent.NAMED
        if is_named and not given.get("providers"):
            self.add_error("providers", _("Name at least one provider, or choose another line."))
        return given

    def sharing(self) -> actions.Sharing:
        """What was chosen. Providers ticked beside another choice are left aside."""
        consent = Consent(self.cleaned_data["consent"])
        codes = self.cleaned_data["providers"] if consent == Consent.NAMED else []
        bodies = mandate.bodies_by_code(codes)
        return actions.Sharing(consent=consent, providers=[bodies[c] for c in codes])


class ObservationForm(FieldsForm):
    """What the State says about a need that is recorded, and whether it contests it."""

    also = frozenset({"contested"})

    def __init__(
        self,
        words: Vocabulary,
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__((OBSERVATION,), words, data, initial)
        self.fields["contested"] = forms.BooleanField(
            label=_("The State contests that there is such a need"), required=False
        )

    def faults(self, content: Mapping[str, Any], *, complete: bool) -> list[Fault]:
        found = super().faults(content, complete=complete)
        lengths = [len(text.split()) for text in content.get("observation", {}).values()]
        return found + [
            Fault("observation", WORDS, {"longest": OBSERVATION_WORDS, "length": length})
            for length in lengths
            if length > OBSERVATION_WORDS
        ]


class IdentifyForm(FieldsForm):
    """A need that somebody else sees: which State, who says so, and what exactly."""

    def __init__(self, words: Vocabulary, data: QueryDict | None = None) -> None:
        state = Field(
            name=STATE.name,
            type=STATE.type,
            label=STATE.label,
            required=True,
            choices=words.states,
        )
        super().__init__((state, ORIGIN, *WORDED), words, data)


def wording(content: Mapping[str, Any], asked: Sequence[Field]) -> actions.Wording:
    """A need's columns from the checked content of a form; only those that were asked for."""
    names = {f.name for f in asked}
    rank = content.get("rank")
    columns: dict[str, Any] = {
        "titles": content["title"],
        "descriptions": content["description"],
        "counterpart": content.get("counterpart", ""),
        "rough_cost": content.get("rough_cost", ""),
        "needed_by": content.get("needed_by", ""),
        "priority": int(content["priority"]),
    }
    if "rank" in names:
        columns["rank"] = int(rank) if rank else None
    refs = {b["ref"] for b in content.get("obligations", [])}
    kept = [o for o in mandate.obligations() if o.ref in refs]
    return actions.Wording(columns=columns, obligations=kept)
