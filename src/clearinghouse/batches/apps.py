"""Names the room to Django."""

from django.apps import AppConfig


class BatchesConfig(AppConfig):
    name = "clearinghouse.batches"
    label = "batches"
