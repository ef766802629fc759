"""The steps of an article that were done in a call."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext

from articles.exceptions import InvalidInput
from articles.operations.audit import operation
from channels.models import Call
from channels.operations.calls import CallName, Shown, entry_of, held_call

MOST_TICKS = 300  # of one call


@operation()
def set_tick(
    *,
    actor: AbstractUser,
    call: CallName,
    shown: Shown,
    number: int,
    words: str,
    ticked: bool,
    now: datetime | None = None,
) -> Call:
    """Note that a step was done, or was not. `number` and `words` name it, as CallTick has them.
    Raises InvalidInput, NotAllowed."""
    if not (1 <= number <= MOST_TICKS and len(words) == 16 and words.isascii()):
        raise InvalidInput(gettext("There is no such step."))
    entry = entry_of(shown)
    held, now = held_call(actor, call, now)
    ticks = held.ticks.filter(public_id=entry.public_id)
    if not ticked:
        # It may have been ticked while the article was open in another language.
        ticks.filter(locale=entry.locale, words=words).delete()
        ticks.exclude(locale=entry.locale).filter(number=number).delete()
    elif held.ticks.count() < MOST_TICKS:
        ticks.get_or_create(
            call=held,
            public_id=entry.public_id,
            locale=entry.locale,
            words=words,
            defaults={"number": number},
        )
    return held
