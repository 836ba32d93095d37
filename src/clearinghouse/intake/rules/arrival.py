"""What is noticed about an item when it arrives: a machine wrote it, or another address."""

import re
from collections.abc import Mapping
from email.utils import parseaddr
from enum import StrEnum

from clearinghouse.kernel.marking import N_

_NOBODY = re.compile(r"\A(mailer-daemon|postmaster|no-?reply|do-?not-?reply)\b", re.IGNORECASE)
_MACHINES = frozenset({"bulk", "junk", "list", "auto_reply"})


class Mark(StrEnum):
    """Pointed out beside the item. None of them changes what may be done to it."""

    AUTOMATIC = "automatic"
    MISMATCH = "mismatch"
    NO_REFERENCE = "no_reference"
    SEVERAL = "several"
    SEAT_ENDED = "seat_ended"
    ONLY_A_PAGE = "only_a_page"
    ENCODING = "encoding"
    CUT = "cut"
    UNREAD = "unread"
    NOT_KEPT = "not_kept"
    NOTHING_SAID = "nothing_said"
    TRANSLATED = "translated"


MARK_WORDS: dict[Mark, str] = {
    Mark.AUTOMATIC: N_(
        "Written by a machine: an absence notice, a bounce or a list. Not answered."
    ),
    Mark.MISMATCH: N_("It claims to come from another address than the one that was written to."),
    Mark.NO_REFERENCE: N_(
        "It carries no reference of ours: nobody vouches for whom it comes from."
    ),
    Mark.SEVERAL: N_("It carries references to mails of several bodies; the first counts."),
    Mark.SEAT_ENDED: N_("The seat that was written to has ended."),
    Mark.ONLY_A_PAGE: N_(
        "It was a page: these are its words, and nothing it points at was loaded."
    ),
    Mark.ENCODING: N_("It is not written in the encoding it names: some signs may be wrong."),
    Mark.CUT: N_("It is very long: only its beginning is shown."),
    Mark.UNREAD: N_("It could not be read. The reason stands below."),
    Mark.NOT_KEPT: N_("A file that came with it was not kept. The reason stands below."),
    Mark.NOTHING_SAID: N_("Nothing in it says, in the form of a reply, what is to be recorded."),
    Mark.TRANSLATED: N_(
        "Some of it was read by translated words that nobody has reviewed: compare it with the text."
    ),
}


def is_automatic(headers: Mapping[str, str]) -> bool:
    """Whether a machine wrote it (RFC 3834 and what is met besides): such mail is never answered."""
    told = {name: headers.get(name, "").strip().lower() for name in headers}
    return (
        told.get("auto-submitted", "no") not in {"", "no"}
        or told.get("precedence", "") in _MACHINES
        or any(told.get(name) for name in ("x-autoreply", "x-loop", "list-id"))
        or told.get("return-path") == "<>"
        or told.get("content-type", "").startswith("multipart/report")
        or bool(_NOBODY.match(address_of(headers)))
    )


def address_of(headers: Mapping[str, str]) -> str:
    """The address that a mail claims to come from, in small letters; "" where it names none."""
    return parseaddr(headers.get("from", ""))[1].lower()
