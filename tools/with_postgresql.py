#!/usr/bin/env python3
"""Run a command with a throw-away PostgreSQL behind it: made, given away by address, removed.

Usage: tools/with_postgresql.py [--install] [--] COMMAND [ARGUMENT …]

The cluster lives in a private temporary folder, listens on a socket there and on no network
port, does not wait for the disk, and is stopped and removed whatever happens to the command. The
command is told of it in CLEARINGHOUSE_DATABASE_URL (as the owner of the database) and, for psql
and its like, in PGHOST, PGUSER and PGDATABASE. Two roles are made: `clearinghouse_owner`, which
migrates and may create databases, and `clearinghouse_app`, which owns nothing and which the owner
may step into.

The server's programs are looked for in PATH and in the usual folders; POSTGRESQL_BIN=FOLDER looks
only there. With --install they are first installed where they are missing (Debian, as root).
PostgreSQL refuses root: its programs then run as the user `postgres`.

Exit code: the command's own (128 + n if signal n ended it); 1 if the cluster cannot be made;
2 for wrong usage. Without the programs: 0 after one line that says so, but 1 where CI=true.
Standard library only.
"""

from __future__ import annotations

import argparse
import contextlib
import locale
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

PROGRAMS = ("initdb", "pg_ctl", "postgres", "psql")
USUAL_FOLDERS = (
    "usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "usr/pgsql-*/bin",  # Red Hat and its kin
    "opt/homebrew/opt/postgresql*/bin",  # macOS
    "usr/local/opt/postgresql*/bin",
)
DATABASE, OWNER, APPLICATION = "clearinghouse", "clearinghouse_owner", "clearinghouse_app"
LONG = 70  # characters of a folder; the system allows a socket's path about 100 bytes
DEBIAN = Path(__file__).with_name("debian.py")
STOPPING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)

# A throw-away cluster need not survive a power cut, nor keep the last commits when one of its own
# processes is killed: a drill that kills those has it wait (synchronous_commit) for the log.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "timezone": "UTC",
    "max_connections": "200",
}

INITDB_OPTIONS = (
    "--username=postgres",
    "--auth=trust",  # the folder is private: whoever reaches the socket is its owner or root
    "--no-sync",
    "--encoding=UTF8",
)
PSQL_OPTIONS = (
    "--no-psqlrc",
    "--quiet",
    "--username=postgres",
    "--dbname=postgres",
    "--set=ON_ERROR_STOP=1",
    "--file=-",
)

ROLES = f"""
CREATE ROLE {OWNER} LOGIN CREATEDB NOSUPERUSER;
CREATE ROLE {APPLICATION} LOGIN NOSUPERUSER;
GRANT {APPLICATION} TO {OWNER};
CREATE DATABASE {DATABASE} OWNER {OWNER};
"""


class CannotBeHad(Exception):
    """There is no PostgreSQL to be had on this machine; the message says why."""


class CannotBeMade(Exception):
    """PostgreSQL is here, and would not start; the message is its own."""


@dataclass(frozen=True)
class Cluster:
    """Where a cluster's programs, files and socket are, and the user they belong to."""

    programs: Path
    folder: Path
    user: str

    def run(self, program: str, *arguments: str, text: str = "") -> None:
        """Run one of PostgreSQL's programs as the cluster's user; CannotBeMade with its output."""
        said = self.folder / "programs.log"
        # A file, not a pipe: the server inherits it and would hold a pipe open for ever.
        with said.open("w") as output:
            done = subprocess.run(
                [str(self.programs / program), *arguments],
                **as_user(self.user),
                cwd=self.folder,
                env={"PATH": os.defpath, "LC_ALL": "C", "HOME": str(self.folder)},
                input=text,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,  # Ctrl-C is for the command; the server ends later
                check=False,
            )
        if done.returncode:
            logs = [log for log in (said, self.folder / "server.log") if log.exists()]
            lines = "".join(log.read_text(errors="replace") for log in logs)
            raise CannotBeMade(f"{program} failed with exit code {done.returncode}:\n{lines}")

    def start(self) -> None:
        """Make the files, start the server on its socket, create the roles and the database."""
        data, folder = self.folder / "data", str(self.folder)
        self.run("initdb", f"--pgdata={data}", f"--locale={unicode_locale()}", *INITDB_OPTIONS)
        lines = {**SERVER_SETTINGS, "unix_socket_directories": folder}
        with (data / "postgresql.conf").open("a") as configuration:
            configuration.writelines(f"{name} = '{value}'\n" for name, value in lines.items())
        self.run("pg_ctl", "start", "--wait", f"--pgdata={data}", f"--log={folder}/server.log")
        self.run("psql", f"--host={folder}", *PSQL_OPTIONS, text=ROLES)

    def stop(self) -> None:
        """Stop the server at once; nothing in it is to be kept."""
        data = self.folder / "data"
        if (data / "postmaster.pid").exists():
            with contextlib.suppress(CannotBeMade):  # it has stopped by itself
                self.run("pg_ctl", "stop", "--mode=immediate", f"--pgdata={data}")

    @property
    def environment(self) -> dict[str, str]:
        """What the command is told."""
        return {
            "CLEARINGHOUSE_DATABASE_URL": f"postgresql://{OWNER}@/{DATABASE}?host={self.folder}",
            "PGHOST": str(self.folder),
            "PGUSER": OWNER,
            "PGDATABASE": DATABASE,
        }


