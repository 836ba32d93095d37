"""What a list costs: processor time and queries of twenty entries out of ten thousand.

Run it as `python -m benchmarks.lists`; it makes its own database and leaves nothing behind.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

ENTRIES, PER_ROUND, ROUNDS, WARM_UP = 10_000, 300, 5, 50
SOURCES = Path(__file__).parents[1]
Answer = tuple[str, bytes]


def main() -> None:
    """Make the database, measure, print a table. Exits 1 where an address fails."""
    with prepared_folder():
        fill(ENTRIES)
        lines = [("an empty view, no middleware", *bare())]
        lines += [(title, *cost(address)) for title, address in addresses()]
        table(lines)


@contextmanager
def prepared_folder() -> Iterator[Path]:
    """A data folder of its own, and Django set up to use it."""
    folder = Path(tempfile.mkdtemp(prefix="clearinghouse-benchmark-"))
    (folder / "static").mkdir()
    os.environ["CLEARINGHOUSE_DATA_DIR"] = str(folder)
    os.environ.setdefault("CLEARINGHOUSE_SECRET_KEY", "for a measurement only")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearinghouse.project.settings")
    sys.path.insert(0, str(SOURCES / "src"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def fill(entries: int) -> None:
    """The shipped pack, and that many standards, in one batch of the record."""
    import django  # noqa: PLC0415  # the settings must be there first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # after setup
    from django.utils import timezone  # noqa: PLC0415  # after setup

    import clearinghouse  # noqa: PLC0415  # after setup
    from clearinghouse.access.actor import OPERATOR  # noqa: PLC0415  # after setup
    from clearinghouse.crossings import load_pack  # noqa: PLC0415  # after setup
    from clearinghouse.mandate.formats import pack  # noqa: PLC0415  # after setup
    from clearinghouse.mandate.models import Pack  # noqa: PLC0415  # after setup
    from clearinghouse.standards import actions  # noqa: PLC0415  # after setup

    call_command("migrate", verbosity=0)
    now = timezone.now()
    shipped = Path(str(clearinghouse.__file__)).parent / "packs" / "un1373"
    load_pack.load(pack.read(shipped), by=OPERATOR, now=now)
    actions.load(Pack.objects.get(), wanted(entries, now.date()), by=OPERATOR, now=now)


def wanted(entries: int, today: Any) -> Any:
    """Illustrative standards of a common size, with an edition and two paragraphs each."""
    from clearinghouse.mandate import queries as mandate  # noqa: PLC0415  # after setup
    from clearinghouse.standards import actions  # noqa: PLC0415  # after setup

    bodies = [each.pk for each in mandate.organisations()]
    paragraphs = [each.pk for each in mandate.obligations()]
    codes = [f"illustrative-{n:05}" for n in range(entries)]
    return actions.Wanted(
        standards=[row(n, code, bodies, today) for n, code in enumerate(codes)],
        editions=[
            {"standard": code, **actions.edition_values("", f"{1950 + n % 70}")}
            for n, code in enumerate(codes)
        ],
        bearings=[
            {
                "standard": code,
                "obligation_id": paragraphs[(n + k) % len(paragraphs)],
                "pinpoint": "",
            }
            for n, code in enumerate(codes)
            for k in (0, 7)
        ],
        instruments=[],
    )


def row(n: int, code: str, bodies: list[Any], today: Any) -> dict[str, Any]:
    titles = {
        "en": f"Illustrative recommendation {n * 7919 % 100_003} on handling dangerous goods",
        "fr": f"Recommandation d'exemple {n} sur la manutention des marchandises dangereuses",
    }
    return {
        "code": code,
        "organisation_id": bodies[n % len(bodies)],
        "titles": titles,
        "sort": titles["en"].casefold(),
        "summaries": {"en": "What such a recommendation would say, in two lines of text. " * 3},
        "legal_nature": "recommendation",
        "source": "illustrative",
        "status": "listed",
        "listed_on": today,
    }


def addresses() -> list[tuple[str, str]]:
    """What is measured: the list as data and, where there is one, as a page."""
    from django.urls import NoReverseMatch, reverse  # noqa: PLC0415  # after setup

    found = [
        ("JSON, 20 of 10,000", "/api/v1/standards"),
        ("JSON, 20 of 10,000, one language", "/api/v1/standards?lang=fr"),
        ("JSON, the last 20", f"/api/v1/standards?page={ENTRIES // 20}"),
    ]
    try:
        found.append(("HTML, 20 of 10,000", reverse("standards")))
    except NoReverseMatch:
        print("There is no page of standards yet: only the data are measured.")
    return found


def bare() -> tuple[float, int]:
    """An empty view of Django with nothing around it: what no answer can be cheaper than."""
    from django.test import override_settings  # noqa: PLC0415  # after setup

    with override_settings(ROOT_URLCONF="benchmarks.empty", MIDDLEWARE=[]):
        return cost("/empty")


def cost(address: str) -> tuple[float, int]:
    """Milliseconds of processor time a request (median of the rounds), and queries."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415  # after setup
    from django.db import connection  # noqa: PLC0415  # after setup
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # after setup

    application = get_wsgi_application()
    for _ in range(WARM_UP):
        status, _body = ask(application, address)
        if not status.startswith("200"):
            raise SystemExit(f"{address}: {status}")
    with CaptureQueriesContext(connection) as seen:
        ask(application, address)
    queries = len(seen)  # before the next request empties the log
    rounds = [one_round(application, address) for _ in range(ROUNDS)]
    return statistics.median(rounds), queries


def one_round(application: Callable[..., Any], address: str) -> float:
    begun = time.process_time()
    for _ in range(PER_ROUND):
        ask(application, address)
    return (time.process_time() - begun) * 1000 / PER_ROUND


def ask(application: Callable[..., Any], address: str) -> Answer:
    """One request as a web server would hand it over."""
    path, _, query = address.partition("?")
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    response = application(environ, lambda status, _headers: told.append(status))
    body = b"".join(response)
    response.close()
    return told[0], body


def table(lines: list[tuple[str, float, int]]) -> None:
    print(f"\n{'':36}{'CPU ms':>8}{'queries':>9}")
    for title, milliseconds, queries in lines:
        print(f"{title:36}{milliseconds:8.2f}{queries:9}")


if __name__ == "__main__":
    main()
