"""Bringing every conversion up to date at once: after the settings, or OpenCC's words, changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib.auth.models import AbstractUser
from django.db.models import Q
from django.utils.translation import gettext

from articles.locales import locale_conversions
from articles.roles import PUBLISH, require
from channels.exceptions import ArticleProblem, NothingToPublish, PublishRefused
from channels.models import Edition, Entry
from channels.operations.candidate import Candidate
from channels.operations.holding import hold_items
from channels.operations.items import Wanted
from channels.operations.planning import plan
from channels.operations.preparing import Kept
from channels.operations.publishing import publish_candidate

# An article that is left out may take away what another one's link leads to.
MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Reconverted:
    """What came of it; `edition` is None where all was up to date, as far as it can be told."""

    edition: Edition | None
    problems: list[ArticleProblem]  # of the articles that were left as they are


def publish_conversions(
    *, actor: AbstractUser, note: str = "", now: datetime | None = None
) -> Reconverted:
    """Publish, in one edition, each conversion that readers lack or get otherwise, and end those
    that the settings have no more. What cannot be published is left out and named.

    As in every publish, what else is said of such an article by now goes along. Must not be called
    inside a transaction. Raises NotAllowed, PublishRefused.
    """
    require(actor, PUBLISH)
    kept: Kept = {}
    left_out: set[str] = set()
    problems: list[ArticleProblem] = []
    for _ in range(MOST_ROUNDS):
        try:
            edition = publish_candidate(
                partial(_plan, left_out, kept),
                cause=Edition.Cause.PUBLISH,
                actor=actor,
                note=note or gettext("Converted texts"),
                now=now,
                hold=partial(hold_items, Wanted()),
            )
        except NothingToPublish:
            return Reconverted(None, problems)
        except PublishRefused as refusal:
            named = {problem.article for problem in refusal.problems} - left_out
            if not named:
                raise
            problems += refusal.problems
            left_out |= named
        else:
            return Reconverted(edition, problems)
    raise PublishRefused(problems)


def _plan(left_out: set[str], kept: Kept, base: int) -> Candidate:
    conversions = locale_conversions()
    concerned = Q(locale__in=conversions.values()) | ~Q(converted_from="")
    entries = Entry.objects.live().filter(concerned)
    ids = {
        article_id
        for article_id, public_id in entries.values_list("article_id", "public_id")
        if public_id not in left_out
    }
    return plan(Wanted(reconverted=ids), base=base, kept=kept)
