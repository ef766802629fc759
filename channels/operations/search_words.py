"""What the keeping of synonyms, best bets and golden queries shares."""

from __future__ import annotations

import secrets

from django.utils.translation import gettext

from articles.document.text import clean_line
from articles.exceptions import InvalidInput
from channels.models import SearchWords

LONGEST_NOTE = 300


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
