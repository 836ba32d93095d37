"""Somebody in front of a browser: finds things by the words on the page, as people do."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from tests.browser.watch import Watch

PATIENCE = 10_000  # milliseconds for a page


class Visitor:
    """One person's window. `scripted`: whether it runs scripts; the site needs none."""

    def __init__(self, browser: Browser, site: str, *, scripted: bool, language: str) -> None:
        self.site, self.language, self.scripted = site, language, scripted
        self.context = browser.new_context(
            base_url=site, java_script_enabled=scripted, accept_downloads=True
        )
        self.context.set_default_timeout(PATIENCE)
        self.watch = Watch(self.context, site)
        self.page: Page = self.context.new_page()

    def open(self, path: str = "") -> "Visitor":
        """A page by its address without the language."""
        self.page.goto(f"/{self.language}/{path}")
        return self

    def sit_down(self, persona: str) -> "Visitor":
        """Take a seat of the demonstration, as the front page offers."""
        self.open()
        self.page.locator(f'form[action$="/demo/as/{persona}"] button').click()
        self.page.wait_for_url(f"**/{self.language}/desk/")
        return self

    def press(self, name: str) -> "Visitor":
        """A button, or a link that looks like one."""
        both = self.main.get_by_role("button", name=name, exact=True).or_(
            self.main.get_by_role("link", name=name, exact=True)
        )
        both.first.click()
        return self

    def press_beside(self, words: str) -> "Visitor":
        """The button of the card that says this."""
        self.main.get_by_role("listitem").filter(has_text=words).locator(".button").first.click()
        return self

    def follow(self, name: str | re.Pattern[str]) -> "Visitor":
        self.page.get_by_role("link", name=name).first.click()
        return self

    def unfold(self, summary: str) -> "Visitor":
        self.main.locator("summary", has_text=summary).first.click()
        return self

    def write(self, label: str, text: str) -> "Visitor":
        self.field(label).fill(text)
        return self

    def choose(self, label: str, option: str) -> "Visitor":
        self.field(label).select_option(label=option)
        return self

    def tick(self, label: str) -> "Visitor":
        self.field(label).check()
        return self

    def field(self, label: str) -> Locator:
        """By the beginning of its label: what comes after says that it is optional."""
        return self.main.get_by_label(re.compile(f"^\\s*{re.escape(label)}")).first

    def take(self, name: str) -> Path:
        """A file behind a link, as it was saved."""
        with self.page.expect_download() as download:
            self.press(name)
        return Path(download.value.path())

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def text(self) -> str:
        """What the page says below its head."""
        return " ".join(self.main.inner_text().split())

    def sees(self, words: str) -> bool:
        return words.casefold() in self.text.casefold()
