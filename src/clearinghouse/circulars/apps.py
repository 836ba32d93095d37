"""Names the room to Django."""

from django.apps import AppConfig


class CircularsConfig(AppConfig):
    name = "clearinghouse.circulars"
    label = "circulars"
