"""What editors keep, as the search uses it: their synonyms joined with those that are shipped, and
the articles they put first. One statement tells whether what is remembered still holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils import timezone

from channels.models import BestBet, Synonym
from channels.search.thesaurus import Thesaurus, shipped
from channels.search.words import phrase_terms

Asked = frozenset[str]


@dataclass(frozen=True, slots=True)
class Pinned:
    public_ids: tuple[str, ...]
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.until is None or day <= self.until


@dataclass(frozen=True, slots=True)
class EditorsWords:
    """All that editors keep at one moment. Ask it as often as a search needs: no statement."""

    token: str
    lines: dict[str, tuple[str, ...]]  # by language
    pinned: dict[tuple[str, Asked], tuple[Pinned, ...]]  # by locale and telling terms
    _joined: dict[str, Thesaurus] = field(default_factory=dict)

    def thesaurus(self, locale: str) -> Thesaurus:
        """Return the shipped thesaurus of the locale's language with the editors' lines.

        Locales of one language, as both of Chinese, read each other's lines.
        """
        language = language_of(locale)
        known = self._joined.get(language)
        if known is None:
            # Two threads may both make it; they make the same.
            known = shipped(language).joined(Thesaurus(self.lines.get(language, ())))
            self._joined[language] = known
        return known

    def best_bets(self, question: str, locale: str, *, today: date | None = None) -> list[str]:
        """Return the public ids that editors put first for this question, the first one first.

        Whether a reader may read them is for the caller to judge.
        """
        if not self.pinned:
            return []
        today = today or timezone.localdate()
        pinned = self.pinned.get((locale, telling_terms(question)), ())
        found = (one for bet in pinned if bet.holds_on(today) for one in bet.public_ids)
        return list(dict.fromkeys(found))


_remembered: EditorsWords | None = None


def editors_words() -> EditorsWords:
    """Return what editors keep now. One statement; two more after it was changed."""
    global _remembered
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM channels_searchwords WHERE id = 1")
        (token,) = cursor.fetchone() or ("",)
    known = _remembered
    if known is None or known.token != token:
        # What is read after the token is as new as it, or newer and read again next time.
        _remembered = known = _read(token)
    return known


def telling_terms(question: str) -> Asked:
    """Return the terms that say what is asked, in no order: the same ones ask the same."""
    return frozenset(phrase_terms(question))


def language_of(locale: str) -> str:
    """Return the primary language subtag (RFC 5646, section 2.2.1): zh of zh-hant."""
    return locale.partition("-")[0]


def _read(token: str) -> EditorsWords:
    if not token:  # Nobody has kept anything yet.
        return EditorsWords(token, {}, {})
    lines: dict[str, list[str]] = defaultdict(list)
    for locale, words in Synonym.objects.order_by("pk").values_list("locale", "words"):
        lines[language_of(locale)].append(words)
    return EditorsWords(
        token, {language: tuple(kept) for language, kept in lines.items()}, _pinned()
    )


def _pinned() -> dict[tuple[str, Asked], tuple[Pinned, ...]]:
    rows = BestBet.objects.order_by("pk", "places__place").values_list(
        "pk", "locale", "questions", "until", "places__article__public_id"
    )
    bets: dict[int, tuple[str, str, date | None, list[str]]] = {}
    for pk, locale, questions, until, public_id in rows:
        bets.setdefault(pk, (locale, questions, until, []))[3].append(public_id)
    pinned: dict[tuple[str, Asked], list[Pinned]] = defaultdict(list)
    for locale, questions, until, public_ids in bets.values():
        for terms in {telling_terms(question) for question in questions.splitlines()} - {
            frozenset()
        }:
            pinned[locale, terms].append(Pinned(tuple(filter(None, public_ids)), until))
    return {asked: tuple(found) for asked, found in pinned.items()}
