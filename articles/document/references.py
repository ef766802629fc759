"""What a body leads to: snippets, other articles, attachments, each in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from articles.document.blocks import ArticleLink, Body, Image, Inline, Link, SnippetRef
from articles.document.links import file_linked
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


def attachments(body: Body) -> tuple[str, ...]:
    """Return the stored names of the pictures that `body` shows and of the files that it links to,
    each once."""
    names = (_attachment(node) for node, _ in inlines_with_audience(body))
    return tuple(dict.fromkeys(name for name in names if name))


def linked_files(body: Body) -> tuple[str, ...]:
    """Return the stored names of the attached files that `body` links to, each once."""
    links = (node for node, _ in inlines_with_audience(body) if isinstance(node, Link))
    names = (file_linked(link.href) for link in links)
    return tuple(dict.fromkeys(name for name in names if name))


def _attachment(node: Inline) -> str | None:
    match node:
        case Image():
            return node.source
        case Link():
            return file_linked(node.href)
    return None
