"""Names the foundation to Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "clearinghouse.files"
    label = "files"
