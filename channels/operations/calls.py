"""An agent's calls: each begins with the first thing that is done in it.

Nothing that is done in a call changes what anybody is told, so it leaves no audit row: a call is an
interaction, and is forgotten after some time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.audiences import AGENT, rank
from articles.exceptions import InvalidInput
from articles.locales import locales
from articles.operations.audit import operation
from articles.operations.validation import require_locale
from articles.public_ids import is_public_id
from articles.roles import READ_AGENT, require
from channels.models import Call, Entry
from channels.models.call import LONGEST_REFERENCE
from channels.queries import current_number, entries_at

RANK = rank(AGENT)
IDLE = timedelta(hours=4)  # after so long, a call without a reference is over


@dataclass(frozen=True, slots=True)
class CallName:
    """How the telephone system names a call; all empty for a call that came without."""

    reference: str = ""
    customer: str = ""
    locale: str = ""  # the customer's language

    def check(self) -> CallName:
        """Return the name. Raises InvalidInput where it can't be one."""
        for field, value in (("call", self.reference), ("customer", self.customer)):
            if len(value) > LONGEST_REFERENCE or not value.isprintable() or value != value.strip():
                message = gettext("“%(field)s” is up to %(most)d visible characters.")
                raise InvalidInput(message % {"field": field, "most": LONGEST_REFERENCE})
        if self.locale:
            require_locale(self.locale)
        return self


NO_REFERENCE = CallName()


@dataclass(frozen=True, slots=True)
class Shown:
    """What an agent had before them: an article's text as an edition tells it."""

    public_id: str
    locale: str
    edition: int


@operation()
def set_language(
    *, actor: AbstractUser, call: CallName, locale: str, now: datetime | None = None
) -> Call:
    """Say which language the customer speaks. Raises InvalidInput, NotAllowed."""
    require_locale(locale)
    held, _now = held_call(actor, call, now)
    held.locale = locale
    held.save(update_fields=["locale"])
    return held


@operation()
def end_call(*, actor: AbstractUser, call: CallName, now: datetime | None = None) -> None:
    """End a call; none that never began. What is noted afterwards of a call with a reference is
    still kept with it. Raises InvalidInput, NotAllowed."""
    require(actor, READ_AGENT)
    call.check()
    rows = Call.objects.filter(agent_id=actor.pk, reference=call.reference, ended_at=None)
    rows.update(ended_at=now or timezone.now())


def forget_old_calls(*, days: int, now: datetime | None = None) -> int:
    """Delete the calls that began more than `days` days ago, with all that was noted in them;
    return how many. What was asked in them stays asked."""
    with operation():
        rows = Call.objects.filter(begun_at__lt=(now or timezone.now()) - timedelta(days=days))
        _all, deleted = rows.delete()
        return deleted.get(Call._meta.label, 0)


def held_call(actor: AbstractUser, name: CallName, now: datetime | None) -> tuple[Call, datetime]:
    """Return the agent's call, which begins with the first thing that is done in it, held until
    the transaction ends; and the moment."""
    require(actor, READ_AGENT)
    name.check()
    now = now or timezone.now()
    mine = Call.objects.filter(agent_id=actor.pk, reference=name.reference)
    if not name.reference:
        mine = mine.filter(ended_at=None)
        mine.filter(last_at__lt=now - IDLE).update(ended_at=now)
    begun = {"customer": name.customer, "locale": name.locale, "begun_at": now, "last_at": now}
    held, created = mine.select_for_update().get_or_create(
        agent_id=actor.pk, reference=name.reference, defaults=begun
    )
    if not created:
        held.last_at = max(now, held.last_at)
        held.save(update_fields=["last_at"])
    return held, now


def entry_of(shown: Shown) -> Entry:
    """Return what was shown, as its edition tells it to agents."""
    told = entries_at(known_edition(shown.edition), rank=RANK).select_related("article")
    entry = None
    if is_public_id(shown.public_id) and shown.locale in locales():
        entry = told.filter(public_id=shown.public_id, locale=shown.locale).first()
    if entry is None:
        raise InvalidInput(gettext("There is no such text."))
    return entry


def known_edition(number: int) -> int:
    if not 1 <= number <= current_number():
        raise InvalidInput(gettext("There is no such edition."))
    return number
