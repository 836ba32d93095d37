"""What came on paper or as a scan is put into the tray by the secretariat."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clearinghouse.files.actions import Offered, examine
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.intake import actions
from clearinghouse.intake.actions import Incoming
from clearinghouse.intake.rules.workflow import Channel
from clearinghouse.people.asking import Asking
from clearinghouse.web.forms.intake import TypedForm
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.views.desk import answers


def new(request: Asking) -> HttpResponse:
    """Asked for with its file; an unfit file is said beside its field, and nothing is kept."""
    words = Vocabulary()
    if request.method != "POST":
        return _page(request, TypedForm(words, request.now))
    form = TypedForm(words, request.now, request.POST, request.FILES)
    offered = _offered(form) if form.is_valid() else None
    if form.is_valid():
        _examine(form, offered)
    if not form.is_valid():
        return _page(request, form, status=400)
    incoming = _incoming(form, offered)
    item = actions.arrive(incoming, by=request.actor, now=request.now)
    return answers.see("desk-intake-item", item.pk, done="intake-arrived")


def _offered(form: TypedForm) -> Offered | None:
    sent = form.cleaned_data.get("file")
    return Offered(name=sent.name, content=sent.read()) if sent else None


def _examine(form: TypedForm, offered: Offered | None) -> None:
    try:
        if offered:
            examine(offered)
        elif not form.cleaned_data.get("text"):
            form.add_error("text", _("Type what it says, or add a file."))
    except Unfit as why:
        form.add_error("file", _(why.message) % why.values)


def _incoming(form: TypedForm, offered: Offered | None) -> Incoming:
    said = form.cleaned_data
    return Incoming(
        channel=Channel(said["channel"]),
        content=offered.content if offered else b"",
        name=offered.name if offered else "",
        text=said["text"],
        title=said["title"],
        body=form.chosen(),
        reference=said["reference"],
        received_on=said["received_on"],
    )


def _page(request: Asking, form: TypedForm, *, status: int = 200) -> HttpResponse:
    heading = _("Put paper or a scan into the tray")
    context = {
        "form": form,
        "heading": heading,
        "crumbs": answers.crumbs((_("Intake tray"), "desk-intake"), (heading, "")),
        "seen_by": _("the seats of its body, the Experts and the secretariat."),
    }
    return answers.page(request, "desk/intake_form.html", context, status=status)
