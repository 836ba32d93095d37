"""Trusted bodies: whose changes need no review, why, and what was listed without one."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Invalid
from clearinghouse.batches.actions import trusting
from clearinghouse.batches.queries import trusted as queries
from clearinghouse.batches.rules.trust import FREE, Step
from clearinghouse.batches.rules.workflow import Verdict
from clearinghouse.people.asking import Asking
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import asked, batches_told, naming
from clearinghouse.web.forms.trusted import RevokeForm, TrustForm
from clearinghouse.web.parts import Cell, Column, Table
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.batches.models import Batch, Trust
    from clearinghouse.web.forms.meetings import Plain

OWN = "id_trust-{}-%s"


def index(request: Asking) -> HttpResponse:
    return _show(request)


def give(request: Asking) -> HttpResponse:
    """From now on this body's changes of unchanged shape may stand without review."""
    form = TrustForm(queries.trusted_bodies(request.actor), request.POST)
    if not form.is_valid():
        return _show(request, form)
    reason = form.cleaned_data["reason"]
    try:
        trusting.trust(form.body_chosen(), reason, by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return _show(request, form)
    return answers.see("desk-trusted", done="body-trusted")


def revoke(request: Asking, pk: UUID) -> HttpResponse:
    """The body's next file is reviewed as any other."""
    thing = queries.trust_for(request.actor, pk)
    form = RevokeForm(request.POST, auto_id=OWN.format(pk))
    answers.must_be_current(request, thing)
    if not form.is_valid():
        return _show(request, form)
    try:
        trusting.revoke(thing, form.cleaned_data["reason"], by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return _show(request, form)
    return answers.see("desk-trusted", done="trust-revoked")


def _show(request: Asking, faulty: "Plain | None" = None) -> HttpResponse:
    """Bodies that are or were trusted, and below them the files that were listed so."""
    may_give = queries.may_trust(request.actor)
    giving = faulty if isinstance(faulty, TrustForm) else None
    if may_give and giving is None:
        giving = TrustForm(queries.trusted_bodies(request.actor))
    shown, pager = asked.page_of(request, queries.listed_unreviewed(request.actor), answers.SIZE)
    context = {
        "form": giving,
        "is_faulty": giving is faulty is not None,
        "trusts": [_told(request, each, faulty) for each in queries.trusts_for(request.actor)],
        "free": _free(),
        "table": _table(shown),
        "pager": pager,
        "crumbs": answers.crumbs((_("Trusted bodies"), "")),
        "seen_by": _("the secretariat and the Experts."),
    }
    return answers.page(request, "desk/trusted.html", context, status=400 if faulty else 200)


def _told(request: Asking, each: "Trust", faulty: "Plain | None") -> dict[str, Any]:
    own = OWN.format(each.pk)
    is_faulty = faulty is not None and faulty.auto_id == own
    may_revoke = Step.REVOKE in queries.steps_open_to(request.actor, each)
    given = {"day": answers.day(each.given_at), "person": each.given_by.name}
    revoked = ""
    if each.revoked_by is not None:
        values = {"day": answers.day(each.revoked_at), "person": each.revoked_by.name}
        revoked = _("revoked on %(day)s by %(person)s") % values
    return {
        "trust": each,
        "name": naming.body_name(each.body),
        "given": _("trusted since %(day)s, by %(person)s") % given,
        "revoked": revoked,
        "form": (faulty if is_faulty else RevokeForm(auto_id=own)) if may_revoke else None,
        "is_open": is_faulty,
    }


def _free() -> str:
    """The fields that may change, by the names that the forms give them, each once."""
    fields = [f for d in DEFINITIONS.values() if d.kind != Kind.NEED for f in d.fields]
    return "; ".join(sorted({str(_(f.label)) for f in fields if f.name in FREE}))


def _table(found: "list[Batch]") -> Table:
    labels = (_("Listed"), _("Kind"), _("From"), _("Where it stands"), _("Changed"))
    return Table(
        name="unreviewed",
        caption=_("Listed without review"),
        columns=[*(Column(label) for label in labels[:-1]), Column(labels[-1], "number")],
        rows=[
            (
                Cell(answers.moment(one.settled_at), url=reverse("desk-batch", args=[one.pk])),
                _(DEFINITIONS[Kind(one.kind)].names),
                naming.body_name(one.body),
                batches_told.state_cell(one),
                str(one.counts[Verdict.CHANGED]),
            )
            for one in found
        ],
        empty=_("Nothing has been listed without review."),
        is_caption_hidden=True,
        is_stacked=True,
    )
