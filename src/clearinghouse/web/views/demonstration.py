"""The demonstration's two conveniences: taking a seat by one click, and looking at the mails."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.mandate import queries as mandate
from clearinghouse.people import queries as people
from clearinghouse.people.asking import Asking
from clearinghouse.people.signin import sessions
from clearinghouse.web import asked, demonstration, downloads, naming
from clearinghouse.web.pages import page
from clearinghouse.web.parts import File

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def demo_as(request: Asking, persona: str) -> HttpResponse:
    """Sign in as a persona. Raises Unseen for any other, and outside a demonstration.

    Here alone, where everything is invented, a click stands for the second factor too.
    """
    _demonstration_only()
    account = people.account_of(demonstration.email_of(persona))
    login(request, account, backend=BACKEND)
    sessions.prove(request, account)
    language = request.POST.get("language", "")
    known = language in dict(settings.LANGUAGES)
    with translation.override(language if known else naming.language()):
        return redirect("desk")


def demo_outbox(request: Asking) -> HttpResponse:
    _demonstration_only()
    some, pager = asked.page_of(request, demonstration.names(_folder()))
    context = {
        "mails": [demonstration.head(_folder(), name) for name in some],
        "pager": pager,
        "languages": [],
        "seen_by": _("Whoever tries the demonstration; nothing was really sent."),
    }
    return page(request, "demonstration/outbox.html", context)


def demo_mail(request: Asking, name: str) -> HttpResponse:
    _demonstration_only()
    mail = demonstration.whole(_folder(), name)
    if mail is None:
        raise Unseen("no such mail")
    context = {
        "mail": mail,
        "files": [
            File(
                name=each.name,
                url=reverse("demo-mail-file", args=[name, number]),
                kind=each.kind.upper(),
                size=filesizeformat(len(each.content)),
            )
            for number, each in enumerate(mail.attachments, 1)
        ],
        "languages": [],
        "seen_by": _("Whoever tries the demonstration; nothing was really sent."),
    }
    return page(request, "demonstration/mail.html", context)


def demo_mail_file(_request: Asking, name: str, number: int) -> HttpResponse:
    """A file that went with a mail, by its place in it, handed out to be saved."""
    _demonstration_only()
    mail = demonstration.whole(_folder(), name)
    if mail is None or number not in range(1, len(mail.attachments) + 1):
        raise Unseen("no such file")
    file = mail.attachments[number - 1]
    return downloads.download(file.content, name=file.name, kind=file.kind)


def _folder() -> Path:
    return settings.OUTBOX_FOLDER


def _demonstration_only() -> None:
    if not mandate.is_demonstration():
        raise Unseen("this is no demonstration")
