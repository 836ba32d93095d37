"""Second factors: an authenticator application and recovery codes, through the library."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import flows as totp
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from clearinghouse.people.models import Account
from clearinghouse.people.signin import figures, limits, sessions

CODES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
REMEMBERED = 180  # seconds: longer than a code can be used, with a step of tolerance


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # the library ships no types
    """A code of the application, or a recovery code. Each opens once."""

    def clean_code(self) -> str:
        request, code = context.request, str(self.cleaned_data["code"])
        with limits.trying(request, f"people.code:{self.user.pk}") as tried:
            for each in _of(self.user, *CODES):
                if each.wrap().validate_code(code):
                    _use_up(self.user, code)
                    each.user, self.authenticator = self.user, each
                    tried.succeeded()
                    return code
        figures.count(request, figures.FAILED)
        raise get_adapter().validation_error("incorrect_code")


class EnrolForm(ActivateTOTPForm):  # type: ignore[misc]  # the library ships no types
    """The first code of a new application, which cannot be used again to come in."""

    def clean_code(self) -> str:
        code = str(super().clean_code())
        _use_up(self.user, code)
        return code


def _use_up(account: Account, code: str) -> None:
    """Raises ValidationError for a code that has been used within its time."""
    plain = "".join(code.split())
    if not cache.add(f"people.code:{account.pk}:{plain}", "used", timeout=REMEMBERED):
        raise get_adapter().validation_error("incorrect_code")


def has_one(account: Account) -> bool:
    return bool(get_adapter().is_mfa_enabled(account, [Authenticator.Type.TOTP]))


def picture(account: Account, secret: str) -> SafeString:
    """The secret as a square to be photographed: SVG to stand in the page itself."""
    adapter = get_adapter()
    svg: str = adapter.build_totp_svg(adapter.build_totp_url(account, secret))
    drawn = svg[svg.index("<svg") :].replace("<svg", '<svg aria-hidden="true"', 1)
    return mark_safe(drawn)  # noqa: S308  # drawn by the library from our text


def enrol(request: HttpRequest, form: EnrolForm) -> list[str]:
    """The factor counts from now on, in this session under a new name; all others end.

    The recovery codes are returned to be shown this once.
    """
    totp.activate_totp(request, form)
    return _settled(request, form.user)


def new_codes(request: HttpRequest, account: Account) -> list[str]:
    """Others in the place of those before, which open nothing any more."""
    _of(account, Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(account)
    return _settled(request, account)


def remove(request: HttpRequest, account: Account) -> None:
    """Take the holder's own factor away; whoever needs one is led to enrol another."""
    remove_all(account)
    request.session.pop(sessions.PROVED, None)
    request.session.pop("account_authentication_methods", None)
    sessions.renew(request)
    sessions.end_all(account.person_id, besides=request)


def remove_all(account: Account) -> None:
    Authenticator.objects.filter(user=account).delete()


def codes_left(account: Account) -> int:
    found = _of(account, Authenticator.Type.RECOVERY_CODES).first()
    return len(found.wrap().get_unused_codes()) if found else 0


def _settled(request: HttpRequest, account: Account) -> list[str]:
    sessions.prove(request, account)
    sessions.renew(request)
    sessions.end_all(account.person_id, besides=request)
    codes = _of(account, Authenticator.Type.RECOVERY_CODES).get()
    codes.wrap().mark_as_viewed()
    return list(codes.wrap().get_unused_codes())


def _of(account: Account, *kinds: str) -> Any:
    return Authenticator.objects.filter(user=account, type__in=kinds)
