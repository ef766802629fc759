"""What a body leads to: snippets, other articles, pictures, each in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from articles.document.blocks import ArticleLink, Body, Image, SnippetRef
from articles.document.walk import inlines_with_audience


@dataclass(frozen=True, slots=True)
class ArticleReference:
    """A link to an article, and the widest audience that reads it (`public`: all readers)."""

    link: ArticleLink
    audience: str


def snippet_keys(body: Body) -> tuple[str, ...]:
    """Return the keys of the snippets that `body` uses, each once."""
    nodes = (node for node, _ in inlines_with_audience(body))
    return tuple(dict.fromkeys(node.key for node in nodes if isinstance(node, SnippetRef)))


def article_links(body: Body) -> tuple[ArticleReference, ...]:
    """Return each link to another article with the audience of the block around it."""
    return tuple(
        ArticleReference(node, audience)
        for node, audience in inlines_with_audience(body)
        if isinstance(node, ArticleLink)
    )


def images(body: Body) -> tuple[Image, ...]:
    """Return each picture as often as it stands in `body`."""
    return tuple(node for node, _ in inlines_with_audience(body) if isinstance(node, Image))
