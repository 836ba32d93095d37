"""`backup`: one encrypted file of the running installation, or of the exchange's keys alone."""

from argparse import ArgumentParser, Namespace
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from clearinghouse.access.errors import Invalid
from clearinghouse.backups import age, take
from clearinghouse.backups.manifest import Manifest
from clearinghouse.cli import folder
from clearinghouse.cli.answer import Answer, Verb, progress


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the archive to write; none may be there yet")
    parser.add_argument(
        "--keys",
        action="store_true",
        help="the exchange's keys instead, which no other backup has",
    )


def _run(options: Namespace) -> Answer:
    say = (lambda _: None) if options.quiet else progress
    asked = take.Taking(options.file, lock(), version("clearinghouse"), timezone.now(), say)
    if options.keys:
        told = take.take_keys(key_store(), folder.data_dir(), asked)
        lines = [f"destroy it by {take.expires(told):%Y-%m-%d}"]
    else:
        told = take.take(folder.data_dir(), asked)
        lines = [f"the record ends with line {told.lines}, root {told.root}"]
    return Answer([_said(options.file, told), *lines], _data(options.file, told))


def lock() -> age.Lock:
    given = settings.ENV.backup_recipients.split(",")
    recipients = tuple(text.strip() for text in given if text.strip())
    return age.Lock(recipients, settings.ENV.backup_passphrase)


def key_store() -> Path:
    if not settings.ENV.keys:
        raise Invalid({"keys": ["CLEARINGHOUSE_KEYS names no key store"]})
    return Path(settings.ENV.keys)


def _said(file: Path, told: Manifest) -> str:
    rows = sum(table.rows for table in told.tables.values())
    held = f"{len(told.parts)} parts, {rows} rows" if told.tables else f"{len(told.parts)} keys"
    return f"{file}: {held}, {file.stat().st_size:,} bytes, encrypted"


def _data(file: Path, told: Manifest) -> dict[str, object]:
    return {"file": str(file), "kind": told.kind, "taken_at": told.taken_at} | {
        "lines": told.lines,
        "root": told.root,
        "parts": [vars(part) for part in told.parts],
    }


VERB = Verb("Write an encrypted backup of the running installation.", _arguments, _run)
