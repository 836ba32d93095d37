"""The SQLite that comes with the locked packages takes the place of the system's older one.

SQLite 3.7.0 to 3.51.2 can lose a committed transaction when a WAL file is reset.
"""

import sys
from importlib import import_module, util


def use_carried() -> None:
    """Before Django's backend is imported; where the package is absent the system's stays."""
    if util.find_spec("pysqlite3"):
        sys.modules["sqlite3"] = import_module("pysqlite3")
        sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")
