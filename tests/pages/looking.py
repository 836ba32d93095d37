"""Shows gathered pages to a browser, and asks axe-core and the browser's own measure about them."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

from tests.browser.watch import Watch
from tests.pages.gathered import Gathered
from tests.two_worlds.addresses import Ask
from tests.two_worlds.crawl import Answer, Crawler

WIDE, NARROW, HEIGHT = 1280, 360, 900
ADDRESS = "http://127.0.0.1:9"  # nobody listens there: whatever is asked is answered from here
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# axe-core says nothing of the contrast of purely Arabic text.
LEGIBLE = r"""
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (/\p{Script=Arabic}/u.test(node.data)) {
      node.data = node.data.replace(/\p{Script=Arabic}/gu, "x")
    }
  }
}
"""
RUN = """
async what => (await axe.run(document, {...what, resultTypes: ["violations"]})).violations
  .map(found => [found.id, found.nodes.map(node => node.html.slice(0, 200)).slice(0, 3)])
"""
SPILT = """
() => {
  const room = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= room) return []
  return [...document.querySelectorAll("body *")]
    .filter(each => {
      const box = each.getBoundingClientRect()
      return box.right > room + 1 || box.left < -1
    })
    .slice(0, 3).map(each => each.outerHTML.slice(0, 200))
}
"""


@dataclass(frozen=True)
class Fault:
    """What is wrong on a page: the rule, and a piece of the page."""

    rule: str
    piece: str
    page: Gathered

    def __str__(self) -> str:
        return f"{self.rule}: {self.piece}\n    {self.page}"


class Looker:
    """A browser window whose every request is answered by the site, without a network."""

    def __init__(self, page: Page, site: Crawler, watch: Watch) -> None:
        self.page, self.site, self.watch = page, site, watch
        self.shown: Answer | None = None
        self.kept: dict[str, Answer] = {}  # sheets and fonts, which every page asks for
        self.axe = Path(os.environ["AXE"]).read_text(encoding="utf-8")
        page.route("**/*", self._answer)

    @classmethod
    @contextmanager
    def at(cls, browser: Browser, site: Crawler) -> Iterator["Looker"]:
        context = browser.new_context(viewport={"width": WIDE, "height": HEIGHT})
        try:
            yield cls(context.new_page(), site, Watch(context, ADDRESS))
        finally:
            context.close()

    def faults(self, gathered: Gathered) -> Iterator[Fault]:
        """In English on a wide screen, by day and in the dark; from right to left on a narrow one.

        What depends on the width alone is looked at in both languages on the narrowest screen.
        """
        is_english = gathered.ask.address.startswith("/en/")
        self._show(gathered, WIDE if is_english else NARROW)
        found: list[tuple[str, Sequence[str]]] = []
        found += self._axe({"runOnly": TAGS})
        if is_english:
            self.page.emulate_media(color_scheme="dark")
            found += self._axe({"runOnly": ["color-contrast"]})
            self.page.emulate_media(color_scheme="light")
            self.page.set_viewport_size({"width": NARROW, "height": HEIGHT})
            found += self._axe({"runOnly": ["target-size", "scrollable-region-focusable"]})
        found.append((f"wider than {NARROW} pixels", self.page.evaluate(SPILT)))
        found.append(("complaint", self.watch.faults))
        yield from (Fault(rule, piece, gathered) for rule, pieces in found for piece in pieces)
        self.watch.faults.clear()

    def _show(self, gathered: Gathered, width: int) -> None:
        self.shown = gathered.answer
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.goto(f"{ADDRESS}{gathered.ask.address}", wait_until="load")
        self.page.evaluate(LEGIBLE)
        self.page.evaluate(self.axe)  # no script tag: the policy forbids any

    def _axe(self, what: dict[str, list[str]]) -> list[tuple[str, Sequence[str]]]:
        found: list[Any] = self.page.evaluate(RUN, what)
        return [(rule, pieces) for rule, pieces in found]

    def _answer(self, route: Route) -> None:
        """First the page that is being shown, then what it asks for."""
        path = route.request.url.removeprefix(ADDRESS)
        shown, self.shown = self.shown, None
        answer = shown or self._beside(path)
        route.fulfill(status=answer.code, headers=dict(answer.headers), body=answer.body)

    def _beside(self, path: str) -> Answer:
        if path not in self.kept:
            self.kept[path] = self.site.ask("public", Ask("", "GET", path))
        return self.kept[path]
