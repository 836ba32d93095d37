"""Names the room to Django."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "clearinghouse.outreach"
    label = "outreach"
