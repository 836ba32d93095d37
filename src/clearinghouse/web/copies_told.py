"""Copies as files to fetch: on the desk beside a contribution, in public beside an entry."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.kernel import languages
from clearinghouse.submissions.queries import copies
from clearinghouse.web.parts import File

if TYPE_CHECKING:
    from clearinghouse.submissions.models import Copy, Submission

KB = 1024


def of_entry(kind: str, code: str) -> list[File]:
    """Those that go with an entry as it stands, for whoever is shown the entry."""
    return [
        _file(each, reverse("entry-copy", args=[code, each.pk]))
        for each in copies.copies_in_view(kind, code)
    ]


def of_submission(submission: "Submission") -> list[tuple["Copy", File, str]]:
    """Each with what it tells of persons beside its content, as it was handed in."""
    return [
        (
            each,
            _file(each, reverse("desk-submission-copy", args=[submission.pk, each.pk])),
            "; ".join(f"{_(what)}: {value}" for what, value in each.file.tells),
        )
        for each in copies.copies_of(submission)
    ]


def in_print(some: "Sequence[Copy]") -> str:
    """All of an entry's copies in one line."""
    return "; ".join(f"{each.file.name} ({', '.join(_facts(each))})" for each in some)


def _file(each: "Copy", url: str) -> File:
    return File(
        name=each.file.name,
        url=url,
        kind=each.file.type.upper(),
        size=_size(each),
        language=_language(each),
        note=each.edition,
    )


def _facts(each: "Copy") -> Iterable[str]:
    said = (each.file.type.upper(), _size(each), _language(each), each.edition)
    return filter(None, said)


def _size(each: "Copy") -> str:
    return _("%(size)s kB") % {"size": max(1, each.file.size // KB)}


def _language(each: "Copy") -> str:
    return languages.BY_CODE[each.file.language].name if each.file.language else ""
