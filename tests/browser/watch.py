"""Looks over a browser's shoulder: whatever it complains of, and wherever else it turns, is kept."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request, Response, WebError

# Said by the browser itself whenever a page is answered with a refusal: the test asks for those.
REFUSED = "Failed to load resource: the server responded with a status of 4"
REPORT = """
addEventListener("securitypolicyviolation", event =>
  console.error(`the policy forbids ${event.violatedDirective}: ${event.blockedURI}`))
"""


class Watch:
    """The faults of one browser window; a test that meets any has failed."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site, self.faults = site, list[str]()
        context.add_init_script(REPORT)
        context.on("console", self._console)
        context.on("dialog", self._dialog)
        context.on("weberror", self._weberror)
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"} and not said.text.startswith(REFUSED):
            self.faults.append(f"console {said.type}: {said.text}")

    def _dialog(self, opened: Dialog) -> None:
        self.faults.append(f"a dialog: {opened.message}")
        opened.dismiss()

    def _weberror(self, why: WebError) -> None:
        self.faults.append(f"a script failed: {why.error}")

    def _request(self, asked: Request) -> None:
        if urlsplit(asked.url).netloc != urlsplit(self.site).netloc:
            self.faults.append(f"a request elsewhere: {asked.url}")

    def _response(self, answer: Response) -> None:
        if answer.status >= 500:
            self.faults.append(f"{answer.status} for {answer.url}")
