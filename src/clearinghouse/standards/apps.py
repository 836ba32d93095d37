"""Names the room to Django."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "clearinghouse.standards"
    label = "standards"
