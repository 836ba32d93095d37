"""How long 300 mails of an issue take to a mail server on this machine, composed one by one.

Run it as `python -m benchmarks.mails`; it makes its own demonstration, and removes it.
"""

from drills import FOLDER, sink, world  # first: it makes a folder and points the settings there

# isort: split
import sys
import time
from argparse import ArgumentParser

from clearinghouse.crossings import issue_matrix
from clearinghouse.crossings.tick import send
from clearinghouse.kernel.calendar import midnight_of
from drills.often_killed import enlist

MAILS, AIM = 300, 10.0  # seconds by the clock on the wall


def main() -> int:
    """Exit code 1 where the aim is missed."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=MAILS)
    asked = parser.parse_args()
    with sink.mail_server(FOLDER / "taken") as address:
        world.found()
        world.post_to(address)
        enlist(asked.mails - world.RECIPIENTS)
        issue_matrix.run(world.opens(world.FIRST))
        world.clear(world.FIRST)
        moment = midnight_of(world.FIRST)
        issue_matrix.run(moment)
        began, spent = time.monotonic(), time.process_time()
        told = send(lambda: moment)
        took, spent = time.monotonic() - began, time.process_time() - spent
        taken = sum(sink.taken(FOLDER / "taken").values())
    print(f"\n{taken} mails taken in {took:.1f} s, {spent:.1f} s of them processor time of ours")
    for status, count in told.items():
        print(f"  {status:10}{count:5}")
    missed = took > AIM or taken != asked.mails
    print(f"aim: {AIM:.0f} s for {MAILS}: {'MISSED' if missed else 'met'}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
