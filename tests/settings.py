"""The project's settings, with a key for tests and the pseudo-translation switched on."""

import os
import tempfile

os.environ.setdefault("CLEARINGHOUSE_SECRET_KEY", "for tests only")
os.environ.setdefault("CLEARINGHOUSE_DATA_DIR", tempfile.mkdtemp(prefix="clearinghouse-"))
os.environ.setdefault("CLEARINGHOUSE_DEMO", "true")
os.environ.setdefault("CLEARINGHOUSE_OIDC_SERVER", "http://127.0.0.1:9")  # nobody answers there
os.environ.setdefault("CLEARINGHOUSE_OIDC_CLIENT_ID", "clearinghouse")

from clearinghouse.project.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; nothing to guard
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]  # allauth takes False for none
