"""Keeps sessions in the database; while that takes no writes, a session that is there reads on."""

import logging

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

from clearinghouse.watch.trouble import is_trouble

log = logging.getLogger(__name__)


class SessionStore(db.SessionStore):
    """What a page notes in a session in passing is given up rather than the page."""

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  # as Django calls it
        """A new session is kept or refused: nobody is signed in by halves."""
        try:
            super().save(must_create=must_create)
        except UpdateError as why:
            if not is_trouble(why.__context__):
                raise
            log.warning("a session could not be written, and its page was answered")
