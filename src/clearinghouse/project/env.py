"""Every environment variable the installation reads, with its type and default; no others."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "CLEARINGHOUSE_"


class BadEnvironment(ImproperlyConfigured):
    """A setting is missing, unknown or malformed: better not to start."""


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The table of settings. Each is `CLEARINGHOUSE_` and its name in capitals."""

    data_dir: Path = Path("data")
    database_url: str = ""  # default: a SQLite file in the data folder
    database_owner_url: str = ""  # who migrates, where that is another role (PostgreSQL)
    secret_key: str = ""  # default: the file secret_key in the data folder
    allowed_hosts: str = "localhost,127.0.0.1,[::1]"
    site_url: str = "http://localhost:8000"
    mail_url: str = ""  # smtp://user:password@host:port; default: the folder outbox/
    mail_from: str = "clearinghouse@localhost"
    reply_to: str = ""  # where replies to mails are read, if not by the sender
    storage: str = "folder"  # stored files: that folder of the data folder, or s3://…
    demo: bool = False
    tick_seconds: int = 30
    # how it is watched and kept
    log: str = "text"  # or json: a line for each request too
    metrics_token: str = ""  # who may read /metrics from elsewhere
    backup_recipients: str = ""  # age public keys, with commas
    backup_passphrase: str = ""  # where there are no recipients; opens such backups too
    keys: str = ""  # the exchange's key store: a folder outside the data folder
    # signing in
    idle_minutes: int = 480  # for the seats that need no second factor
    trusted_proxies: int = 0  # in front of the site; each adds an address to X-Forwarded-For
    oidc_server: str = ""  # the issuer of an organisation's identity provider; default: none
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_name: str = "your organisation"  # what the button says
    oidc_factor: str = "mfa"  # values of acr or amr that count as a second factor

    def sqlite_file(self) -> Path:
        return self.data_dir / "clearinghouse.sqlite3"


def read(source: Mapping[str, str] = os.environ) -> Environment:
    """Raises BadEnvironment, naming the variable, for whatever is unknown or malformed."""
    known = {PREFIX + f.name.upper(): f for f in fields(Environment)}
    given = {k.removesuffix("_FILE") for k in source if k.startswith(PREFIX)}
    if unknown := given - known.keys():
        raise BadEnvironment(f"unknown: {', '.join(sorted(unknown))}")
    values = {known[k].name: _cast(k, known[k].type, _value(source, k)) for k in sorted(given)}
    return _checked(Environment(**values))


def _checked(env: Environment) -> Environment:
    _check_stores(env)
    if env.mail_url and urlsplit(env.mail_url).scheme not in {"smtp", "smtps"}:
        raise BadEnvironment(f"{PREFIX}MAIL_URL: begin it with smtp:// or smtps://")
    if urlsplit(env.site_url).scheme not in {"http", "https"}:
        raise BadEnvironment(f"{PREFIX}SITE_URL: begin it with http:// or https://")
    if env.log not in {"text", "json"}:
        raise BadEnvironment(f"{PREFIX}LOG: {env.log!r} is neither 'text' nor 'json'")
    _check_oidc(env)
    for name in ("tick_seconds", "idle_minutes"):
        if getattr(env, name) < 1:
            raise BadEnvironment(f"{PREFIX}{name.upper()}: at least 1")
    return env


def _check_stores(env: Environment) -> None:
    for name in ("database_url", "database_owner_url"):
        if url := getattr(env, name):
            database(url, PREFIX + name.upper())
    storage(env.storage, env.data_dir)


def _check_oidc(env: Environment) -> None:
    """What the provider says is believed because TLS says who it is: no plain HTTP but to here."""
    if not env.oidc_server:
        return
    parts = urlsplit(env.oidc_server)
    here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        raise BadEnvironment(f"{PREFIX}OIDC_SERVER: begin it with https://")
    if not env.oidc_client_id:
        raise BadEnvironment(f"{PREFIX}OIDC_CLIENT_ID: the provider knows the site by it")


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def database(url: str, name: str = "the database's address") -> dict[str, Any]:
    """Django's settings for `sqlite:///file` or `postgresql://user:password@host:port/name`.

    `?host=/folder` names a socket. Raises BadEnvironment for anything else.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": parts.path[1:]} | SQLITE
    if parts.scheme == "postgresql":
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path[1:],
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parse_qs(parts.query).get("host", [parts.hostname or ""])[0],
            "PORT": parts.port or parse_qs(parts.query).get("port", [""])[0],
        } | POSTGRESQL
    raise BadEnvironment(f"{name}: {parts.scheme!r} is neither 'sqlite' nor 'postgresql'")


# IMMEDIATE: a transaction takes the pen when it begins, not when it first writes.
SQLITE: dict[str, Any] = {
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    },
}
POSTGRESQL: dict[str, Any] = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


def mail(url: str) -> dict[str, Any]:
    """Host, port, user, password and encryption of an SMTP address."""
    parts = urlsplit(url)
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or (465 if parts.scheme == "smtps" else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": "starttls" in parse_qs(parts.query, keep_blank_values=True),
    }


def storage(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's settings of the store of files.

    `folder`, or `s3://key:secret@host/bucket`, with `?region=…`, and `&insecure` for a store that
    speaks plain HTTP. Raises BadEnvironment for anything else.
    """
    if url == "folder":
        place = {"location": str(data_dir / "files")}
        return {"BACKEND": "clearinghouse.files.store.Folder", "OPTIONS": place}
    parts, name = urlsplit(url), PREFIX + "STORAGE"
    if parts.scheme != "s3" or not parts.hostname or not parts.path.strip("/"):
        raise BadEnvironment(f"{name}: write `folder` or s3://key:secret@host/bucket")
    asked = parse_qs(parts.query, keep_blank_values=True)
    if strangers := set(asked) - {"region", "insecure"}:
        raise BadEnvironment(f"{name}: unknown: {', '.join(sorted(strangers))}")
    host = parts.hostname + (f":{parts.port}" if parts.port else "")
    options = {
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "bucket_name": parts.path.strip("/"),
        "endpoint_url": f"{'http' if 'insecure' in asked else 'https'}://{host}",
        "region_name": asked.get("region", ["us-east-1"])[0],
        "signature_version": "s3v4",
        "addressing_style": "path",
        "file_overwrite": False,
        "default_acl": None,
        "querystring_auth": True,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def _value(source: Mapping[str, str], name: str) -> str:
    path = source.get(name + "_FILE")
    if not path:
        return source[name]
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as why:
        raise BadEnvironment(f"{name}_FILE: {why.strerror} ({path})") from why


def _cast(name: str, kind: object, text: str) -> Any:
    if kind is bool:
        if text not in {"true", "false"}:
            raise BadEnvironment(f"{name}: {text!r} is neither 'true' nor 'false'")
        return text == "true"
    if kind is int:
        if not text.isdecimal():
            raise BadEnvironment(f"{name}: {text!r} is not a whole number")
        return int(text)
    return Path(text) if kind is Path else text
