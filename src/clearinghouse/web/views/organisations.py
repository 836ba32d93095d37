"""The organisations: all of them by kind, and each with its standards and its members."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.directory import queries as directory
from clearinghouse.mandate import queries as mandate
from clearinghouse.people.asking import Asking
from clearinghouse.search.rules import fold
from clearinghouse.standards import queries as register
from clearinghouse.submissions.rules.kinds import LEGAL_NATURES
from clearinghouse.web import asked, dates, naming, trail, wording
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Card, Cell, Filter, Item, Term
from clearinghouse.web.sections import OPEN
from clearinghouse.web.views.directory import card

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body, Membership

SHOWN = 20
Part = tuple[str, str, list[Item]]


def organisations(request: Asking) -> HttpResponse:
    """By kind, each in the alphabetical order of the reader's language."""
    words, kind = asked.words(request), asked.choice(request, "kind", list(wording.BODY_KINDS))
    found = [o for o in naming.alphabetical(mandate.organisations()) if _answers(o, words)]
    parts = [
        (_(label), [_item(o) for o in found if o.kind == value])
        for value, label in wording.BODY_KINDS.items()
        if kind in ("", value)
    ]
    kinds = [(value, _(label)) for value, label in wording.BODY_KINDS.items()]
    context = {
        "parts": [part for part in parts if part[1]],
        "filters": [
            Filter("q", _("Name or abbreviation"), words),
            Filter("kind", _("Kind"), kind, [("", _("All")), *kinds]),
        ],
        "clear_url": reverse("organisations"),
        "seen_by": _("Everybody."),
    }
    return page(request, "organisations/list.html", context)


def organisation(request: Asking, code: str) -> HttpResponse:
    found = mandate.body(code)
    if found.kind not in wording.BODY_KINDS:
        raise Unseen("no such organisation")
    asking = register.Filter(organisation=found.code)
    some = list(register.register(request.actor, asking)[: SHOWN + 1])
    context = {
        "organisation": found,
        "title": naming.say(found.names),
        "trail": trail.to("organisations", _("Organisations"), naming.say(found.names)),
        "kind": _(wording.BODY_KIND[found.kind]),
        "terms": _terms(found),
        "cards": [_card(e) for e in register.entries(some[:SHOWN])],
        "more_url": _more(found) if len(some) > SHOWN else "",
        "sections": list(_sections(request, found)),
        "members": _members(found),
        "seen_by": _("Everybody."),
    }
    return page(request, "organisations/organisation.html", context)


def _sections(request: Asking, body: "Body") -> Iterator[dict[str, Any]]:
    """What it has in each section of the public directory, unit by unit."""
    words, asking = Vocabulary(), directory.Filter(body=body.code)
    kinds = [kind for part in OPEN for kind in part.kinds]
    found = directory.first_of_each(request.actor, kinds, asking, SHOWN + 1)
    for part in OPEN:
        some = [entry for kind in part.kinds for entry in found.get(kind, ())]
        units: dict[str, list[Card]] = {}
        for entry in some[:SHOWN]:
            units.setdefault(entry.content.get("unit", ""), []).append(card(entry, words))
        if some:
            yield {
                "heading": _(part.heading),
                "units": sorted(units.items(), key=lambda unit: fold(unit[0])),
                "url": f"{reverse(part.route)}?body={body.code}",
                "is_cut": len(some) > SHOWN,
            }


def _answers(body: "Body", words: str) -> bool:
    text = fold(f"{naming.say(body.names)} {body.acronym} {body.code}")
    return all(word in text for word in fold(words).split())


def _item(body: "Body") -> Item:
    name = naming.body_name(body)
    known = body.acronym and body.acronym != naming.say(body.names)
    label = naming.beside(name, _("%(name)s (%(acronym)s)"), acronym=body.acronym)
    return Item(label if known else name, naming.body_url(body))


def _more(body: "Body") -> str:
    return f"{reverse('standards')}?organisation={body.code}"


def _terms(found: "Body") -> list[Term]:
    facts = {
        _("Abbreviation"): found.acronym,
        _("Part of"): naming.body_cell(found.parent) if found.parent else "",
        _("Offers assistance"): _("yes") if found.provider else "",
        _("Code"): found.code,
        _("Note"): found.note,
    }
    return [Term(label, (value,)) for label, value in facts.items() if value]


def _card(entry: register.Entry) -> Card:
    standard, language = entry.standard, naming.language()
    url = reverse("standard", args=[standard.code])
    issued = entry.edition.issued if entry.edition else ""
    nature = next(
        label for value, label in LEGAL_NATURES.items() if value == standard.legal_nature
    )
    when = dates.partial(issued, language) if issued else _("date not recorded")
    return Card(Cell.told(standard.titles, language, url=url), facts=(_(nature), when))


def _members(found: "Body") -> list[Part]:
    """By role, source and day of the source: heading, whose word it is, and the names."""
    of: dict[tuple[str, str, str], list[Membership]] = {}
    for membership in mandate.members_of(found):
        key = membership.role, membership.source, membership.as_of
        of.setdefault(key, []).append(membership)
    order = list(wording.MEMBER_ROLES)
    ordered = sorted(of, key=lambda k: (order.index(k[0]) if k[0] in order else len(order), k))
    return [
        (_heading(role), _said(source, as_of), _names(of[role, source, as_of]))
        for role, source, as_of in ordered
    ]


def _heading(role: str) -> str:
    return _(wording.MEMBER_ROLES.get(role, role))


def _said(source: str, as_of: str) -> str:
    day = dates.partial(as_of, naming.language())
    return _("As given by %(source)s, as of %(day)s.") % {"source": source, "day": day}


def _names(memberships: "list[Membership]") -> list[Item]:
    ordered = sorted(memberships, key=lambda m: fold(naming.say(m.member.names)))
    return [Item(_label(m), naming.body_url(m.member)) for m in ordered]


def _label(membership: "Membership") -> str:
    name, when = naming.body_name(membership.member), naming.term_of(membership)
    return _("%(name)s, %(when)s") % {"name": name, "when": when} if when else name
