"""Names the room to Django."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "clearinghouse.submissions"
    label = "submissions"
