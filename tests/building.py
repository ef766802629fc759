"""Building state through operations, in as few words as a test can be read in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser

from articles.audiences import AGENT, PUBLIC
from articles.models import Article, ArticleText, Revision, Snippet, SnippetRevision
from articles.operations.audit import system_user
from articles.operations.reviewing import approve, submit
from articles.operations.snippets import approve_snippet, save_snippet
from articles.operations.writing import create_article, save_revision, update_article
from channels.models import Edition
from channels.operations.publishing import publish


def write(
    title: str = "Activate an eSIM",
    body: str = "Open the settings.",
    *,
    article: Article | None = None,
    locale: str = "en",
    audience: str = PUBLIC,
    kind: str = "support",
    actor: AbstractUser | None = None,
    public_id: str | None = None,
    **content: Any,
) -> Revision:
    """Save a text on top of whatever its newest revision is."""
    actor = actor or system_user()
    topic = content.pop("topic", None)
    article = article or create_article(
        actor=actor, kind=kind, audience=audience, public_id=public_id, topic=topic
    )
    text = ArticleText.objects.select_related("head").filter(article=article, locale=locale).first()
    return save_revision(
        actor=actor,
        article=article,
        locale=locale,
        title=title,
        body=body,
        based_on=text.head.number if text and text.head else 0,
        **content,
    )


def approved(revision: Revision) -> Revision:
    """Take a revision through review."""
    actor = system_user()
    submit(actor=actor, text=revision.text, revision=revision.number)
    approve(actor=actor, text=revision.text, revision=revision.number)
    return revision


def write_approved(*args: Any, **kwargs: Any) -> Revision:
    return approved(write(*args, **kwargs))


def publish_texts(*revisions: Revision, **kwargs: Any) -> Edition:
    return publish(items=revisions, actor=kwargs.pop("actor", None) or system_user(), **kwargs)


def published(*args: Any, **kwargs: Any) -> Article:
    """Write, approve and publish one text; return its article."""
    revision = write_approved(*args, **kwargs)
    publish_texts(revision)
    return revision.text.article


def narrow(article: Article, audience: str = AGENT) -> None:
    """Let editors say that the article is for others, agents alone if nothing is said."""
    article.refresh_from_db()
    update_article(
        actor=system_user(),
        article=article,
        kind=article.kind,
        topic=article.topic,
        audience=audience,
        based_on=article.version,
    )


def approved_texts(*articles: Article) -> list[Revision]:
    texts = ArticleText.objects.filter(article__in=articles).select_related("approved")
    return [text.approved for text in texts if text.approved]


def snippet(key: str, kind: str, value: Any) -> SnippetRevision:
    """Save and approve a value of a snippet."""
    actor = system_user()
    known = Snippet.objects.select_related("head").filter(key=key).first()
    base = known.head.number if known and known.head else 0
    revision = save_snippet(actor=actor, key=key, kind=kind, value=value, based_on=base)
    approve_snippet(actor=actor, snippet=revision.snippet, revision=revision.number)
    return revision
