"""A mail server with moods: it refuses, defers, hangs, or dies in the middle of a mail."""

import asyncio
import contextlib
import json
import multiprocessing
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from enum import StrEnum
from pathlib import Path

END = b"\r\n.\r\n"

LARGEST = 64 << 20  # bytes of a mail with its files


class Mood(StrEnum):
    """What it does to each caller until it is told otherwise."""

    WELL = "takes every mail"
    NO_SERVICE = "greets with 554"
    REFUSING = "refuses each recipient with 500"
    DEFERRING = "defers each recipient with 450"
    SILENT = "takes the call and never answers"
    DEAD_AFTER_DATA = "hangs up when the mail begins"
    DEAD_ON_THE_DOT = "takes the mail and hangs up before it says so"
    SHUT = "has shut its door"


class PostOffice:
    """Run beside the drill. The mood is a file that each caller's call begins with reading."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.mood_file, self.taken_file = folder / "mood", folder / "taken"
        self.taken_file.touch()
        with socket.socket() as probe:  # the port stays the same over shutting and opening
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.address = f"smtp://127.0.0.1:{self.port}"
        self.child: multiprocessing.context.ForkProcess | None = None

    def become(self, mood: Mood) -> None:
        self.mood_file.write_text(mood.name, encoding="ascii")
        if (mood == Mood.SHUT) == (self.child is not None):
            self._shut() if self.child else self._open()

    def taken(self) -> list[dict[str, list[str]]]:
        lines = self.taken_file.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def _open(self) -> None:
        context = multiprocessing.get_context("fork")
        ready = context.Event()
        self.child = context.Process(target=self._serve, args=(ready,))
        self.child.start()
        ready.wait(10)

    def _shut(self) -> None:
        if self.child:
            self.child.terminate()
            self.child.join()
        self.child = None

    def _serve(self, ready: "multiprocessing.synchronize.Event") -> None:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        asyncio.run(self._listen(ready))

    async def _listen(self, ready: "multiprocessing.synchronize.Event") -> None:
        server = await asyncio.start_server(self._call, "127.0.0.1", self.port, limit=LARGEST)
        ready.set()
        await server.serve_forever()

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        mood = Mood[self.mood_file.read_text(encoding="ascii")]
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await self._converse(mood, reader, writer)
        writer.close()

    async def _converse(
        self, mood: Mood, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if mood == Mood.SILENT:
            await reader.read()  # until the caller gives up
            return
        writer.write(b"554 no service\r\n" if mood == Mood.NO_SERVICE else b"220 here\r\n")
        told: list[str] = []
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                if not await self._take(mood, told, reader, writer):
                    return
            else:
                writer.write(ANSWERS.get((mood, verb), b"250 fine\r\n"))
                if verb == b"RCPT":
                    told.append(line.decode(errors="replace").partition(":")[2].strip(" \r\n<>"))

    async def _take(
        self,
        mood: Mood,
        told: list[str],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bool:
        """Whether the conversation goes on."""
        writer.write(b"354 go on\r\n")
        if mood == Mood.DEAD_AFTER_DATA:
            await reader.read(100)
            return False
        content = await reader.readuntil(END)
        with self.taken_file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(noted(content, told)) + "\n")
        if mood == Mood.DEAD_ON_THE_DOT:
            return False
        writer.write(b"250 taken\r\n")
        told.clear()
        return True


ANSWERS = {
    (Mood.REFUSING, b"RCPT"): b"500 never\r\n",
    (Mood.DEFERRING, b"RCPT"): b"450 not now\r\n",
}


def noted(content: bytes, envelope: list[str]) -> dict[str, list[str]]:
    """What is kept of a mail: its name, whom it was handed over for, its headers as they came."""
    mail = message_from_bytes(content, policy=policy.default)
    return {
        "id": [str(each) for each in mail.get_all("Message-ID", [])],
        "for": envelope,
        "to": [str(a.addr_spec) for to in mail.get_all("To", []) for a in to.addresses],
        "headers": [name.lower() for name in mail],
    }


@contextmanager
def opened(folder: Path) -> Iterator[PostOffice]:
    office = PostOffice(folder)
    office.become(Mood.WELL)
    try:
        yield office
    finally:
        office.become(Mood.SHUT)
