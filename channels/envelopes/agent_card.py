"""The agent's card: the stored HTML for agents, whose links lead to other cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from channels.envelopes.html_links import point_article_links
from channels.renderers.html_reading import words_of_html

_PART = re.compile(r'<aside class="kh-audience kh-audience-(\w+)" data-audience="\w+"')


def card(
    html: bytes, *, locale: str, query: str = "", labels: Mapping[str, str] | None = None
) -> bytes:
    """Return the rendering with links to articles leading to the agent's own pages, in `locale` or
    with another query string.

    Parts that not every customer may hear keep the mark `kh-audience`; where `labels` says what
    their audience is called, the mark says it, too, in an attribute that a style sheet shows.
    """
    asked = escape(query or f"locale={locale}")
    pointed = point_article_links(
        html.decode(), lambda article: f"/agent/articles/{article}/?{asked}"
    )

    def labelled(part: re.Match[str]) -> str:
        label = (labels or {}).get(part[1], "")
        return f'{part[0]} data-label="{escape(label)}"' if label else part[0]

    return _PART.sub(labelled, pointed).encode()


def words(card: bytes) -> list[str]:
    """Return what a card says."""
    return words_of_html(card)
