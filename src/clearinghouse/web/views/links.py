"""Links by mail: asking for one, and setting a password with it. They tell nobody who has one."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clearinghouse.people.asking import Asking
from clearinghouse.people.signin import links, resets
from clearinghouse.web.forms.signing import AddressForm, NewPasswordForm
from clearinghouse.web.pages import page
from clearinghouse.web.views.account import set_new
from clearinghouse.web.views.desk import answers
from clearinghouse.web.views.signing import seen_by


def ask(request: Asking) -> HttpResponse:
    """Whatever address is given, the answer is the same."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        resets.ask(request, form.cleaned_data["email"], now=request.now)
        return answers.see("account-reset-sent")
    status = 400 if form.is_bound else 200
    return page(request, "signing/reset.html", {"form": form, "seen_by": seen_by()}, status=status)


def sent(request: Asking) -> HttpResponse:
    return page(request, "signing/sent.html", {})


def follow(request: Asking, token: str) -> HttpResponse:
    """A GET shows the form and uses nothing up: a mail program that looks does no harm.

    Raises Unseen for a link that does not fit, whatever the reason.
    """
    opened = links.open_(token, request.now)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and set_new(form, opened.account):
        return answers.see("account_login", done="password")
    context = {
        "form": form,
        "email": opened.account.email,
        "is_invitation": opened.purpose == links.Purpose.INVITATION,
        "seen_by": _("whoever has the link, and you alone are sent it."),
    }
    return page(request, "signing/link.html", context, status=400 if form.is_bound else 200)
