"""The parts pages are made of: each a typed signature and a template of the same name."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, get_args

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clearinghouse.documents.model import Picture
from clearinghouse.documents.pictures import svg
from clearinghouse.kernel import languages
from clearinghouse.people import clock
from clearinghouse.web import cells, dates, refusals
from clearinghouse.web.parts import (
    Appointment,
    Card,
    Figure,
    File,
    Filter,
    Item,
    NoticeTone,
    Pager,
    Step,
    Table,
    Term,
    Text,
    Tone,
)

register = template.Library()
register.filter("spoken", cells.spoken)

Context = dict[str, Any]

# Every component, in the order of the page /patterns. A test holds the tags, the templates, the
# stylesheets and that page against this list.
COMPONENTS: tuple[str, ...] = (
    "page_heading", "breadcrumbs", "contents", "navigation", "tabs", "language_switch",
    "badge", "notice", "lang_text", "date_text", "partial_date", "deadline_text", "seen_by",
    "button", "confirmation", "form_fields", "filter_form",
    "data_table", "pagination", "definition_list", "stat_list", "card_list",
    "file_list", "timeline_steps", "progress", "agenda", "picture",
    "disclosure", "empty_state", "refusal",
)  # fmt: skip

_TONES: frozenset[str] = frozenset(get_args(Tone))
# Django's messages say "debug", which here is information like any other.
_NOTICES = {**{tone: tone for tone in get_args(NoticeTone)}, "debug": "info", "": "info"}


# ── where the reader is ──────────────────────────────────────────────────────────────────────────


@register.inclusion_tag("components/page_heading.html")
def page_heading(title: Text, kicker: Text = "", lede: Text = "") -> Context:
    """Set a page's first heading; `kicker` names the family it belongs to, `lede` sums it up."""
    return {"title": cells.spoken(title), "kicker": cells.spoken(kicker), "lede": lede}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[Item]) -> Context:
    """Show the way from the front page; the last item is this page and is no link."""
    way = [(crumb.url, cells.spoken(crumb.label)) for crumb in crumbs]
    return {"crumbs": way[:-1], "here": way[-1][1] if way else ""}


@register.inclusion_tag("components/contents.html")
def contents(items: Iterable[Item], label: Text) -> Context:
    """List the parts of a long page, under a name that is read aloud."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/navigation.html")
def navigation(items: Iterable[Item], label: Text) -> Context:
    """List links under a name that is read aloud; on a narrow screen they fold behind it."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Item], label: Text) -> Context:
    """Offer ways to look at one thing, side by side; each is a link to a page of its own."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/language_switch.html")
def language_switch(choices: Iterable[tuple[str, str, str]], language: str) -> Context:
    """Offer this page in other languages: (code, native name, address)."""
    return {
        "choices": [
            {
                "code": code,
                "name": name,
                "url": url,
                "direction": languages.direction(code),
                "current": code == language,
            }
            for code, name, url in choices or ()
        ]
    }


# ── words and dates ──────────────────────────────────────────────────────────────────────────────


@register.inclusion_tag("components/badge.html")
def badge(text: Text, tone: Tone = "quiet") -> Context:
    """Mark a state in a word or two; the tone only helps. An unknown one raises ValueError."""
    if tone not in _TONES:
        raise ValueError(f"{tone!r} is no tone of a badge: {', '.join(sorted(_TONES))}")
    return {"text": text, "tone": tone}


@register.inclusion_tag("components/notice.html")
def notice(text: Text, tone: str = "info") -> Context:
    """Tell the reader something; the tone is a `NoticeTone` or the level of a Django message."""
    if tone not in _NOTICES:
        raise ValueError(f"{tone!r} is no tone of a notice: {', '.join(get_args(NoticeTone))}")
    return {"text": text, "tone": _NOTICES[tone]}


@register.inclusion_tag("components/lang_text.html")
def lang_text(value: Mapping[str, str] | str, language: str) -> Context:
    """Show a per-language text: the reader's language, else English, else any, and say which."""
    if isinstance(value, str):
        return {"text": cells.spoken(value), "spoken": ""}
    text, spoken = languages.pick(value, language)
    stranger = spoken if spoken != language else ""
    return {"text": text, "spoken": stranger, "direction": languages.direction(spoken)}


