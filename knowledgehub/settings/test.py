"""The test suite's settings: a home of its own, a fast password hasher, nothing else relaxed."""

import os
import tempfile

# Made once by the process that starts the suite; its xdist workers inherit it.
os.environ.setdefault("KNOWLEDGEHUB_HOME", tempfile.mkdtemp(prefix="knowledgehub-test-"))

from .base import *  # noqa: F403
from .base import DATABASES, HAYSTACK_CONNECTIONS, HOME

SECRET_KEY = "only-for-tests"  # noqa: S105
HTTPS = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
MEDIA_ROOT = HOME / worker / "media"
LOCALE_CONVERSIONS = {}  # but in tests/converting: the others count what they publish
AXES_ENABLED = False  # but in the test of it
SEARCH_LOG_BEHIND = False  # No thread writes: a test says when, by `recording.flush()`.
WHITENOISE_USE_FINDERS = False  # Every test client would look for all static files anew.
HAYSTACK_CONNECTIONS["default"]["PATH"] = str(HOME / worker / "index")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of a test see one database, as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / f"test-{worker}.sqlite3")}
else:
    # Test databases come and go; a pool would hold on to them. The server tests do use it.
    DATABASES["default"]["OPTIONS"].pop("pool")
    DATABASES["default"]["CONN_MAX_AGE"] = None
