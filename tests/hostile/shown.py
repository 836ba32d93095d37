"""The forms of a page as a browser reads them: each input with its kind, its value, its choices."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]
CHOSEN = {"select", "radio", "checkbox"}


@dataclass
class Input:
    """One name of a form. `kind`: the type of an input, or select or textarea."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)  # what is in it now
    choices: list[str] = field(default_factory=list)  # what may be chosen
    several: bool = False
    hint: str = ""

    @property
    def is_typed(self) -> bool:
        return self.kind not in CHOSEN | {"hidden", "file", "submit"}


@dataclass
class Form:
    """Where it leads, how, what is in it, and its buttons as (name, value)."""

    action: str
    method: str
    enctype: str = ""
    inputs: dict[str, Input] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.inputs)


class Shown(HTMLParser):
    """Reads a page: its forms, its ids, and what its summaries of faults say and lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.ids: set[str] = set()
        self.faults: list[tuple[str, str]] = []  # (id that is led to, what is said)
        self.notices = 0
        self.refusals = 0
        self.open: Form | None = None
        self.area: Input | None = None
        self.chosen: Input | None = None
        self.summary = 0
        self.link: str | None = None

    @classmethod
    def of(cls, html: str) -> "Shown":
        shown = cls()
        shown.feed(html)
        return shown

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        self._summary(tag, given)
        if tag == "form":
            action = given.get("action", "").partition("#")[0]
            self.open = Form(action, given.get("method", "get"), given.get("enctype", ""))
        elif self.open is not None:
            self._inside(self.open, tag, given)

    def _summary(self, tag: str, given: Attributes) -> None:
        classes = given.get("class", "").split()
        if "fault-summary" in classes:
            self.summary = 1
        elif self.summary and tag == "div":
            self.summary += 1
        elif self.summary and tag == "li":
            self.link = ""
        elif self.summary and tag == "a":
            self.link = given.get("href", "").removeprefix("#")
        self.notices += "notice--error" in classes
        self.refusals += "refusal" in classes

    def _inside(self, form: Form, tag: str, given: Attributes) -> None:
        if tag == "input" and given.get("name"):
            self._input(form, given)
        elif tag == "textarea":
            self.area = form.inputs.setdefault(given["name"], Input(given["name"], tag))
            self.area.values.append("")
        elif tag == "select":
            several = "multiple" in given
            self.chosen = Input(given["name"], tag, several=several)
            form.inputs[given["name"]] = self.chosen
        elif tag == "option" and self.chosen:
            self.chosen.choices.append(given.get("value", ""))
            self.chosen.values += [given.get("value", "")] if "selected" in given else []
        elif tag == "button" and given.get("type", "submit") == "submit":
            form.buttons.append((given.get("name", ""), given.get("value", "")))

    def _input(self, form: Form, given: Attributes) -> None:
        kind, name, value = given.get("type", "text"), given["name"], given.get("value", "")
        made = form.inputs.setdefault(name, Input(name, kind))
        if kind in CHOSEN:
            value = given.get("value", "on")
            made.several = made.several or (kind == "checkbox" and bool(made.choices))
            made.choices.append(value)
            made.values += [value] if "checked" in given else []
        elif kind != "file":
            made.values.append(value)

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.values[-1] += data
        if self.link is not None and data.strip():
            self.faults.append((self.link, data.strip()))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.open:
            self.forms.append(self.open)
            self.open = None
        elif tag == "textarea" and self.area:
            self.area.values[-1] = self.area.values[-1].removeprefix("\n")
            self.area = None
        elif tag == "select":
            self._end_of_select()
        elif tag == "div" and self.summary:
            self.summary -= 1
        elif tag in {"a", "li"}:
            self.link = None

    def _end_of_select(self) -> None:
        if self.chosen and not self.chosen.values and not self.chosen.several:
            self.chosen.values = self.chosen.choices[:1]  # as a browser does
        self.chosen = None
