"""What an agent keeps at hand. It is nobody else's, and nothing follows from it: no audit row."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.exceptions import InvalidInput
from articles.models import Article
from articles.operations.audit import operation
from articles.roles import READ_AGENT, require
from channels.models import Pin

MOST_PINS = 20


@operation()
def set_pin(
    *, actor: AbstractUser, article: Article, pinned: bool, now: datetime | None = None
) -> None:
    """Keep an article at hand, or no longer. Raises InvalidInput, NotAllowed."""
    require(actor, READ_AGENT)
    mine = Pin.objects.filter(agent_id=actor.pk)
    if not pinned:
        mine.filter(article=article).delete()
    elif not mine.filter(article=article).exists():
        if mine.count() >= MOST_PINS:
            message = gettext("%(most)d articles are pinned already: take one off first.")
            raise InvalidInput(message % {"most": MOST_PINS})
        mine.get_or_create(
            agent_id=actor.pk, article=article, defaults={"pinned_at": now or timezone.now()}
        )
