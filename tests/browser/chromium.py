"""The browser that is driven: the system's Chromium, shut off from every network but this machine."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

FLAGS = (
    "--no-sandbox",  # it shows our own pages alone, and build servers run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def path() -> str:
    """Skips the test where there is no browser; a build server leaves nothing out."""
    if found := os.environ.get("CHROMIUM") or shutil.which("chromium"):
        return found
    why = "no Chromium: `make browser` looks for it, or name it in CHROMIUM"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(why)
    pytest.skip(why)


@contextmanager
def started() -> Iterator[Browser]:
    """Playwright keeps an event loop in this thread: Django is told that this is meant."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path(), args=list(FLAGS))
        yield browser
        browser.close()
