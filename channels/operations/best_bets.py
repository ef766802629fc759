"""Keeping best bets: articles that stand first where readers ask one of some questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.document.text import clean_name
from articles.exceptions import InvalidInput
from articles.models import Article
from articles.operations.audit import operation, record
from articles.operations.validation import require_locale
from articles.roles import EDIT_SEARCH_WORDS, require
from channels.models import BestBet, BestBetArticle
from channels.operations.search_words import clean_note, hold_words, still_there
from channels.search.editors_words import telling_terms

MOST_QUESTIONS, LONGEST_QUESTION = 30, 300
MOST_ARTICLES = 5  # more than these are no best bets


@operation()
def save_best_bet(
    *,
    actor: AbstractUser,
    locale: str,
    questions: Sequence[str],
    articles: Sequence[Article],
    until: date | None = None,
    note: str = "",
    bet: BestBet | None = None,
    now: datetime | None = None,
) -> BestBet:
    """Put the articles first for these questions, in their order, until the end of a day.

    Raises InvalidInput, also where another bet that holds answers one of the questions; WrongState
    where `bet` was removed; NotAllowed.
    """
    require(actor, EDIT_SEARCH_WORDS)
    require_locale(locale)
    now = now or timezone.now()
    asked = _clean_questions(questions)
    pinned = _each_once(articles)
    if until is not None and until < timezone.localdate(now):
        raise InvalidInput(gettext("This day is over already."), field="until")
    note = clean_note(note)
    hold_words()
    kept = still_there(bet) if bet else BestBet()
    _check_free(asked, locale, kept, timezone.localdate(now))
    kept.locale, kept.questions, kept.until, kept.note = locale, "\n".join(asked), until, note
    kept.changed_by_id, kept.changed_at = actor.pk, now
    kept.save()
    kept.places.all().delete()
    BestBetArticle.objects.bulk_create(
        BestBetArticle(bet=kept, article=article, place=place)
        for place, article in enumerate(pinned, start=1)
    )
    record(
        actor=actor,
        action="save-best-bet",
        subject=f"best bet {kept.pk}",
        now=now,
        detail={
            "locale": locale,
            "questions": asked,
            "articles": [article.public_id for article in pinned],
            "until": until.isoformat() if until else "",
            "note": note,
        },
    )
    return kept


@operation()
def remove_best_bet(*, actor: AbstractUser, bet: BestBet, now: datetime | None = None) -> None:
    """Take a best bet out; the audit keeps its questions. Raises WrongState where it is gone
    already, NotAllowed."""
    require(actor, EDIT_SEARCH_WORDS)
    hold_words()
    gone = still_there(bet)
    subject, detail = f"best bet {gone.pk}", {"locale": gone.locale, "questions": gone.asked}
    gone.delete()
    record(
        actor=actor,
        action="remove-best-bet",
        subject=subject,
        now=now or timezone.now(),
        detail=detail,
    )


def _clean_questions(typed: Sequence[str]) -> list[str]:
    if len(typed) > MOST_QUESTIONS:
        raise InvalidInput(
            gettext("More than %(most)d questions.") % {"most": MOST_QUESTIONS}, field="questions"
        )
    asked = list(dict.fromkeys(filter(None, (clean_name(one[:2_000]) for one in typed))))
    if not asked:
        raise InvalidInput(gettext("Say at least one question."), field="questions")
    for question in asked:
        if len(question) > LONGEST_QUESTION:
            raise InvalidInput(
                gettext("A question has at most %(most)d characters.") % {"most": LONGEST_QUESTION},
                field="questions",
            )
        if not telling_terms(question):
            raise InvalidInput(
                gettext("“%(question)s” says nothing that can be searched for.")
                % {"question": question[:60]},
                field="questions",
            )
    return asked


def _each_once(articles: Sequence[Article]) -> list[Article]:
    pinned = list({article.pk: article for article in articles}.values())
    if not pinned:
        raise InvalidInput(gettext("Name at least one article."), field="articles")
    if len(pinned) > MOST_ARTICLES:
        raise InvalidInput(
            gettext("At most %(most)d articles.") % {"most": MOST_ARTICLES}, field="articles"
        )
    return pinned


def _check_free(asked: Sequence[str], locale: str, kept: BestBet, today: date) -> None:
    """What two bets answer would be answered by both: editors say which they mean."""
    wanted = {telling_terms(question): question for question in asked}
    for other in BestBet.objects.filter(locale=locale).exclude(pk=kept.pk):
        for question in other.asked if other.holds_on(today) else ():
            if telling_terms(question) in wanted:
                raise InvalidInput(
                    gettext("Another best bet answers “%(question)s” already.")
                    % {"question": question},
                    field="questions",
                )
