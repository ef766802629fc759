"""Signing in has a limit of tries; django-axes counts them, this says who tries and tells them."""

from __future__ import annotations

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.throttling import BaseThrottle


def address_of(request: HttpRequest) -> str | None:
    """Return who asks: the address that our proxies (PROXIES) name, else the one that connects."""
    proxies: Any = BaseThrottle()  # knows PROXIES, and takes Django's requests as well
    for address in (proxies.get_ident(request), request.META.get("REMOTE_ADDR")):
        try:
            return str(ipaddress.ip_address(address or ""))
        except ValueError:
            continue
    return None


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, str]
) -> HttpResponse:
    """Answer who tried too often, instead of `response`."""
    context = {"site_name": settings.SITE_NAME}
    locked = render(request, "agent/locked_out.html", context, status=429)
    locked["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    locked["Cache-Control"] = "private, no-store"
    return locked
