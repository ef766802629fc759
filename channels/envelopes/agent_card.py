"""The agent's card: the stored HTML for agents, whose links lead to other cards."""

from __future__ import annotations

from html import escape

from channels.envelopes.html_links import point_article_links
from channels.renderers.html_reading import words_of_html


def card(html: bytes, *, locale: str, query: str = "") -> bytes:
    """Return the rendering with links to articles leading to the agent's own pages, in `locale` or
    with another query string.

    Parts that customers may not hear keep the mark `kh-audience`.
    """
    asked = escape(query or f"locale={locale}")
    return point_article_links(
        html.decode(), lambda article: f"/agent/articles/{article}/?{asked}"
    ).encode()


def words(card: bytes) -> list[str]:
    """Return what a card says."""
    return words_of_html(card)
