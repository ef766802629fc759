"""The demo that `make run` starts: as in production, on this machine alone, sign-ins shown."""

from .prod import *  # noqa: F403

DEMO = True
HTTPS = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
SITE_NAME = "Tidewave"
HELP_PHONE = "0808 157 0101"
REGIONS = {
    "hk": {"en": "Hong Kong", "zh-hans": "香港", "zh-hant": "香港"},
    "tw": {"en": "Taiwan", "zh-hans": "台湾", "zh-hant": "臺灣"},
}
