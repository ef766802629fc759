"""Keeping synonyms: a line of the thesaurus, for all readers of its language at once."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.exceptions import InvalidInput
from articles.operations.audit import operation, record
from articles.operations.validation import require_locale
from articles.roles import EDIT_SEARCH_WORDS, require
from channels.models import Synonym
from channels.operations.search_words import clean_note, hold_words, still_there
from channels.search.editors_words import language_of
from channels.search.synonym_line import read_line


@operation()
def save_synonym(
    *,
    actor: AbstractUser,
    locale: str,
    words: str,
    note: str = "",
    synonym: Synonym | None = None,
    now: datetime | None = None,
) -> Synonym:
    """Keep a line, or change `synonym` to it; searches know it from the next one on.

    Raises InvalidInput where the line says nothing, is none, or says what another says already;
    WrongState where `synonym` was removed; NotAllowed.
    """
    require(actor, EDIT_SEARCH_WORDS)
    require_locale(locale)
    line, note, now = read_line(words), clean_note(note), now or timezone.now()
    hold_words()
    kept = still_there(synonym) if synonym else Synonym()
    before = kept.words
    kept.locale, kept.words, kept.note = locale, str(line), note
    kept.meaning = line.meaning(language_of(locale))
    kept.changed_by_id, kept.changed_at = actor.pk, now
    same = Synonym.objects.filter(meaning=kept.meaning).exclude(pk=kept.pk).first()
    if same:
        raise InvalidInput(
            gettext("Another line says the same: “%(words)s”.") % {"words": same.words},
            field="words",
        )
    kept.save()
    record(
        actor=actor,
        action="save-synonym",
        subject=f"synonym {kept.pk}",
        now=now,
        detail={"locale": locale, "words": kept.words, "before": before, "note": note},
    )
    return kept


@operation()
def remove_synonym(*, actor: AbstractUser, synonym: Synonym, now: datetime | None = None) -> None:
    """Take a line out; the audit keeps what it said. Raises WrongState where it is gone already,
    NotAllowed."""
    require(actor, EDIT_SEARCH_WORDS)
    hold_words()
    gone = still_there(synonym)
    detail = {"locale": gone.locale, "words": gone.words}
    subject = f"synonym {gone.pk}"
    gone.delete()
    record(
        actor=actor,
        action="remove-synonym",
        subject=subject,
        now=now or timezone.now(),
        detail=detail,
    )
