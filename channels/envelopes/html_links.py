"""Pointing the links of a stored HTML rendering somewhere else, and changing nothing else.

The patterns begin with a raw `<`, which our HTML writes as an entity wherever an author typed
it: they can only match markup that the renderer set.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ARTICLE_LINK = re.compile(r'(<a class="kh-link" data-article="([^"]*)" href=")[^"#]*(#[^"]*)?(")')
_LOCAL_ADDRESS = re.compile(
    r'(<a class="kh-(?:link" data-article="[^"]*|file)" href="|<img src=")(?=/(?!/))'
)
# No link stands in another.
_LEADING_AWAY = re.compile(r'<a ((?!class="kh-link")(?![^>]*href="#)[^>]*)>(.*?)</a>', re.DOTALL)
_ONLY_OF_LINKS = re.compile(r' (?:href|rel|type)="[^"]*"')
_WEB_ADDRESS = re.compile(r'href="https?://([^"]*)"')


def point_article_links(html: str, target: Callable[[str], str]) -> str:
    """Give each link to an article the address `target(article id)`; anchors stay.

    The address must be ready to stand in an attribute.
    """
    return _ARTICLE_LINK.sub(
        lambda link: f"{link[1]}{target(link[2])}{link[3] or ''}{link[4]}", html
    )


def make_absolute(html: str, origin: str) -> str:
    """Put `origin` (scheme and host, no slash at its end) before addresses on our own site."""
    return _LOCAL_ADDRESS.sub(lambda opening: opening[1] + origin, html)


def keep_inside(html: str) -> str:
    """Turn each link that leads neither to an article nor within its own into what it says; a web
    address stays as `data-address`, to be shown."""
    return _LEADING_AWAY.sub(_said, html)


def _said(link: re.Match[str]) -> str:
    address = _WEB_ADDRESS.search(link[1])
    kept = _ONLY_OF_LINKS.sub("", f" {link[1]}")
    shown = f' data-address="{address[1]}"' if address else ""
    return f"<span{kept}{shown}>{link[2]}</span>"
