"""What somebody types and has not saved: kept as it is typed, offered again, dropped.

Nobody else reads it and nothing follows from it, so there is no audit row. That somebody was at a
text within the last minute is told to others who are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.document.text import clean_text
from articles.exceptions import InvalidInput
from articles.models import Article, Revision, WorkingCopy
from articles.operations.audit import operation
from articles.operations.validation import MAX_BODY_BYTES, clean_content, require_locale
from articles.roles import WRITE, require

HERE = timedelta(minutes=1)  # how long somebody counts as being there

# What is kept, in characters: more than can be saved, as it is not finished.
LIMITS = {
    "title": 2_000,
    "slug": 500,
    "summary": 10_000,
    "questions": 50_000,
    "body": MAX_BODY_BYTES,
    "note": 2_000,
    "significance": 20,
    "translation_of": 20,
}
_MOST_NUMBER = 2_147_483_647  # that the column holds


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who is at the article's text in `locale`, or was within the last minute."""

    name: str
    locale: str


@operation()
def keep_working_copy(
    *,
    actor: AbstractUser,
    article: Article,
    locale: str,
    based_on: int,
    content: Mapping[str, str],
    head: Revision | None = None,
    now: datetime | None = None,
) -> WorkingCopy:
    """Keep what `actor` typed on top of revision `based_on`, instead of what was kept before.

    What `head`, the newest revision, says already is nothing to keep. Raises InvalidInput for what
    is too long or no field of a text; NotAllowed.
    """
    _check(actor, locale)
    if not 0 <= based_on <= _MOST_NUMBER:
        raise InvalidInput(gettext("Say which revision this text is based on."), field="based_on")
    typed = {name: _typed(name, value) for name, value in content.items()}
    now = now or timezone.now()
    if not any(typed.values()) or (head is not None and _says_the_same(typed, head)):
        return _put(actor, article, locale, now, based_on=0, content={}, saved_at=None)
    return _put(actor, article, locale, now, based_on=based_on, content=typed, saved_at=now)


@operation()
def drop_working_copy(*, actor: AbstractUser, article: Article, locale: str) -> None:
    """Forget what `actor` typed and did not save. Raises InvalidInput, NotAllowed."""
    _check(actor, locale)
    WorkingCopy.objects.filter(person_id=actor.pk, article=article, locale=locale).update(
        based_on=0, content={}, saved_at=None
    )


@operation()
def be_seen(
    *, actor: AbstractUser, article: Article, locale: str, now: datetime | None = None
) -> None:
    """Let others know that `actor` is at the text. Raises InvalidInput, NotAllowed."""
    _check(actor, locale)
    now = now or timezone.now()
    rows = WorkingCopy.objects.filter(person_id=actor.pk, article=article, locale=locale)
    if not rows.update(seen_at=now):
        _put(actor, article, locale, now)


def working_copies_of(actor: AbstractUser, article: Article) -> dict[str, WorkingCopy]:
    """Return what `actor` typed and did not save, by locale. One statement."""
    rows = WorkingCopy.objects.filter(person_id=actor.pk, article=article, saved_at__isnull=False)
    return {copy.locale: copy for copy in rows}


def others_at(
    article: Article, *, actor: AbstractUser, now: datetime | None = None
) -> list[Presence]:
    """Return who else is at the article's texts, or was within the last minute. One statement."""
    rows = (
        WorkingCopy.objects.filter(article=article, seen_at__gte=(now or timezone.now()) - HERE)
        .exclude(person_id=actor.pk)
        .order_by("person__username", "locale")
    )
    return [Presence(*row) for row in rows.values_list("person__username", "locale")]


def _check(actor: AbstractUser, locale: str) -> None:
    require(actor, WRITE)
    require_locale(locale)


def _typed(name: str, value: str) -> str:
    if name not in LIMITS:
        raise InvalidInput(gettext("A text has no “%(name)s”.") % {"name": name[:40]})
    if len(value) > LIMITS[name]:
        raise InvalidInput(gettext("This is too long to be kept."), field=name)
    return clean_text(value)


def _says_the_same(typed: Mapping[str, str], head: Revision) -> bool:
    try:
        content = clean_content(
            title=typed.get("title", ""),
            summary=typed.get("summary", ""),
            questions=typed.get("questions", "").splitlines(),
            body=typed.get("body", ""),
        )
    except InvalidInput:
        return False
    same_address = typed.get("slug", "") in ("", head.text.slug)
    return content.same_as(head) and same_address and not typed.get("note")


def _put(
    actor: AbstractUser, article: Article, locale: str, now: datetime, **fields: Any
) -> WorkingCopy:
    who: dict[str, Any] = {"person_id": actor.pk, "article": article, "locale": locale}
    copy, _ = WorkingCopy.objects.update_or_create(**who, defaults={"seen_at": now, **fields})
    return copy
