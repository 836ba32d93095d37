"""The site on a free port of this machine, served by a thread of the test's own process."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import override_settings


class Silent(WSGIRequestHandler):
    """Says nothing of each request: the test says what went wrong."""

    def log_message(self, *_: object) -> None: ...


@contextmanager
def served() -> Iterator[str]:
    """Over the database that the connection's settings name; gives the site's address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    address = f"http://localhost:{server.server_port}"  # keys open no bare number
    with override_settings(SITE_URL=address):
        server.set_app(WSGIHandler())
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield address
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
