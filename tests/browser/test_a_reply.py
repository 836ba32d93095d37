"""A mission corrects a need by replying to its last matrix mail, without signing in."""

import re
from argparse import Namespace
from pathlib import Path

from django.utils import timezone

from clearinghouse.cli import intake
from clearinghouse.crossings.tick import tick
from tests.browser.conftest import Arrive
from tests.browser.mailbox import mails_to, reply, words

TITLE = "Case conference between police and prosecutors"


def test_a_need_is_corrected_by_mail(
    arrive: Arrive, made: Path, outbox: Path, tmp_path: Path
) -> None:
    asked = mails_to("state-xa", made / "outbox")[-1]
    code = re.search(rf"(N-[0-9a-f]{{8}}) .*{TITLE}", words(asked))
    assert code is not None, words(asked)
    letter = tmp_path / "reply.eml"
    letter.write_bytes(reply(asked, "state-xa", f"{code[1]} rough cost: USD 20,000"))
    intake.VERB.run(Namespace(what=letter, body=None, reference=""))

    office = arrive("secretariat").open("desk/intake/")
    office.follow(re.compile("Re: Matrix of needs"))
    assert office.sees("USD 20,000")
    assert office.sees("Rough cost")
    office.write("The paper that it is recorded on", "its mail of 12 October").press("Accept it")
    assert office.sees(f"{code[1]}: changed")

    mission = arrive("state-xa").open("desk/needs/")
    mission.follow(TITLE)
    assert mission.sees("USD 20,000")
    tick(timezone.now)
    told = mails_to("state-xa", outbox)[-1]
    assert "its mail of 12 October" in words(told)
