"""`restore`: an installation out of a backup, with its outbox fenced until it is released."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from clearinghouse.backups import age, restore
from clearinghouse.cli import folder
from clearinghouse.cli.answer import Answer, Verb, progress
from clearinghouse.cli.backup import key_store
from clearinghouse.notices import queries as notices


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the archive")
    parser.add_argument(
        "--identity", type=Path, help="the file of an age secret key that opens it"
    )
    parser.add_argument("--keys", action="store_true", help="an archive of the exchange's keys")


def _run(options: Namespace) -> Answer:
    say = (lambda _: None) if options.quiet else progress
    identities = options.identity.read_text(encoding="utf-8") if options.identity else ""
    key = age.Key(identities, settings.ENV.backup_passphrase)
    asked = restore.Restoring(options.file, key, timezone.now(), say)
    if options.keys:
        told = restore.restore_keys(key_store(), folder.data_dir(), asked)
        return Answer([f"{key_store()}: {len(told.parts)} keys"], {"keys": len(told.parts)})
    told = restore.restore(folder.data_dir(), asked)
    fresh, old = notices.held_back(asked.now)
    held = len(fresh) + len(old)
    lines = [
        f"restored as of {told.taken_at:%Y-%m-%d %H:%M} UTC: {told.lines} lines, root {told.root}",
        f"the outbox is fenced: {held} wait; none leaves before `clearinghouse outbox release`",
        "nobody is signed in; seats, tokens and addresses are as they were then",
    ]
    data = {"taken_at": told.taken_at, "lines": told.lines, "root": told.root}
    return Answer(lines, data | {"waiting": held})


VERB = Verb("Make an installation of a backup, in an empty place.", _arguments, _run)
