"""Where an import found an article, and what it took from there."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from articles.models import Article, ArticleText, Revision
from articles.operations.audit import operation, record
from articles.roles import WRITE, require


@operation()
def move_source(
    *, actor: AbstractUser, article: Article, source: str, now: datetime | None = None
) -> None:
    """Let later imports know `article` by `source`. Raises NotAllowed."""
    require(actor, WRITE)
    before = article.source
    if before == source:
        return
    article.source = source
    article.save(update_fields=["source"])
    record(
        actor=actor,
        action="move-source",
        subject=f"article {article.public_id}",
        now=now or timezone.now(),
        detail={"before": before, "after": source},
    )


def remember_import(*, text: ArticleText, revision: Revision | None, sha256: str) -> None:
    """Let later imports know which file `text` was taken from last, and which revision holds what
    it says. Runs inside the caller's transaction."""
    known = (text.imported_id, text.imported_sha256)
    text.imported, text.imported_sha256 = revision, sha256
    if (text.imported_id, text.imported_sha256) != known:
        text.save(update_fields=["imported", "imported_sha256"])
