"""As in production; only disks are not waited for, as no power is cut here, and passwords are
hashed in no time."""

from knowledgehub.settings.demo import *  # noqa: F403
from knowledgehub.settings.demo import DATABASES

if "init_command" in DATABASES["default"]["OPTIONS"]:
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
