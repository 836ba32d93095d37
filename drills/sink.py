"""A mail server that accepts everything, in a process of its own, and notes each mail it took."""

import asyncio
import multiprocessing
import signal
import smtplib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

from aiosmtpd.smtp import SMTP, Envelope, Session

NOOPS = 10  # turns of the server's loop


class Notebook:
    """One line for each mail taken: its Message-ID and whom it is for. On the disk, then `250`."""

    def __init__(self, file: Path) -> None:
        self.file = file

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        found = message_from_bytes(envelope.content or b"", policy=policy.default)  # type: ignore[arg-type]  # bytes, as decode_data is off
        to = ",".join(envelope.rcpt_tos)
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(f"{found['Message-ID']}\t{to}\n")
        return "250 taken"


@contextmanager
def mail_server(file: Path) -> Iterator[str]:
    """Run the sink beside the drill; gives the address for CLEARINGHOUSE_MAIL_URL."""
    file.touch()
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    child = context.Process(target=_begin, args=(file, there))
    child.start()
    try:
        yield f"smtp://127.0.0.1:{here.recv()}"
    finally:
        child.terminate()
        child.join()


def wait_until_quiet(address: str) -> None:
    """What a dead sender had handed over is noted before the server answers somebody later.

    Else a mail could be counted for the next kill, and two for one.
    """
    place = urlsplit(address)
    with smtplib.SMTP(str(place.hostname), place.port or 25) as caller:
        for _ in range(NOOPS):
            caller.noop()


def taken(file: Path) -> Counter[str]:
    """How often each mail was taken, by its Message-ID."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return Counter(line.partition("\t")[0] for line in lines)


def _begin(file: Path, port: Connection) -> None:
    asyncio.run(_serve(file, port))


async def _serve(file: Path, port: Connection) -> None:
    """On a free port, which is told through the pipe; until stopped."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    server = await loop.create_server(
        lambda: SMTP(Notebook(file), hostname="sink", loop=loop), "127.0.0.1", 0
    )
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopped.set)
    port.send(server.sockets[0].getsockname()[1])
    await stopped.wait()
    server.close()
