"""Names the room to Django, and has every session listed from its first moment."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "clearinghouse.people"
    label = "people"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415  # once apps are there

        from clearinghouse.people.signin import sessions  # noqa: PLC0415  # the same

        user_logged_in.connect(sessions.list_new, dispatch_uid="people.list_new")
