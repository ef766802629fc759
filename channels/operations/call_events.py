"""What is noted in a call: what was searched, opened, used, and flagged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext

from articles.document.text import clean_line
from articles.exceptions import InvalidInput
from articles.operations.audit import operation
from articles.operations.validation import require_locale
from articles.public_ids import is_public_id
from channels.models import Call, CallEvent, Entry, SearchOutcome, SearchRecord, UpdateRequest
from channels.operations.calls import (
    RANK,
    CallName,
    Shown,
    entry_of,
    held_call,
    known_edition,
)
from channels.operations.requests import ask
from channels.queries import current_number
from channels.search.recording import note, note_outcome
from channels.voters import account_voter

MOST_EVENTS = 500  # of one call
MOST_RESULTS = 10  # that a search keeps
LONGEST_QUERY = 300  # characters

Kind = CallEvent.Kind


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
    held, now = held_call(actor, call, now)
    last = held.events.order_by("-at", "-pk").first()
    if not (last and last.kind == Kind.SEARCHED and (last.query, last.locale) == (query, locale)):
        found = [public_id for public_id in results if is_public_id(public_id)][:MOST_RESULTS]
        number = known_edition(edition)
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
    entry = entry_of(shown)
    held, now = held_call(actor, call, now)
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
    entry = entry_of(shown)
    held, now = held_call(actor, call, now)
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
    entry = entry_of(shown) if shown else None
    held, now = held_call(actor, call, now)
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
