"""Names the room to Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "clearinghouse.people"
    label = "people"
