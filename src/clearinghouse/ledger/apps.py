"""Puts the triggers that keep the record append-only back after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "clearinghouse.ledger"
    label = "ledger"

    def ready(self) -> None:
        post_migrate.connect(_install, sender=self)


def _install(using: str, **_: Any) -> None:
    from clearinghouse.ledger import triggers  # noqa: PLC0415  # tables are known only after ready

    triggers.install(using)
