"""One's own account: the second factor, the password, the sessions. Each act asks for a proof."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.people import actions
from clearinghouse.people.rules import FACTOR_NEEDED
from clearinghouse.people.signin import factors, keys, limits, sessions
from clearinghouse.web.forms.signing import ChangePasswordForm, NewPasswordForm
from clearinghouse.web.pages import page, scripted
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.people.models import Account

View = Callable[..., HttpResponse]


def for_persons(view: View) -> View:
    """Whoever is not signed in is led to sign in, whatever the address."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?next={reverse('account')}")
        return view(request, *args, **kwargs)

    return guarded


@for_persons
def own(request: Any) -> HttpResponse:
    """What opens the account, and where it is open."""
    return _page(request, factors.CodeForm(user=request.user))


@for_persons
def factor(request: Any) -> HttpResponse:
    """Enrol an application: the picture, and its first code. Whoever has one is led on."""
    if factors.has_one(request.user):
        return redirect("account")
    form = factors.EnrolForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        return _codes(request, factors.enrol(request, form))
    context = {
        "form": form,
        "picture": factors.picture(request.user, form.secret),
        "secret": _in_fours(form.secret),
        "is_owed": request.owes_factor,
        "crumbs": _crumbs(_("Second factor")),
        "seen_by": _("you alone."),
    }
    return page(request, "account/factor.html", context, status=_status(form))


@for_persons
def remove_factor(request: Any) -> HttpResponse:
    """Against a code. Whoever needs a factor is led to enrol another at once."""
    form = factors.CodeForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form, status=400)
    factors.remove(request, request.user)
    return answers.see("account-factor")


@for_persons
def codes(request: Any) -> HttpResponse:
    """Other recovery codes, against a code."""
    form = factors.CodeForm(request.POST, user=request.user)
    if not form.is_valid() or not factors.has_one(request.user):
        return _page(request, form, status=400)
    return _codes(request, factors.new_codes(request, request.user))


@for_persons
def key(request: Any) -> HttpResponse:
    """Add a security key beside the application, against a code of it."""
    if not factors.has_one(request.user):
        return redirect("account-factor")
    form = keys.AddKeyForm(request.POST if request.method == "POST" else None, user=request.user)
    has_room = keys.has_room(request.user)
    if has_room and form.is_bound and form.is_valid():
        keys.add(form)
        return answers.see("account")
    context = {
        "form": form,
        "has_room": has_room,
        "question": keys.ask_new(request.user),
        "crumbs": _crumbs(_("Security key")),
        "seen_by": _("you alone."),
    }
    return scripted(page(request, "account/key.html", context, status=_status(form)))


@for_persons
def remove_key(request: Any) -> HttpResponse:
    """One key, against a code; the application goes on."""
    form = factors.CodeForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form, status=400)
    keys.remove(request, request.user, request.POST.get("key", ""))
    return answers.see("account")


@for_persons
def password(request: Any) -> HttpResponse:
    """Against the present one. Every session ends, this one too: sign in with the new one."""
    form = ChangePasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        _check_present(request, form)
    if form.is_bound and form.is_valid() and set_new(form, request.user):
        sessions.end(request)
        return answers.see("account_login", done="password")
    context = {"form": form, "crumbs": _crumbs(_("Password")), "seen_by": _("you alone.")}
    return page(request, "account/password.html", context, status=_status(form))


def set_new(form: NewPasswordForm, account: "Account") -> bool:
    """Whether the password that the form gives was set; if it is too weak the form says so."""
    try:
        actions.set_password(account, form.cleaned_data["password"])
    except Invalid as weak:
        form.add_error("password", weak.faults["password"])
        return False
    return True


def _check_present(request: Any, form: ChangePasswordForm) -> None:
    try:
        with limits.trying(request, f"people.password:{request.user.pk}") as tried:
            if request.user.check_password(form.cleaned_data["present"]):
                tried.succeeded()
                return
    except ValidationError as held_back:
        form.add_error("present", held_back)
        return
    form.add_error("present", _("This is not your present password."))


@for_persons
def end_sessions(request: Any) -> HttpResponse:
    """One session by its handle, or all the others."""
    which, person_id = request.POST.get("which", ""), request.user.person_id
    if which == "others":
        sessions.end_all(person_id, besides=request)
    else:
        sessions.end_one(person_id, which)
    return answers.see("account")


def _page(request: Any, form: Any, status: int = 200) -> HttpResponse:
    has_factor = factors.has_one(request.user)
    context = {
        "email": request.user.email,
        "has_factor": has_factor,
        "must_have": _must_have(request.actor),
        "keys": keys.of(request.user) if has_factor else [],
        "codes_left": factors.codes_left(request.user) if has_factor else 0,
        "form": form,
        "sessions": sessions.of(request.user.person_id, request),
        "crumbs": _crumbs(""),
        "seen_by": _("you alone; an administrator sees when you were last here, no more."),
    }
    return page(request, "account/own.html", context, status=status)


def _status(form: Any) -> int:
    return 400 if form.is_bound else 200


def _must_have(actor: Actor) -> bool:
    return actor.holds(*FACTOR_NEEDED)


def _codes(request: Any, shown: list[str]) -> HttpResponse:
    context = {
        "codes": [f"{code[:4]} {code[4:]}" for code in shown],
        "crumbs": _crumbs(_("Recovery codes")),
        "seen_by": _("you alone, this once."),
    }
    return page(request, "account/codes.html", context)


def _in_fours(secret: str) -> str:
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _crumbs(last: str) -> list[Any]:
    way = [(_("Your account"), "account" if last else "")]
    return answers.crumbs(*way, *([(last, "")] if last else []))
