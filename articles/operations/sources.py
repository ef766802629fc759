"""Where an import found an article: changed when its file is moved."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from articles.models import Article
from articles.operations.audit import record
from articles.roles import WRITE, require


@transaction.atomic
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
