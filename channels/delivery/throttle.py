"""How often one caller may write, by whichever face. Reading is what we are for: not limited."""

from __future__ import annotations

import math
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import SimpleRateThrottle

TOO_OFTEN = _("That was a lot in a short time. Please try again in a minute.")


class WriteThrottle(SimpleRateThrottle):
    """Counts by key, by account, else by address, all faces together; each server process counts
    for itself unless Django's cache is shared. Takes Django's requests as well as the API's."""

    scope = "reader-writes"

    def allow_request(self, request: Any, view: Any) -> bool:
        return request.method in SAFE_METHODS or super().allow_request(request, view)

    def get_cache_key(self, request: Any, view: Any) -> str:
        key_id = getattr(getattr(request, "auth", None), "key_id", None)
        if key_id is not None:
            who = f"key:{key_id}"
        elif request.user.is_authenticated:
            who = f"account:{request.user.pk}"
        else:
            who = f"address:{self.get_ident(request)}"
        return f"channels.writes:{who}"


def seconds_to_wait(request: HttpRequest) -> int:
    """Count what a page's form sends. Return 0, or after how many seconds the sender may go on."""
    throttle = WriteThrottle()
    if throttle.allow_request(request, None):
        return 0
    return math.ceil(throttle.wait() or 1)
