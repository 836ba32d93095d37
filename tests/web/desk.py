"""Sits down at the desk as one of the cast: opens pages, fills in forms as they were rendered."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clearinghouse.needs.models import Need
from clearinghouse.submissions.models import Submission
from tests.committee import Committee

STANDARD = {
    "title-en": "Model code of conduct",
    "summary-en": "It asks ports to check cargo.",
    "legal_nature": "code",
    "obligations": ["1(a)"],
    "obligations-at-1(a)": "article 2",
    "issued": "2024-05",
    "url": "https://example.org/code",
}
NEED = {
    "area": "customs",
    "title-en": "Risk profiles",
    "description-en": "Help in writing risk profiles.",
    "priority": "2",
    "consent": "none",
}


class Desk:
    """One person's browser."""

    def __init__(self, committee: Committee, who: str) -> None:
        self.client = Client()
        if who != "public":
            self.client.force_login(committee.accounts[who])

    def get(self, route: str, *args: object, **asked: str) -> Any:
        return self.client.get(reverse(route, args=args), asked)

    def post(self, route: str, *args: object, **typed: Any) -> Any:
        return self.client.post(reverse(route, args=args), typed)

    def begin(self, kind: str = "standard", do: str = "save", **typed: Any) -> Any:
        said = (STANDARD if kind == "standard" else NEED) | typed
        kept = {name: value for name, value in said.items() if value is not None}
        return self.client.post(reverse("desk-submission-new", args=[kind]), kept | {"do": do})

    def write(self, one: Submission, do: str = "save", **typed: Any) -> Any:
        """Send the form of a contribution as it stands now, with these changes."""
        said = (STANDARD if one.kind == "standard" else NEED) | typed
        kept = {name: value for name, value in said.items() if value is not None}
        version = {"version": fresh(one).version}
        return self.client.post(
            reverse("desk-submission-edit", args=[one.pk]), version | kept | {"do": do}
        )

    def step(self, step: str, one: Submission, **typed: Any) -> Any:
        version = {"version": fresh(one).version}
        return self.post(f"desk-submission-{step}", one.pk, **version | typed)

    def on_need(self, step: str, need: Need, **typed: Any) -> Any:
        version = {"version": fresh_need(need).version}
        return self.post(f"desk-need-{step}", need.pk, **version | typed)


def fresh(one: Submission) -> Submission:
    return Submission.objects.unscoped("a test looks").get(pk=one.pk)


def fresh_need(need: Need) -> Need:
    return Need.objects.unscoped("a test looks").get(pk=need.pk)


def all_submissions() -> list[Submission]:
    return list(Submission.objects.unscoped("a test counts"))


def the_submission() -> Submission:
    return Submission.objects.unscoped("a test looks").get()


def text(response: HttpResponse) -> str:
    """What a page says, without its markup."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def faults(response: HttpResponse) -> dict[str, str]:
    """The points listed first on a page that came back: by the input they lead to."""
    html = response.content.decode().partition('class="fault-summary"')[2].partition("</ul>")[0]
    return {
        target: unescape(said)
        for target, said in re.findall(r'<a href="#id_([^"]+)">([^<]+)</a>', html)
    }


def buttons(response: HttpResponse) -> set[str]:
    """The addresses' last words of every form on the page that can be sent."""
    html = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return {
        a.rstrip("/").rpartition("/")[2] for a in re.findall(r'<form[^>]*action="([^"]+)"', html)
    }
