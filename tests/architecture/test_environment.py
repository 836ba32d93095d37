"""Every variable is documented, and a mistake in the environment stops the start."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from clearinghouse.project import env
from clearinghouse.project.env import PREFIX, BadEnvironment, Environment, database, mail, read

DOCUMENTED = Path(__file__).parents[2] / "docs" / "operate" / "README.md"
NAMES = {PREFIX + f.name.upper() for f in fields(Environment)}
# fmt: off
MISTAKES = {
    "unknown":                 ({"DEBGU": "true"}, "CLEARINGHOUSE_DEBGU"),
    "unknown, in a file":      ({"SECRET_KYE_FILE": "/x"}, "CLEARINGHOUSE_SECRET_KYE"),
    "neither true nor false":  ({"DEMO": "yes"}, "CLEARINGHOUSE_DEMO"),
    "no number":               ({"TICK_SECONDS": "soon"}, "CLEARINGHOUSE_TICK_SECONDS"),
    "a negative number":       ({"TICK_SECONDS": "-1"}, "CLEARINGHOUSE_TICK_SECONDS"),
    "too small":               ({"TICK_SECONDS": "0"}, "CLEARINGHOUSE_TICK_SECONDS"),
    "another engine":          ({"DATABASE_URL": "mysql://h/n"}, "CLEARINGHOUSE_DATABASE_URL"),
    "an owner elsewhere":      ({"DATABASE_OWNER_URL": "h/n"}, "CLEARINGHOUSE_DATABASE_OWNER_URL"),
    "another way of mailing":  ({"MAIL_URL": "http://h"}, "CLEARINGHOUSE_MAIL_URL"),
    "another store":           ({"STORAGE": "ftp://h/b"}, "CLEARINGHOUSE_STORAGE"),
    "no address":              ({"SITE_URL": "example.org"}, "CLEARINGHOUSE_SITE_URL"),
    "a file that is not there": ({"SECRET_KEY_FILE": "/nowhere/key"}, "CLEARINGHOUSE_SECRET_KEY_FILE"),
}
# fmt: on


def test_every_variable_is_documented_and_no_other() -> None:
    text = DOCUMENTED.read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(CLEARINGHOUSE_\w+)` \|", text, re.MULTILINE)) == NAMES


def test_the_documented_defaults_are_the_defaults() -> None:
    text = DOCUMENTED.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `CLEARINGHOUSE_(\w+)` \| `([^`]+)` \|", text, re.MULTILINE))
    defaults = read({})
    for name in ("allowed_hosts", "site_url", "mail_from", "tick_seconds"):
        assert rows[name.upper()] == str(getattr(defaults, name))
    assert rows["DEMO"] == "false"
    assert not defaults.demo
    assert rows["DATA_DIR"] == f"./{defaults.data_dir}"


def test_only_this_module_reads_the_environment() -> None:
    package = Path(env.__file__).parents[1]
    reading = {
        p.relative_to(package).as_posix()
        for p in package.rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b", p.read_text(encoding="utf-8"))
    }
    assert "project/env.py" in reading
    # A library's own variable, not a setting: where the processes of one server add up figures.
    assert {p for p in reading if not p.startswith(("project/", "cli/"))} == {"watch/figures.py"}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_stops_the_start_and_is_named(mistake: str) -> None:
    given, named = MISTAKES[mistake]
    with pytest.raises(BadEnvironment, match=rf"{named}\b"):
        read({PREFIX + name: value for name, value in given.items()})


def test_what_is_not_ours_is_left_alone() -> None:
    assert read({"HOME": "/root", "DEBUG": "yes"}) == Environment()


def test_a_secret_may_live_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "k").write_text("s3cret\n")
    assert read({"CLEARINGHOUSE_SECRET_KEY_FILE": str(tmp_path / "k")}).secret_key == "s3cret"


def test_sqlite_takes_the_pen_when_a_transaction_begins() -> None:
    settings = database("sqlite:////srv/data/x.sqlite3")
    assert settings["NAME"] == "/srv/data/x.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in settings["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("postgresql://u:p%40x@h:5433/n", ("n", "u", "p@x", "h", 5433)),
        ("postgresql://u@/n?host=/run/pg&port=5434", ("n", "u", "", "/run/pg", "5434")),
        ("postgresql://h/n", ("n", "", "", "h", "")),
    ],
)
def test_the_address_of_a_database(url: str, parts: tuple[Any, ...]) -> None:
    settings = database(url)
    assert tuple(settings[k] for k in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == parts


@pytest.mark.parametrize(
    ("url", "port", "use_ssl", "use_tls"),
    [
        ("smtp://h", 25, False, False),
        ("smtp://h:587?starttls", 587, False, True),
        ("smtps://u:p%2F@h", 465, True, False),
    ],
)
def test_the_address_of_a_mail_server(
    url: str, port: int, *, use_ssl: bool, use_tls: bool
) -> None:
    server = mail(url)
    assert (server["port"], server["use_ssl"], server["use_tls"]) == (port, use_ssl, use_tls)
    assert server["password"] in {"", "p/"}
