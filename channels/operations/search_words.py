"""What the keeping of synonyms, best bets and golden queries shares."""

from __future__ import annotations

import secrets
from typing import TypeVar

from django.utils.translation import gettext

from articles.document.text import clean_line
from articles.exceptions import InvalidInput, WrongState
from channels.models import SearchWords
from channels.models.search_words import Kept

LONGEST_NOTE = 300

K = TypeVar("K", bound=Kept)


def hold_words() -> SearchWords:
    """Keep others from changing synonyms and best bets until the transaction ends, and have every
    process read them anew after it."""
    held, _made = SearchWords.objects.select_for_update().get_or_create(pk=1)
    held.token = secrets.token_urlsafe(16)
    held.save(update_fields=["token"])
    return held


def clean_note(note: str) -> str:
    """Raises InvalidInput."""
    note = clean_line(note) if len(note) <= 10 * LONGEST_NOTE else note
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(
            gettext("A note has at most %(most)d characters.") % {"most": LONGEST_NOTE},
            field="note",
        )
    return note


def still_there(kept: K) -> K:
    """Return what editors keep as it is now, held until the transaction ends. Raises WrongState
    where it was removed."""
    found = type(kept)._default_manager.select_for_update().filter(pk=kept.pk).first()
    if found is None:
        message = gettext("Somebody has removed “%(what)s” in the meantime.")
        raise WrongState(message % {"what": kept})
    return found
