"""How often one caller may write. Reading is not limited here: it is what we are for."""

from __future__ import annotations

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class WriteThrottle(SimpleRateThrottle):
    """Counts by key, by account, else by address; each server process counts for itself unless
    Django's cache is shared."""

    scope = "reader-writes"

    def allow_request(self, request: Request, view: APIView) -> bool:
        return request.method in SAFE_METHODS or super().allow_request(request, view)

    def get_cache_key(self, request: Request, view: APIView) -> str:
        key_id = getattr(request.auth, "key_id", None)
        if key_id is not None:
            who = f"key:{key_id}"
        elif request.user.is_authenticated:
            who = f"account:{request.user.pk}"
        else:
            who = f"address:{self.get_ident(request)}"
        return f"channels.api.writes:{who}"
