"""The program as it is run: `serve`, its workers and its clock, and browsers that ask of it."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from drills import FOLDER

TOKEN = "d" * 32  # of the forms: cookie and header agree
PATIENCE = 60  # seconds for one answer
FORM = "application/x-www-form-urlencoded"


@contextmanager
def served(port: int, *options: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """Serve the drill's installation on this machine until the drill is over."""
    named = {f"CLEARINGHOUSE_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "clearinghouse.cli", "serve", "--port", str(port)]
    command += options
    with (FOLDER / "serve.log").open("ab") as said:
        running = subprocess.Popen(command, env=os.environ | named, stdout=said, stderr=said)
    try:
        until_well(port)
        yield running
    finally:
        running.terminate()
        running.wait(30)


def until_well(port: int, patience: float = 60) -> float:
    """Ask whether it is well until it is; gives the seconds that took."""
    began = time.monotonic()
    while time.monotonic() - began < patience:
        if health(port) == http.HTTPStatus.OK:
            return time.monotonic() - began
        time.sleep(0.05)
    raise TimeoutError(
        f"not well within {patience} s: {(FOLDER / 'serve.log').read_text()[-2000:]}"
    )


def health(port: int) -> int:
    """The status of /healthz; 0 where nobody answers."""
    try:
        return Browser(port).get("/healthz")[0]
    except (OSError, http.client.HTTPException):
        return 0


class Browser:
    """Keeps its cookies and its connection. Whatever goes wrong on the way is raised."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies = {"csrftoken": TOKEN}
        self.connection = self._connect()

    def sign_in(self, persona: str) -> None:
        status, _ = self.post(f"/demo/as/{persona}", {})
        if status != http.HTTPStatus.FOUND:
            raise ValueError(f"signing in as {persona}: {status}")

    def get(self, path: str) -> tuple[int, str]:
        """Status and body."""
        return self._ask("GET", path, "")

    def post(self, path: str, form: Mapping[str, str]) -> tuple[int, str]:
        """Status and where it leads."""
        return self._ask("POST", path, urlencode(form))

    def _ask(self, method: str, path: str, body: str) -> tuple[int, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "X-CSRFToken": self.cookies["csrftoken"]}
        headers |= {"Content-Type": FORM} if body else {}
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            content = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = self._connect()
            raise
        self._keep(answer)
        return answer.status, answer.getheader("Location") or content

    def _keep(self, answer: http.client.HTTPResponse) -> None:
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)


def children(pid: int) -> list[int]:
    """All below a process, the nearest first."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    mine = [int(number) for number in text.split()]
    return [*mine, *(n for child in mine for n in children(child))]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def kill(pid: int) -> bool:
    """At once and without a word; whether there was anything to kill."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
