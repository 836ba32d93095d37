"""Names the room to Django."""

from django.apps import AppConfig


class MandateConfig(AppConfig):
    name = "clearinghouse.mandate"
    label = "mandate"
