"""The form of a contribution, made from the definition of its kind."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clearinghouse.kernel.marking import N_
from clearinghouse.submissions import queries
from clearinghouse.submissions.rules import copies, fields
from clearinghouse.submissions.rules.fields import Fault, Field, Type
from clearinghouse.submissions.rules.kinds import Contributors, Definition, across
from clearinghouse.web.forms.inputs import Typed, input_for, names_of, select
from clearinghouse.web.forms.vocabulary import Vocabulary

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body

OURS = frozenset({"csrfmiddlewaretoken", "version", "do"})
CONTRIBUTORS = {
    Contributors.STATES: _("State"),
    Contributors.ORGANISATIONS: _("Organisation"),
    Contributors.BOTH: _("State or organisation"),
}
UNTICKED = N_("Tick %(value)s, or clear what is written beside it.")


class FieldsForm(forms.Form):
    """Fields of a definition as inputs. Odd input is carried on, to be judged by the rules."""

    use_required_attribute = False
    also: frozenset[str] = frozenset()

    def __init__(
        self,
        asked: Sequence[Field],
        words: Vocabulary,
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data=data, initial=dict(initial or {}))
        self.asked, self.words = tuple(asked), words
        for each in asked:
            self.fields[each.name] = input_for(each, words)

    def content(self) -> dict[str, Any]:
        """What was typed, tidied; names that no field has are kept, so that they are refused."""
        self.errors  # noqa: B018  # asking for the errors is how Django is told to read the input
        typed = {each.name: self.cleaned_data[each.name] for each in self.asked}
        known = {n for each in self.asked for n in names_of(each, self.words)} | OURS | self.also
        strangers = {name: str(self.data[name]) for name in self.data if name not in known}
        return fields.clean(self.asked, typed) | strangers

    def faults(self, content: Mapping[str, Any], *, complete: bool) -> list[Fault]:
        """All that is wrong; of a draft, only what could never be kept."""
        found = [*fields.check(self.asked, content, queries.known()), *self._unticked()]
        return found if complete else [f for f in found if f.message != fields.REQUIRED]

    def take(self, found: Sequence[Fault]) -> None:
        """Show each fault beside its field, in the reader's language."""
        self.errors  # noqa: B018  # as above
        for fault in found:
            message = gettext(fault.message) % dict(fault.values)
            self.add_error(fault.field if fault.field in self.fields else None, message)

    def remark(self, remarks: Mapping[str, str]) -> None:
        """Set what the secretariat remarked beside the field it is about."""
        for name, said in remarks.items():
            if name in self.fields:
                hint = self.fields[name].help_text
                self.fields[name].help_text = format_html(
                    "{}<br><strong>{}</strong> {}",
                    conditional_escape(str(hint)),
                    gettext("The secretariat's remark:"),
                    said,
                )

    def _unticked(self) -> list[Fault]:
        """A pinpoint without its tick could mean either: it is asked about, not thrown away."""
        loose = [
            (each.name, line["ref"])
            for each in self.asked
            if each.type == Type.OBLIGATIONS
            for line in self[each.name].value() or ()
            if not line.get("ticked", True)
        ]
        return [Fault(name, UNTICKED, {"value": ref}) for name, ref in loose]


class ContributionForm(FieldsForm):
    """A contribution of one kind."""

    def __init__(
        self,
        definition: Definition,
        words: Vocabulary,
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(definition.fields, words, data, initial)
        self.definition = definition
        if definition.carries_copies:
            self.also |= copies.FIELDS  # of the form of a copy, which stands below

    def faults(self, content: Mapping[str, Any], *, complete: bool) -> list[Fault]:
        found = super().faults(content, complete=complete)
        return [*found, *across(self.definition.kind, content)] if complete else found


class OpeningForm(ContributionForm):
    """A new contribution: for which body and, where it is written on behalf, on which paper."""

    also = frozenset({"body", "instrument"})

    def __init__(
        self,
        definition: Definition,
        words: Vocabulary,
        bodies: "Sequence[Body]",
        own: "set[Any]",
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(definition, words, data, initial={"consent": "none"})
        self.bodies = {b.code: b for b in bodies}
        self.own = own
        self.fields = self._head() | self.fields

    def body(self) -> "Body | None":
        """The one chosen; whoever writes for one body alone need not choose."""
        return self.bodies.get(self._given())

    def instrument(self) -> str:
        return str(self.data.get("instrument", "")).strip()

    def faults(self, content: Mapping[str, Any], *, complete: bool) -> list[Fault]:
        return [*self._head_faults(), *super().faults(content, complete=complete)]

    def _given(self) -> str:
        only = next(iter(self.bodies)) if len(self.bodies) == 1 else ""
        return str(self["body"].value() or only)

    def _head(self) -> dict[str, forms.Field]:
        label = CONTRIBUTORS[self.definition.contributors]
        choices = self.words.by_name(self.bodies.values())
        head: dict[str, forms.Field] = {"body": Typed(label=label, widget=select(choices))}
        if len(choices) == 1:
            head["body"] = Typed(initial=choices[0][0], widget=forms.HiddenInput())
        if any(b.pk not in self.own for b in self.bodies.values()):
            head["instrument"] = Typed(
                label=_("The paper that asks for it"),
                help_text=_(
                    "You write on behalf of this body: name the letter or note, and its date."
                ),
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
        return head

    def _head_faults(self) -> list[Fault]:
        given, body, paper = self._given(), self.body(), self.instrument()
        if body is None:
            missing = Fault("body", fields.REQUIRED)
            return [Fault("body", fields.UNKNOWN, {"value": given[:80]}) if given else missing]
        asked = Field(
            name="instrument", type=Type.TEXT, label="", required=body.pk not in self.own
        )
        return fields.check((asked,), {"instrument": paper}, queries.known())