@register.inclusion_tag("components/date_text.html")
def date_text(value: date | None) -> Context:
    """Write a day (of a moment: its day in its own zone) in full; None is "not recorded"."""
    if value is None:
        return {"machine": "", "text": ""}
    day = value.date() if isinstance(value, datetime) else value
    return {"machine": day.isoformat(), "text": dates.day(day, get_language() or "en")}


@register.inclusion_tag("components/partial_date.html")
def partial_date(text: str | None) -> Context:
    """Write what is known of a date: "2001-10" as "October 2001", nothing as "not recorded"."""
    return {"machine": text or "", "text": dates.partial(text or "", get_language() or "en")}


@register.inclusion_tag("components/deadline_text.html")
def deadline_text(moment: datetime, zone: str = "") -> Context:
    """Write a deadline in New York's time and, where the reader's is another, in that too.

    `moment` knows its offset (a naive one raises ValueError). The reader's zone is the one of the
    request; `zone`, an IANA name, takes its place on the page of patterns.
    """
    return vars(clock.clocks(moment, get_language() or "en", zone))


@register.inclusion_tag("components/seen_by.html")
def seen_by(text: Text) -> Context:
    """Say who may see this, in the words of the access table."""
    return {"text": text}


# ── asking and doing ─────────────────────────────────────────────────────────────────────────────


@register.inclusion_tag("components/button.html")
def button(
    label: Text, kind: str = "primary", url: str = "", name: str = "", value: str = ""
) -> Context:
    """Give a form's button, or a link that looks like one.

    `kind` is "primary", "secondary", "grave" (cannot be undone) or "plain" (looks like a link).
    """
    return {"label": label, "kind": kind, "url": url, "name": name, "value": value}


@register.inclusion_tag("components/confirmation.html", takes_context=True)
def confirmation(
    context: Context,
    question: Text,
    url: str,
    label: Text,
    back: str = "",
    version: int | None = None,
) -> Context:
    """Ask once more before a step that cannot be undone: a page's own form, never a script.

    `question` says what will happen; `url` is where the step is sent, `back` the way out, which a
    fold around it has already; `version` that of the thing as this page shows it.
    """
    token = context.get("csrf_token")
    said = {"question": question, "url": url, "label": label, "back": back, "version": version}
    return said | {"csrf_token": token}


def _target(bound: BoundField) -> str:
    """Give the id a fault's link leads to: a group of choices has none, so its first choice."""
    return bound.id_for_label or f"{bound.auto_id}_0"


@register.inclusion_tag("components/form_fields.html")
def form_fields(form: forms.BaseForm) -> Context:
    """Lay out a form's fields with hints and faults; all faults are listed first, with links."""
    faults = [(_target(bound), bound.label, bound.errors) for bound in form if bound.errors]
    return {
        "hidden": form.hidden_fields(),
        "fields": form.visible_fields(),
        "general": form.non_field_errors(),
        "faults": faults,
        "summary": f"{form.prefix or 'form'}-faults",
    }


@register.inclusion_tag("components/filter_form.html")
def filter_form(fields: Sequence[Filter], clear_url: str = "") -> Context:
    """Ask what to narrow a list by; it is answered by the page's own address (GET)."""
    asked = [(field, cells.options(field)) for field in fields]
    return {"fields": asked, "clear_url": clear_url if any(f.value for f in fields) else ""}


# ── lists and figures ────────────────────────────────────────────────────────────────────────────


@register.inclusion_tag("components/data_table.html")
def data_table(table: Table) -> Context:
    """Set a table in a region of its own that scrolls when the screen is narrower."""
    rows = [cells.row(table.columns, row, is_stacked=table.is_stacked) for row in table.rows]
    return {"table": table, "rows": rows}


