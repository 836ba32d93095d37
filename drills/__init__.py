"""The drills: an installation is broken on purpose, and what it lost or did twice is counted.

Importing the package makes a folder for one drill and points the settings there. The database is
that of CLEARINGHOUSE_DATABASE_URL, else SQLite in the folder.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django

FOLDER = Path(tempfile.mkdtemp(prefix="drill-"))
_OWNER = os.getpid()


def _remove() -> None:
    """At the end of the drill, not of a process that it forked."""
    if os.getpid() == _OWNER:
        shutil.rmtree(FOLDER, ignore_errors=True)


atexit.register(_remove)
os.environ["CLEARINGHOUSE_DATA_DIR"] = str(FOLDER)
os.environ["CLEARINGHOUSE_DEMO"] = "true"
os.environ["CLEARINGHOUSE_SECRET_KEY"] = "for drills only"  # noqa: S105  # it guards nothing
os.environ["DJANGO_SETTINGS_MODULE"] = "clearinghouse.project.settings"
django.setup()
