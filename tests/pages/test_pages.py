"""Every page is right HTML, can be read by everybody, and fits the narrowest screen."""

import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from clearinghouse.project.doors import TABLE
from tests.pages.gathered import Gathered, representative, turned
from tests.pages.looking import Fault, Looker
from tests.two_worlds.crawl import Crawler

# Whatever these answer is no page: a redirection, data, a file; or nothing, outside a demonstration.
NO_PAGE = {"root", "matrix-file", "demo-outbox", "demo-mail", "demo-mail-file"}

# The patterns show samples of the landmarks that the page itself has.
SHOWN_AGAIN = {("patterns", "landmark-unique")}


@pytest.fixture(scope="module")
def some(pages: list[Gathered], site: Crawler) -> dict[str, list[Gathered]]:
    english = representative(pages)
    return {"en": english, "ar-xb": turned(english, site)}


def test_every_address_that_shows_a_page_is_among_them(pages: list[Gathered]) -> None:
    shown = {page.ask.route for page in pages} - {"absent"}
    asked = {route for route, row in TABLE.items() if "GET" in row}
    data = {route for route in asked if route.startswith("api-v1:")}
    assert asked - shown - data == NO_PAGE


def test_the_html_is_right(
    pages: list[Gathered],
    own_pages: list[Gathered],
    some: Mapping[str, list[Gathered]],
    tmp_path: Path,
) -> None:
    files = {}
    for number, page in enumerate([*pages, *own_pages, *some["ar-xb"]]):
        file = tmp_path / f"{number}.html"
        file.write_bytes(page.answer.body)
        files[f"file:{file}"] = page
    words = ["--stdout", "--exit-zero-always", "--format", "json", "--skip-non-html"]
    done = subprocess.run(
        [os.environ["JAVA"], "-jar", os.environ["VNU"], *words, str(tmp_path)],
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(done.stdout)["messages"]
    faults = [Fault(m["message"], m.get("extract", ""), files[m["url"]]) for m in found]
    assert not faults, told(faults)


@pytest.mark.parametrize("language", ["en", "ar-xb"])
def test_everybody_can_read_them(
    browser: Browser, site: Crawler, some: Mapping[str, list[Gathered]], language: str
) -> None:
    with Looker.at(browser, site) as looker:
        faults = [fault for page in some[language] for fault in looker.faults(page)]
    faults = [f for f in faults if (f.page.ask.route, f.rule) not in SHOWN_AGAIN]
    assert not faults, told(faults)


def test_everybody_can_read_the_demonstration(
    browser: Browser, site: Crawler, own_pages: list[Gathered]
) -> None:
    with Looker.at(browser, site) as looker:
        faults = [fault for page in own_pages for fault in looker.faults(page)]
    assert not faults, told(faults)


def told(faults: Iterable[Fault]) -> str:
    """Each rule, how often it is broken, and where first."""
    by_rule: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_rule[fault.rule].append(fault)
    return "\n".join(
        f"{len(some)} x {fault}" for some in by_rule.values() for fault in islice(some, 3)
    )
