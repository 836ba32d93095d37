"""The words the renderers print of their own accord, said once for every document."""

from collections.abc import Callable

from clearinghouse.documents.model import Labels
from clearinghouse.kernel.marking import N_


def labels(say: Callable[[str], str]) -> Labels:
    """The labels in the language that `say` translates to; a room replaces what it calls else."""
    return Labels(
        organ=say(N_("Organ")),
        title=say(N_("Title")),
        subtitle=say(N_("Subject")),
        symbol=say(N_("Symbol")),
        revision=say(N_("Revision")),
        distribution=say(N_("Distribution")),
        date=say(N_("Date")),
        original_language=say(N_("Original")),
        language=say(N_("Language")),
        as_of=say(N_("As of")),
        seen_by=say(N_("Seen by")),
        notices=say(N_("Please note")),
        disclaimers=say(N_("Disclaimer")),
        reminder=say(N_("Human rights")),
        hash=say(N_("Hash (SHA-256)")),
        reference=say(N_("Reference")),
        enclosures=say(N_("Enclosures")),
        contents=say(N_("Contents")),
        page=say(N_("Page %(page)s of %(pages)s")),
        cover=say(N_("Cover")),
        continued=say(N_("Continued")),
    )
