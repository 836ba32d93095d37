"""Files of many contributions on the desk: the list, bringing one in, taking one's own out."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.access.errors import Invalid, Unseen
from clearinghouse.batches import queries
from clearinghouse.batches.actions import handing
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.people.asking import Asking
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import asked, batches_told, naming
from clearinghouse.web.forms.batches import BatchForm
from clearinghouse.web.parts import Cell, Column, Table
from clearinghouse.web.views.desk import answers, batch

if TYPE_CHECKING:
    from clearinghouse.batches.models import Batch
    from clearinghouse.mandate.models import Body


def index(request: Asking) -> HttpResponse:
    """Every batch this seat may see; a file sent here is checked whole and becomes one."""
    kinds, bodies = _open(request)
    posted = request.method == "POST"
    if not kinds or not bodies:
        if posted:
            raise Unseen("nobody this actor writes for contributes by file")
        return _page(request, None, [], bodies)
    form = BatchForm(
        kinds,
        bodies,
        on_behalf=request.actor.holds(Role.SECRETARIAT),
        data=request.POST if posted else None,
        files=request.FILES if posted else None,
    )
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        form.say_too_large()
    if posted and form.is_valid() and (made := _staged(request, form)):
        return answers.see("desk-batch", made.pk)
    return _page(request, form, kinds, bodies, status=400 if posted else 200)


def _staged(request: Asking, form: BatchForm) -> "Batch | None":
    """The batch; None where the file is not taken, and the form says why."""
    kind = Kind(form.cleaned_data["kind"])
    try:
        return handing.bring_in(
            kind, form.asked(), form.offered(), by=request.actor, now=request.now
        )
    except (Unfit, Invalid) as why:
        form.take(why)
        return None


def _open(request: Asking) -> tuple[list[Kind], list["Body"]]:
    kinds = queries.kinds_open_to(request.actor)
    found = {b.code: b for kind in kinds for b in queries.bodies_open_to(request.actor, kind)}
    return kinds, [found[code] for code in sorted(found)]


def _page(
    request: Asking,
    form: BatchForm | None,
    kinds: list[Kind],
    bodies: list["Body"],
    *,
    status: int = 200,
) -> HttpResponse:
    shown, pager = asked.page_of(request, queries.batches_for(request.actor), answers.SIZE)
    own = bodies if not request.actor.holds(Role.SECRETARIAT) else []
    context: dict[str, Any] = {
        "form": form,
        "table": _table(shown),
        "own": _own(kinds, own),
        "pager": pager,
        "crumbs": answers.crumbs((_("Files"), "")),
        "seen_by": batch.seen_by_all(),
    }
    return answers.page(request, "desk/batches.html", context, status=status)


def _own(kinds: list[Kind], bodies: list["Body"]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a body has standing, as files to change and bring in again."""
    return [
        (
            _(DEFINITIONS[kind].names),
            [
                (f"{code} {ending.upper()}", f"{address}?body={code}")
                for code in (body.code for body in bodies)
                for ending in batch.ENDINGS
                if (address := reverse("desk-batch-own", args=[kind.value, ending]))
            ],
        )
        for kind in kinds
        if bodies
    ]


def _table(found: list["Batch"]) -> Table:
    labels = (_("Brought in"), _("Kind"), _("From"), _("Where it stands"), _("Rows"))
    return Table(
        name="batches",
        caption=_("Files"),
        columns=[*(Column(label) for label in labels[:-1]), Column(labels[-1], "number")],
        rows=[_row(one) for one in found],
        empty=_("No file has been brought in that you may see."),
        is_caption_hidden=True,
        is_stacked=True,
    )


def _row(one: "Batch") -> list[Cell | str]:
    return [
        Cell(answers.moment(one.staged_at), url=reverse("desk-batch", args=[one.pk])),
        _(DEFINITIONS[Kind(one.kind)].names),
        naming.body_name(one.body),
        batches_told.state_cell(one),
        str(sum(one.counts.values())),
    ]


def own(request: Asking, kind: str, ending: str) -> HttpResponse:
    """What a body has standing of a kind, as a file to change and bring in again."""
    if kind not in set(Kind) or ending not in batch.ENDINGS:
        raise Unseen("no such file")
    _kinds, bodies = _open(request)
    wanted = request.GET.get("body", "")
    chosen = [b for b in bodies if b.code == wanted] if wanted else bodies
    if len(chosen) != 1:
        raise Unseen("not a body that this actor writes for")
    return batch.own_file(Kind(kind), chosen[0], ending, by=request.actor)


def detail(request: Asking, pk: UUID) -> HttpResponse:
    return batch.show(request, queries.batch_for(request.actor, pk))
