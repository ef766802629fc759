"""The demo that `make run` starts: as in production, on this machine alone, sign-ins shown."""

from .prod import *  # noqa: F403

DEMO = True
HTTPS = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
SITE_NAME = "Tidewave"
