"""Names the room to Django."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "clearinghouse.letters"
    label = "letters"
