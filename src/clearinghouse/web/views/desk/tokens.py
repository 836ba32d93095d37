"""The tokens by which programs speak for one's seats: make one, see which are open, revoke."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.people import queries as people
from clearinghouse.people.actions import tokens
from clearinghouse.people.actions.tokens import Wanted
from clearinghouse.people.asking import Asking
from clearinghouse.people.rules import BEARERS, Scope
from clearinghouse.web import naming, seats
from clearinghouse.web.forms.tokens import SCOPES, TokenForm
from clearinghouse.web.views.desk import answers


def index(request: Asking) -> HttpResponse:
    return _page(request, TokenForm(_own(request)))


def make(request: Asking) -> HttpResponse:
    """The token is shown on this page and never again: only its hash is kept."""
    form = TokenForm(_own(request), request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    said = form.cleaned_data
    seat = next(s for s in people.seats_of(request.actor) if str(s.pk) == said["seat"])
    wanted = Wanted(
        label=said["label"], scopes=[Scope(s) for s in said["scopes"]], days=int(said["days"])
    )
    _made, shown = tokens.make(seat, wanted, by=request.actor, now=request.now)
    return _page(request, TokenForm(_own(request)), shown)


def revoke(request: Asking, pk: UUID) -> HttpResponse:
    tokens.revoke(people.token_for(request.actor, pk), by=request.actor, now=request.now)
    return answers.see("desk-tokens", done="token-revoked")


def _own(request: Asking) -> list[tuple[str, str]]:
    """The seats that a program may speak for. Raises Unseen where there is none."""
    held = [s for s in people.seats_of(request.actor) if s.role in BEARERS]
    if not held:
        raise Unseen("no seat that a program may speak for")
    return [(str(s.pk), seats.label(s, naming.language())) for s in held]


def _page(request: Asking, form: TokenForm, shown: str = "", *, status: int = 200) -> HttpResponse:
    own = dict(_own(request))
    context = {
        "made": shown,
        "form": form,
        "tokens": [
            {
                "label": one.label,
                "seat": own.get(str(one.seat_id), ""),
                "scopes": ", ".join(_(SCOPES[Scope(scope)]) for scope in one.scopes),
                "until": answers.moment(one.expires_at),
                "url": reverse("desk-token-revoke", args=[one.pk]),
            }
            for one in people.tokens_for(request.actor, request.now)
        ],
        "crumbs": answers.crumbs((_("Tokens for programs"), "")),
        "seen_by": _("You alone."),
    }
    return answers.page(request, "desk/tokens.html", context, status=status)
