"""Activity files as a donor would publish them, small and made up."""

from collections.abc import Iterable
from pathlib import Path

from clearinghouse.access.actor import OPERATOR
from clearinghouse.batches.actions import For, publishing
from clearinghouse.batches.actions.publishing import BroughtIn, Hearing
from tests.committee import Committee

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n'
TAIL = "</iati-activities>\n"


def activity(
    number: int, inner: str = "", *, sector: str = "15132", updated: str = "2025-01-01T00:00:00Z"
) -> str:
    """One activity that bears on the resolution, on four lines."""
    title = f"<title><narrative>Activity number {number}</narrative></title>"
    return (
        f'<iati-activity xml:lang="en" default-currency="USD" last-updated-datetime="{updated}">\n'
        f"<iati-identifier>XM-{number}</iati-identifier>{title}\n"
        f'<sector vocabulary="1" code="{sector}" percentage="100"/>{inner}\n'
        "</iati-activity>\n"
    )


def published(folder: Path, activities: Iterable[str] = (), whole: str | bytes = "") -> Path:
    file = folder / "activities.xml"
    content = whole or HEAD + "".join(activities) + TAIL
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def brought_in(committee: Committee, file: Path, key: str = "") -> BroughtIn:
    asked = For(body=committee.body("XIO"), key=key, instrument="a test")
    return publishing.bring_in(file, asked, Hearing(clock=lambda: committee.now), by=OPERATOR)
