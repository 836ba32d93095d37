"""Files of contributions in the demonstration, in each state that tells something.

None of them lists anything: what stands in the directory is of the other stories.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from clearinghouse.batches import actions
from clearinghouse.batches.actions import For, errands, handing
from clearinghouse.batches.models import Batch
from clearinghouse.batches.rules import size
from clearinghouse.files.actions import Offered
from clearinghouse.mandate import queries as mandate
from clearinghouse.submissions.rules.kinds import Kind

if TYPE_CHECKING:
    from clearinghouse.crossings.demonstration import Cast

DAY = timedelta(days=1)
MODELS = ("Seals on small craft", "Sealing lists in print", "Custody of seals at night")


def begin(cast: "Cast", now: datetime) -> None:
    """With a faulty row, with the secretariat, returned, and one that could not be read."""
    _staged(cast, "focal-xro", "XRO", [*_standards(MODELS[:1]), {"title": {"en": MODELS[1]}}], now)
    waits = _staged(cast, "focal-xio", "XIO", _standards(MODELS), now + DAY)
    actions.hand_in(waits, by=cast.actor("focal-xio", now), now=now + DAY)
    back = _staged(cast, "focal-xfo", "XFO", _standards(MODELS[1:]), now + DAY)
    actions.hand_in(back, by=cast.actor("focal-xfo", now), now=now + DAY)
    office = cast.actor("secretariat", now)
    actions.return_(back, "Please say which edition each is.", by=office, now=now + 2 * DAY)
    content = b"title[en],colour\n" + b"Sealing wax,red\n" * (size.MANY + 1)
    asked = For(body=mandate.body("XIO"), key="demonstration: a large file")
    by, offered = cast.actor("alternate-xio", now), Offered(name="colours.csv", content=content)
    handing.bring_in(Kind.STANDARD, asked, offered, by=by, now=now + DAY)
    errands.do_next(lambda: now + DAY)


def _staged(
    cast: "Cast", slug: str, body: str, records: Sequence[dict[str, Any]], now: datetime
) -> Batch:
    asked = For(body=mandate.body(body), key=f"demonstration: {slug}")
    offered = Offered(name="standards.json", content=json.dumps(records).encode())
    return actions.stage(Kind.STANDARD, asked, offered, by=cast.actor(slug, now), now=now)


def _standards(titles: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "title": {"en": title},
            "legal_nature": "best practice",
            "obligations": [{"ref": "2(g)"}],
            "reference": f"EX-{title.split()[0].lower()}",
        }
        for title in titles
    ]
