"""The agent's card: the stored HTML for agents, whose links lead to other cards."""

from __future__ import annotations

from channels.envelopes.html_links import point_article_links
from channels.renderers.html_reading import words_of_html


def card(html: bytes, *, locale: str) -> bytes:
    """Return the rendering with links to articles leading to the agent's own pages.

    Parts that customers may not hear keep the mark `kh-audience`.
    """
    return point_article_links(
        html.decode(), lambda article: f"/agent/articles/{article}/?locale={locale}"
    ).encode()


def words(card: bytes) -> list[str]:
    """Return what a card says."""
    return words_of_html(card)
