"""The locale a caller wants: by parameter, else by Accept-Language."""

from __future__ import annotations

from collections.abc import Mapping

from rest_framework.request import Request

from channels.delivery.negotiation import read_locales


def locale_asked(request: Request, asked: Mapping[str, str]) -> str:
    return asked.get("locale") or read_locales(request._request)[0]
