"""Names the room to Django."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "clearinghouse.plan"
    label = "plan"