@register.inclusion_tag("components/pagination.html")
def pagination(page: Pager) -> Context:
    """Link to the neighbours, the ends and the pages around; nothing where one page is all."""
    near = range(page.current - 1, page.current + 2)
    numbers = sorted({1, page.last, *(n for n in near if 1 <= n <= page.last)})
    gaps = {after for before, after in pairwise(numbers) if after > before + 1}
    links = [(n, page.url(n), n in gaps) for n in numbers]
    return {
        "page": page,
        "links": links,
        "previous": page.url(page.current - 1) if page.current > 1 else "",
        "next": page.url(page.current + 1) if page.current < page.last else "",
    }


@register.inclusion_tag("components/definition_list.html")
def definition_list(terms: Iterable[Term]) -> Context:
    """Set facts as term and value; a term without a value reads "not recorded"."""
    set_terms = [(term.label, [cells.content(value) for value in term.values]) for term in terms]
    return {"terms": set_terms}


@register.inclusion_tag("components/stat_list.html")
def stat_list(figures: Iterable[Figure]) -> Context:
    """Set plain figures with what they count."""
    return {"figures": figures}


@register.inclusion_tag("components/card_list.html")
def card_list(cards: Iterable[Card]) -> Context:
    """List entries that have more to say than a row of a table."""
    return {
        "cards": [
            {
                "title": cells.content(card.title),
                "badge": cells.content(card.badge or ""),
                "text": card.text,
                "facts": [cells.spoken(fact) for fact in card.facts],
            }
            for card in cards
        ]
    }


@register.inclusion_tag("components/timeline_steps.html")
def timeline_steps(steps: Iterable[Step], label: Text) -> Context:
    """Show where in its procedure a thing stands; `label` names the procedure."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("components/file_list.html")
def file_list(files: Iterable[File], label: Text) -> Context:
    """List files to fetch, each with its kind, its size and its language."""
    return {"files": files, "label": label}


@register.inclusion_tag("components/progress.html")
def progress(label: Text, done: int, total: int) -> Context:
    """Show how much of a whole is done, in figures and as a bar. It counts, and judges nobody."""
    if not 0 <= done <= total:
        raise ValueError(f"{done} of {total} is no progress")
    return {"label": label, "done": done, "total": total}


@register.inclusion_tag("components/agenda.html")
def agenda(appointments: Iterable[Appointment], zone: str = "") -> Context:
    """List days and what falls on each; a moment is told by the reader's clock too."""
    return {
        "appointments": [{"title": cells.content(one.title), "one": one} for one in appointments],
        "zone": zone,
    }


@register.inclusion_tag("components/picture.html")
def picture(picture: Picture) -> Context:
    """Draw a picture in a frame that scrolls, and fold its figures under it as a table."""
    figures = cells.figures(picture.table())
    return {
        "picture": picture,
        "drawn": mark_safe(svg(picture)),  # noqa: S308  # it escapes every text it is given
        "table": figures,
        "rows": [cells.row(figures.columns, row) for row in figures.rows],
    }


@register.simple_block_tag
def disclosure(content: SafeString, summary: Text) -> SafeString:
    """Fold what comes before {% enddisclosure %} behind a summary that opens without a script."""
    return render_to_string("components/disclosure.html", {"content": content, "summary": summary})


@register.inclusion_tag("components/empty_state.html")
def empty_state(text: Text, action: Item | None = None) -> Context:
    """Say that there is nothing here and, where there is one, what may be done about it."""
    return {"text": text, "action": action}


@register.inclusion_tag("components/refusal.html")
def refusal(
    status: int, faults: Sequence[Text] = (), home_url: str = "/", *, is_sample: bool = False
) -> Context:
    """Say why nothing was done, what was not changed, and what may be done now.

    It is a page's whole content; where it `is_sample`, its title is no heading of the page.
    Raises KeyError for a status the house does not answer with.
    """
    title, *sentences = refusals.SAID[status]
    return {
        "status": status,
        "title": _(title),
        "sentences": [_(sentence) for sentence in sentences],
        "faults": faults,
        "is_sample": is_sample,
        "home_url": "" if status in refusals.OURS else home_url or "/",
    }