class Identity(TypedDict, total=False):
    """What `subprocess` asks for to run a program as another user."""

    user: int
    group: int
    extra_groups: list[int]


def as_user(name: str) -> Identity:
    """Give a user's numbers, with no groups but its own; nothing where only root could change."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def unicode_locale() -> str:
    """Choose the locale that knows every script's letters and no country's order, or plain C."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"


def programs_folder() -> Path | None:
    """Find the folder that holds all of PostgreSQL's programs; the newest of several."""
    if named := os.environ.get("POSTGRESQL_BIN"):
        places = [Path(named)]
    else:
        places = [Path(place) for place in os.environ.get("PATH", os.defpath).split(os.pathsep)]
        for pattern in USUAL_FOLDERS:
            places += sorted(Path("/").glob(pattern), key=version_in, reverse=True)
    for place in places:
        if all(os.access(place / program, os.X_OK) for program in PROGRAMS):
            return place
    return None


def version_in(folder: Path) -> int:
    """Read the version a folder's name carries, so that 15 comes after 9."""
    numbers = re.findall(r"\d+", str(folder))
    return int(numbers[0]) if numbers else 0


def install() -> None:
    """Install the server's programs where that may be; CannotBeHad with the reason."""
    done = subprocess.run(
        [sys.executable, str(DEBIAN), "postgresql"], stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise CannotBeHad(f"the server programs are missing: {done.stdout.strip()}")


def obtain(*, may_install: bool) -> tuple[Path, str]:
    """Give the programs' folder and the user they run as, installing them first if that may be."""
    programs = programs_folder()
    if programs is None and may_install:
        install()
        programs = programs_folder()
    if programs is None:
        raise CannotBeHad(f"no folder holds all of {', '.join(PROGRAMS)}")
    if os.geteuid() != 0:
        return programs, pwd.getpwuid(os.geteuid()).pw_name
    if "postgres" not in {entry.pw_name for entry in pwd.getpwall()}:
        raise CannotBeHad("PostgreSQL refuses to run as root, and there is no user `postgres`")
    return programs, "postgres"


@contextlib.contextmanager
def cluster(programs: Path, user: str) -> Iterator[Cluster]:
    """Make a cluster in a private folder; stop and remove it in every case."""
    parent = tempfile.gettempdir()
    if len(parent) > LONG:
        parent = "/tmp"  # noqa: S108  # only the parent: the folder made in it is private
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=parent))
    made = Cluster(programs, folder, user)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, user)
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def run_command(command: list[str], environment: dict[str, str]) -> int:
    """Run the command to its end, passing on the signals that ask us to stop."""
    try:
        child = subprocess.Popen(command, env={**os.environ, **environment})
    except OSError as fault:
        print(f"{command[0]}: {fault.strerror}", file=sys.stderr)
        return 127

    def pass_on(number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGINT or not os.isatty(0):  # a terminal tells the command itself
            child.send_signal(number)

    for number in STOPPING:
        signal.signal(number, pass_on)
    code = child.wait()
    return code if code >= 0 else 128 - code


def stop_asked(number: int, _frame: FrameType | None) -> None:
    """Leave through the clean-up, once, when a signal comes before the command runs."""
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)


def main() -> int:
    """Read the command line, and answer with the exit code the head of this file promises."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--install", action="store_true", help="install missing programs")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND …")
    asked = parser.parse_args()
    command = asked.command[1:] if asked.command[:1] == ["--"] else asked.command
    if not command:
        parser.error("which command is to run?")
    for number in STOPPING:
        signal.signal(number, stop_asked)
    try:
        programs, user = obtain(may_install=asked.install)
        with cluster(programs, user) as made:
            return run_command(command, made.environment)
    except CannotBeHad as reason:
        print(f"POSTGRESQL LEFT OUT: {reason}. Not run: {' '.join(command)}", flush=True)
        return 1 if os.environ.get("CI", "").lower() == "true" else 0
    except CannotBeMade as reason:
        print(f"PostgreSQL would not start: {reason}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
