"""A small identity provider on this machine: real HTTP, with a person who is already known to it."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

KEY = "a key of this provider's, long enough for its tokens"


class Provider:
    """What it says of the person, and what it was asked; tests change the first."""

    def __init__(self) -> None:
        self.url = ""
        self.person: dict[str, Any] = {"sub": "1", "email": "", "email_verified": True}
        self.token: dict[str, Any] = {}
        self.challenge = ""
        self.breaks = False

    def authorise(self, url: str) -> str:
        """The person says yes: the query with which the browser is sent back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert url.startswith(f"{self.url}/authorise?")
        assert asked["code_challenge_method"] == "S256"
        self.challenge = asked["code_challenge"]
        return f"?code=a-code&state={asked['state']}"

    def answer(self, path: str, form: dict[str, str]) -> dict[str, Any] | None:
        if path == "/.well-known/openid-configuration":
            ends = {"authorization": "authorise", "token": "token", "userinfo": "userinfo"}
            found = {f"{name}_endpoint": f"{self.url}/{end}" for name, end in ends.items()}
            return found | {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
        if path == "/token" and not self.breaks and self._proves(form["code_verifier"]):
            return {"access_token": "t", "token_type": "Bearer", "id_token": self._id_token()}
        return self.person if path == "/userinfo" else None

    def _proves(self, verifier: str) -> bool:
        digest = hashlib.sha256(verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=") == self.challenge

    def _id_token(self) -> str:
        said = {"iss": self.url, "aud": "clearinghouse", "exp": time.time() + 60}
        return jwt.encode(said | self.person | self.token, KEY, algorithm="HS256")


@contextmanager
def serving() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            form = {k: v[0] for k, v in parse_qs(self.rfile.read(size).decode()).items()}
            found = provider.answer(urlsplit(self.path).path, form)
            self.send_response(200 if found else 400)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(found or {"error": "invalid_grant"}).encode())

        do_POST = do_GET  # noqa: N815  # the name the library looks for

        def log_message(self, *_args: object) -> None:
            """A test says nothing on the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.url = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()
