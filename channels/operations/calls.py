"""What an agent does in a call, kept with the call. It changes nothing that anybody is told, so it
leaves no audit row: a call is an interaction, and is forgotten after some time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.audiences import AGENT, rank
from articles.document.text import clean_line
from articles.exceptions import InvalidInput
from articles.locales import locales
from articles.operations.audit import operation
from articles.operations.validation import require_locale
from articles.public_ids import is_public_id
from articles.roles import READ_AGENT, require
from channels.models import (
    Call,
    CallEvent,
    Entry,
    SearchOutcome,
    SearchRecord,
    UpdateRequest,
)
from channels.models.call import LONGEST_REFERENCE
from channels.operations.requests import ask
from channels.queries import current_number, entries_at
from channels.search.recording import note, note_outcome
from channels.voters import account_voter

RANK = rank(AGENT)
IDLE = timedelta(hours=4)  # after so long, a call without a reference is over
MOST_EVENTS = 500  # of one call
MOST_TICKS = 300
MOST_RESULTS = 10  # that a search keeps
LONGEST_QUERY = 300  # characters

Kind = CallEvent.Kind


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
def note_search(
    *,
    actor: AbstractUser,
    call: CallName,
    query: str,
    locale: str,
    edition: int,
    results: Sequence[str] = (),
    fits: bool = True,
    now: datetime | None = None,
) -> Call:
    """Keep what was searched; the same again at once is nothing new. Raises InvalidInput,
    NotAllowed."""
    require_locale(locale)
    query = clean_line(query[: 2 * LONGEST_QUERY])[:LONGEST_QUERY]
    if not query:
        raise InvalidInput(gettext("There is nothing to search for."), field="q")
    held, now = _held(actor, call, now)
    last = held.events.order_by("-at", "-pk").first()
    if not (last and last.kind == Kind.SEARCHED and (last.query, last.locale) == (query, locale)):
        found = [public_id for public_id in results if is_public_id(public_id)][:MOST_RESULTS]
        number = _edition(edition)
        search_id = note(
            query=query,
            locale=locale,
            channel=SearchRecord.Channel.AGENT,
            audience_rank=RANK,
            edition=number,
            total=len(found),
            fits=fits and bool(found),
            results=found,
            told_in=locale,
            now=now,
        )
        words = {"query": query, "results": found, "search_id": search_id}
        _add(held, Kind.SEARCHED, now, locale=locale, edition=number, **words)
    return held


@operation()
def note_opened(
    *, actor: AbstractUser, call: CallName, shown: Shown, now: datetime | None = None
) -> Call:
    """Keep what was opened; the same again at once is nothing new. Raises InvalidInput,
    NotAllowed."""
    entry = _entry(shown)
    held, now = _held(actor, call, now)
    opened = held.events.filter(kind=Kind.OPENED).order_by("-at", "-pk").first()
    same = opened and (opened.public_id, opened.locale, opened.digest) == (
        *(entry.public_id, entry.locale),
        entry.content_digest,
    )
    if not same:
        _add(held, Kind.OPENED, now, **_told(entry, shown))
        _note_outcome(held, SearchOutcome.What.OPENED, entry.public_id, now)
    return held


@operation()
def set_used(
    *, actor: AbstractUser, call: CallName, shown: Shown, used: bool, now: datetime | None = None
) -> Call:
    """Link an article to the call: this solved it. Or take that back. Raises InvalidInput,
    NotAllowed."""
    entry = _entry(shown)
    held, now = _held(actor, call, now)
    uses = held.events.filter(kind=Kind.USED, public_id=entry.public_id)
    if not used:
        uses.delete()
    elif not uses.exists():
        _add(held, Kind.USED, now, **_told(entry, shown))
        _note_outcome(held, SearchOutcome.What.HELPED, entry.public_id, now)
    return held


@operation()
def flag(
    *,
    actor: AbstractUser,
    call: CallName,
    kind: str,
    sentence: str,
    locale: str,
    shown: Shown | None = None,
    now: datetime | None = None,
) -> Call:
    """Ask, for a caller, that something wrong is mended or something missing is written: an update
    request that the call keeps. Without `shown` it is no article's. Raises InvalidInput,
    NotAllowed."""
    if kind not in (Kind.WRONG, Kind.MISSING) or (kind == Kind.WRONG and shown is None):
        raise InvalidInput(gettext("Say whether something is wrong or missing."), field="kind")
    entry = _entry(shown) if shown else None
    held, now = _held(actor, call, now)
    request = ask(
        voter=account_voter(actor.pk),
        locale=locale,
        sentence=sentence,
        origin=UpdateRequest.Origin.AGENT,
        audience_rank=RANK,
        article=entry.article if entry else None,
        now=now,
    )
    told = _told(entry, shown) if entry and shown else _nothing(locale)
    _add(held, Kind(kind), now, request=request, **told)
    _note_outcome(held, SearchOutcome.What.ASKED, entry.public_id if entry else "", now)
    return held


def _note_outcome(call: Call, what: str, public_id: str, now: datetime) -> None:
    """Put down in the search log what came of the latest search of a call."""
    last = call.events.filter(kind=Kind.SEARCHED).order_by("-at", "-pk").first()
    if last:
        note_outcome(search_id=last.search_id, what=what, public_id=public_id, now=now)


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
    entry = _entry(shown)
    held, now = _held(actor, call, now)
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


@operation()
def set_language(
    *, actor: AbstractUser, call: CallName, locale: str, now: datetime | None = None
) -> Call:
    """Say which language the customer speaks. Raises InvalidInput, NotAllowed."""
    require_locale(locale)
    held, _now = _held(actor, call, now)
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


def _held(actor: AbstractUser, name: CallName, now: datetime | None) -> tuple[Call, datetime]:
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


def _entry(shown: Shown) -> Entry:
    """Return what was shown, as its edition tells it to agents."""
    told = entries_at(_edition(shown.edition), rank=RANK).select_related("article")
    entry = None
    if is_public_id(shown.public_id) and shown.locale in locales():
        entry = told.filter(public_id=shown.public_id, locale=shown.locale).first()
    if entry is None:
        raise InvalidInput(gettext("There is no such text."))
    return entry


def _edition(number: int) -> int:
    if not 1 <= number <= current_number():
        raise InvalidInput(gettext("There is no such edition."))
    return number


def _told(entry: Entry, shown: Shown) -> dict[str, Any]:
    return {
        "public_id": entry.public_id,
        "locale": entry.locale,
        "edition": shown.edition,
        "title": entry.title,
        "digest": entry.content_digest,
    }


def _nothing(locale: str) -> dict[str, Any]:
    return {"locale": locale, "edition": current_number()}


def _add(held: Call, kind: Kind, now: datetime, **fields: Any) -> None:
    if held.events.count() >= MOST_EVENTS:
        raise InvalidInput(gettext("No call keeps more than this. End it and begin a new one."))
    CallEvent.objects.create(call=held, kind=kind, at=now, **fields)
