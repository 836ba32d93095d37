"""Names the room to Django."""

from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "clearinghouse.assistance"
    label = "assistance"
