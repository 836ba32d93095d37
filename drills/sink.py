"""A mail server that accepts everything, in a process of its own, and notes each mail it took."""

import asyncio
import multiprocessing
import signal
import smtplib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import policy
from email.parser import BytesHeaderParser
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

NOOPS = 10  # turns of the server's loop
LARGEST = 64 * 1024 * 1024  # bytes of one mail
ANSWERS = {b"EHLO": b"250-sink\r\n250 8BITMIME\r\n", b"QUIT": b"221 bye\r\n"}


class Sink:
    """The server's side of SMTP, as far as a sender needs it.

    A mail of some hundred kilobytes is read as one piece: a server that takes it line by line, as
    those for tests do, is slower than whoever sends, and would be what is measured.
    """

    def __init__(self, file: Path) -> None:
        self.file = file

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        to: list[str] = []
        with suppress(ConnectionError, asyncio.IncompleteReadError):  # the sender was killed
            while line := await reader.readline():
                verb = line[:4].upper()
                if verb == b"RCPT":
                    to.append(line.decode().partition("<")[2].partition(">")[0])
                elif verb == b"DATA":
                    writer.write(b"354 go on\r\n")
                    self._note(await reader.readuntil(b"\r\n.\r\n"), to)
                    to = []
                writer.write(ANSWERS.get(verb, b"250 fine\r\n"))
                await writer.drain()
                if verb == b"QUIT":
                    break
        writer.close()

    def _note(self, content: bytes, to: list[str]) -> None:
        """One line for each mail taken: its Message-ID and whom it is for; then `250`."""
        headers = BytesHeaderParser(policy=policy.default).parsebytes(
            content.partition(b"\r\n\r\n")[0]
        )
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(f"{headers['Message-ID']}\t{','.join(to)}\n")


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
    server = await asyncio.start_server(Sink(file).serve, "127.0.0.1", 0, limit=LARGEST)
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopped.set)
    port.send(server.sockets[0].getsockname()[1])
    await stopped.wait()
    server.close()
