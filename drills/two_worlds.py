"""Random pairs of worlds, asked at length: the bytes that differ are counted, and are to be none.

`python -m drills.two_worlds [--pairs 20] [--requests 1000] [--seed N]`; `--requests 0` asks all of
the addresses of every seat, which takes hours. A pair is told again by its seed.
"""

import argparse
import logging
import random
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

from django.core.management import call_command
from django.test import override_settings

from drills import FOLDER
from tests.databases import copied
from tests.two_worlds.crawl import Observer, Report, written
from tests.two_worlds.differences import SECRETS, Pair, Secret

FEWEST_READERS = 4
MOST_SECRETS = 8


def main() -> int:
    """Exit code 0 where no byte differs and nothing broke, else 1."""
    options, began = _options(), time.monotonic()
    logging.disable(logging.CRITICAL)  # thousands of addresses that are not there, as asked
    print(f"seed {options.seed}")
    call_command("migrate", verbosity=0)
    folder, shared = (Path(mkdtemp(dir=FOLDER)) for _ in range(2))
    reports = []
    # The limit on attempts to sign in counts those of both worlds together.
    with (
        override_settings(ACCOUNT_RATE_LIMITS=False),
        copied(folder, shared),
        Observer.of(folder) as observer,
    ):
        for pair in pairs(options.pairs, random.Random(options.seed)):  # noqa: S311  # no secret
            reports.append(observer.compare(pair, options.requests))
            _tell(reports[-1])
    print(written(reports).splitlines()[-1])
    print(f"{time.monotonic() - began:.0f} s")
    return int(any(r.differing or r.faults for r in reports))


def _tell(report: Report) -> None:
    print(report, flush=True)
    for line in [*report.differences[:5], *sorted(report.faults)[:5]]:
        print(f"    {line}")


def pairs(number: int, chance: random.Random) -> Iterator[Pair]:
    """Each of some secrets that a reader chosen first may not see, in an order of chance."""
    for n in range(1, number + 1):
        some = _together(chance)
        names = "; ".join(s.name for s in some)
        yield Pair(f"{n}. {names}", tuple(some))


def _together(chance: random.Random) -> list[Secret]:
    """Secrets that leave at least four readers, and do not act upon the same need twice."""
    some: list[Secret] = []
    every = list(SECRETS.values())
    chance.shuffle(every)
    for each in every[: chance.randint(2, MOST_SECRETS) * 3]:
        wider = Pair("", (*some, each))
        about = {s.name.partition(", ")[2] for s in some if not s.name.startswith("need added")}
        again = each.name.partition(", ")[2] in about - {""}
        if not again and len(wider.readers) >= FEWEST_READERS and len(some) < MOST_SECRETS:
            some.append(each)
    return some


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--requests", type=int, default=1000, help="of each pair; 0: all")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
