"""Verifies before a migration, seals anew what it changed, and puts the triggers back after it."""

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils import timezone

if TYPE_CHECKING:
    from clearinghouse.ledger.upgrade import Before


class LedgerConfig(AppConfig):
    name = "clearinghouse.ledger"
    label = "ledger"
    before: "Before | None" = None

    def ready(self) -> None:
        pre_migrate.connect(_verify, sender=self)
        post_migrate.connect(_install, sender=self)


def _verify(sender: LedgerConfig, using: str, **told: Any) -> None:
    from clearinghouse.ledger import upgrade  # noqa: PLC0415  # tables are known only after ready

    sender.before = upgrade.begin(told["apps"], told["plan"], using)


def _install(sender: LedgerConfig, using: str, **told: Any) -> None:
    from clearinghouse.ledger import triggers, upgrade  # noqa: PLC0415  # as above

    triggers.install(using)
    before, sender.before = sender.before, None
    if before:
        upgrade.finish(before, told["apps"], using, timezone.now())
