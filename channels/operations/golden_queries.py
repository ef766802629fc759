"""Keeping golden queries, and looking whether they hold."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from articles.audiences import AUDIENCES, rank
from articles.document.text import clean_name
from articles.exceptions import InvalidInput, WrongState
from articles.models import Article
from articles.operations.audit import operation, record
from articles.operations.validation import require_locale
from articles.roles import EDIT_SEARCH_WORDS, WRITE, require
from channels.models import GoldenQuery
from channels.operations.search_words import clean_note, still_there
from channels.search.queries import SearchUnavailable, search
from channels.search.words import phrase_terms

LONGEST_QUERY = 300
MOST_CHECKED = 300  # at once; those that were looked at longest ago come first
LOOKED_AT = 50  # results of a search; an article behind them counts as not found


@operation()
def save_golden_query(
    *,
    actor: AbstractUser,
    locale: str,
    audience: str,
    query: str,
    article: Article,
    within: int,
    note: str = "",
    golden: GoldenQuery | None = None,
    now: datetime | None = None,
) -> GoldenQuery:
    """Want `article` among the first `within` (1 to 20) results of a question, or change `golden`.

    Raises InvalidInput, WrongState where `golden` was removed, NotAllowed.
    """
    require(actor, EDIT_SEARCH_WORDS)
    require_locale(locale)
    if audience not in AUDIENCES:
        raise InvalidInput(
            gettext("There is no audience “%(audience)s”.") % {"audience": audience[:20]},
            field="audience",
        )
    if not 1 <= within <= GoldenQuery.MOST_WITHIN:
        raise InvalidInput(
            gettext("Among the first 1 to %(most)d.") % {"most": GoldenQuery.MOST_WITHIN},
            field="within",
        )
    now = now or timezone.now()
    kept = still_there(golden) if golden else GoldenQuery()
    kept.query = _clean_query(query)
    kept.locale, kept.audience, kept.within = locale, audience, within
    kept.article, kept.note = article, clean_note(note)
    kept.changed_by_id, kept.changed_at = actor.pk, now
    # What was seen of another question says nothing of this one.
    kept.position = kept.checked_at = kept.checked_edition = None
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        raise InvalidInput(
            gettext("This question is a golden query for this article already."), field="query"
        ) from None
    record(
        actor=actor,
        action="save-golden-query",
        subject=f"golden query {kept.pk}",
        now=now,
        detail={
            "locale": locale,
            "audience": audience,
            "query": kept.query,
            "article": article.public_id,
            "within": within,
            "note": kept.note,
        },
    )
    return kept


@operation()
def remove_golden_query(
    *, actor: AbstractUser, golden: GoldenQuery, now: datetime | None = None
) -> None:
    """Take a golden query out; the audit keeps it. Raises WrongState where it is gone already,
    NotAllowed."""
    require(actor, EDIT_SEARCH_WORDS)
    gone = still_there(golden)
    subject, detail = f"golden query {gone.pk}", {"locale": gone.locale, "query": gone.query}
    gone.delete()
    record(
        actor=actor,
        action="remove-golden-query",
        subject=subject,
        now=now or timezone.now(),
        detail=detail,
    )


def check_golden_queries(
    *, actor: AbstractUser, golden: GoldenQuery | None = None, now: datetime | None = None
) -> tuple[int, int]:
    """Search for each golden query, or for one, and note where its article stands; return how many
    were looked at and how many of them do not hold. At most MOST_CHECKED, searched outside of any
    transaction. Raises WrongState while the index is being made, NotAllowed.
    """
    require(actor, WRITE)
    now = now or timezone.now()
    every = GoldenQuery.objects.select_related("article")
    chosen = every.filter(pk=golden.pk) if golden else every
    looked = list(chosen.order_by(F("checked_at").asc(nulls_first=True), "pk")[:MOST_CHECKED])
    try:
        for one in looked:
            one.position, one.checked_edition = _place_of(one)
            one.checked_at = now
    except SearchUnavailable:
        raise WrongState(
            gettext("The search index is being made anew: look again in a moment.")
        ) from None
    lost = sum(not one.holds for one in looked)
    with operation():
        GoldenQuery.objects.bulk_update(
            looked, ["position", "checked_at", "checked_edition"], batch_size=100
        )
        record(
            actor=actor,
            action="check-golden-queries",
            subject=f"golden query {golden.pk}" if golden else "golden queries",
            now=now,
            detail={"checked": len(looked), "lost": lost},
        )
    return len(looked), lost


def _place_of(golden: GoldenQuery) -> tuple[int, int]:
    """Return where the article stands now (0: not among those looked at), and the edition."""
    found = search(golden.query, locale=golden.locale, rank=rank(golden.audience), limit=LOOKED_AT)
    ids = [hit.public_id for hit in found.hits]
    wanted = golden.article.public_id
    return (ids.index(wanted) + 1 if wanted in ids else 0), found.edition


def _clean_query(query: str) -> str:
    query = clean_name(query) if len(query) <= 2_000 else query
    if len(query) > LONGEST_QUERY:
        raise InvalidInput(
            gettext("A question has at most %(most)d characters.") % {"most": LONGEST_QUERY},
            field="query",
        )
    if not phrase_terms(query):
        raise InvalidInput(
            gettext("Type a question with words that can be searched for."), field="query"
        )
    return query
