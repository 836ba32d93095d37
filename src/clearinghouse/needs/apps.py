"""Names the room to Django."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "clearinghouse.needs"
    label = "needs"
