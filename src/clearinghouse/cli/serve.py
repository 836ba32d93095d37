"""`serve`: a supervisor that runs the web workers and one clock beside them."""

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from clearinghouse.access.errors import Invalid, Unavailable
from clearinghouse.cli import folder
from clearinghouse.cli.answer import Answer, Verb, progress
from clearinghouse.mandate.queries import is_demonstration
from clearinghouse.watch import figures

APPLICATION = "clearinghouse.project.wsgi:application"
PAUSE = 1.0  # seconds between looks at the children


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)


def _run(options: Namespace) -> Answer:
    if settings.ENV.demo != is_demonstration():
        raise Invalid(
            {"CLEARINGHOUSE_DEMO": ["it must be true for a demonstration, and only there"]}
        )
    return serve(options.host, options.port, options.workers)


def serve(host: str, port: int, workers: int) -> Answer:
    """Until stopped. Whichever child ends by itself is started again; a stop ends both."""
    free(host, port)
    figures.begin_anew(_counts())
    commands = {"web": web(host, port, workers), "clock": clock()}
    children = {name: _start(command) for name, command in commands.items()}
    stopping: list[int] = []
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, _frame: stopping.append(number))
    while not stopping:
        time.sleep(PAUSE)
        for name, child in children.items():
            if child.poll() is not None and not stopping:
                _sweep(child)
                progress(f"{name} ended with {child.returncode}; starting it again")
                children[name] = _start(commands[name])
    _stop(list(children.values()))
    return Answer(["stopped"])


def free(host: str, port: int) -> None:
    """Raises Unavailable where the address is taken: said before anything begins, not after."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as why:
            said = getattr(why, "strerror", "") or str(why)
            raise Unavailable(f"port {port}: {said}; choose another with --port") from why


def web(host: str, port: int, workers: int) -> list[str]:
    """The command of the web server; HTTP/1 and WSGI are the cheapest for this application."""
    made = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1"]
    made += ["--host", host, "--port", str(port), "--workers", str(workers)]
    made += ["--respawn-failed-workers", "--respawn-interval", "0.5"]
    return [*made, "--blocking-threads", "2", "--no-ws", "--log-level", "warning", APPLICATION]


def clock() -> list[str]:
    every = str(settings.ENV.tick_seconds)
    return [sys.executable, "-m", "clearinghouse.cli", "tick", "--every", every]


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """In a group of its own, so that nothing of it outlives it; all count into one folder."""
    counted = {figures.SHARED: str(_counts())}
    return subprocess.Popen(  # noqa: S603  # our own words
        command, env=os.environ | counted, start_new_session=True
    )


def _sweep(child: subprocess.Popen[bytes]) -> None:
    """Whatever a child left behind: workers of a server that was killed would hold the port."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _counts() -> Path:
    return folder.data_dir() / "metrics"


def _stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
        _sweep(child)


VERB = Verb("Serve the site, with the clock beside it.", _arguments, _run)
