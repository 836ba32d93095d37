"""The published formats: what each kind is made of, its files to fill in, and the checker."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clearinghouse.access.errors import Unseen
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import Type
from clearinghouse.people.asking import Asking
from clearinghouse.submissions import queries
from clearinghouse.submissions.formats import examples, rows, schema, sheets
from clearinghouse.submissions.queries import checking
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Definition, Kind
from clearinghouse.web import downloads, formats_told, naming, trail
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Card, Cell

FILES = {
    "schema.json": Type.JSON,
    "template.xlsx": Type.XLSX,
    "template.csv": Type.CSV,
    "example.json": Type.JSON,
}


class CheckForm(forms.Form):
    """A file to be checked."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "XLSX, CSV, JSON or JSON Lines; for monitoring visits a calendar (.ics) too. It is"
            " checked and not kept."
        ),
    )


def formats(request: Asking) -> HttpResponse:
    """Every kind, with what belongs in it."""
    cards = [
        Card(
            Cell(_(each.names), url=reverse("format", args=[each.kind.value])),
            _(each.about),
        )
        for each in DEFINITIONS.values()
    ]
    return page(request, "formats/list.html", {"cards": cards, "seen_by": _("Everybody.")})


def format_(request: Asking, kind: str) -> HttpResponse:
    """The fields of a kind, its files, and the checker: a file sent here is read and forgotten."""
    definition = definition_of(kind)
    posted = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if posted else CheckForm()
    context: dict[str, Any] = {
        "definition": definition,
        "heading": _(definition.names),
        "about": _(definition.about),
        "asks_of_rights": definition.asks_of_rights,
        "trail": trail.to("formats", _("Formats"), _(definition.names)),
        "fields": formats_told.fields(definition),
        "files": [(name, _address(kind, name)) for name in FILES],
        "form": form,
        "seen_by": _("Everybody. A file that is checked here is not kept and seen by nobody."),
    }
    if posted:
        context |= _checked(form, definition)
    return page(
        request, "formats/format.html", context, status=400 if "refused" in context else 200
    )


def file(request: Asking, kind: str, name: str) -> HttpResponse:
    """For people in the language they ask for; for programs always the same names."""
    definition = definition_of(kind)
    if name not in FILES:
        raise Unseen("no such file")
    spoken = request.GET.get("lang", "")
    known = {code for code, _name in settings.LANGUAGES}
    with translation.override(spoken if spoken in known else settings.LANGUAGE_CODE):
        content = _content(definition, name)
    called = f"clearinghouse-{definition.kind.value}-{name}"
    return downloads.download(content, name=called, kind=FILES[name], is_public=True)


def definition_of(kind: str) -> Definition:
    """Raises Unseen for a kind that there is not."""
    if kind not in set(Kind):
        raise Unseen("no such kind of contribution")
    return DEFINITIONS[Kind(kind)]


def _content(definition: Definition, name: str) -> bytes:
    known = queries.known()
    example = examples.example(definition, known)
    if name == "schema.json":
        address = f"{settings.ENV.site_url}{_path(definition.kind, name)}"
        return sheets.as_data(schema.schema(definition, known, address, _))
    if name == "example.json":
        return sheets.as_json([("", example)])
    language = (naming.language(), "en")
    if name == "template.csv":
        return sheets.as_csv(definition, [], language)
    told = formats_told.words()
    return sheets.as_xlsx(definition, [], known, told, example=example, languages=language)


def _checked(form: CheckForm, definition: Definition) -> dict[str, Any]:
    if not form.is_valid():
        return {"refused": ""}
    sent = form.cleaned_data["file"]
    try:
        found = checking.in_turn(definition.kind, sent.name, sent.read(rows.LARGEST + 1))
    except Unfit as why:
        return {"refused": _(why.message) % why.values, "file": sent.name}
    return {"checked": found, "file": sent.name, "faults": formats_told.faults(found)} | (
        {"read_as": formats_told.read_as(found.read_as)} if found.read_as else {}
    )


def _path(kind: str, name: str) -> str:
    return reverse("format-file", args=[kind, name])


def _address(kind: str, name: str) -> str:
    return f"{_path(kind, name)}?lang={naming.language()}"
