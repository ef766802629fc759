"""The call that an agent is in, as far as it was kept; only ever their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.utils import timezone

from articles.locales import locale_name
from channels.agent.selection import Selection
from channels.envelopes.agent_steps import Step
from channels.languages import html_lang
from channels.models import Call, CallEvent, CallTick
from channels.operations.calls import IDLE

MOST_SHOWN = 40  # of what was done
MOST_OPEN = 6  # other calls that are shown

Kind = CallEvent.Kind


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done in the call."""

    kind: str
    label: str
    at: datetime
    lang: str
    what: str  # the title or the words that were searched
    query: str  # of the address that leads there again, "" for none
    public_id: str
    sentence: str = ""  # what was said to be wrong or missing


@dataclass(frozen=True, slots=True)
class OtherCall:
    reference: str  # "" for the one without
    customer: str
    query: str


@dataclass(frozen=True, slots=True)
class CallState:
    """What stands on the page of the call, whether it has begun or not."""

    reference: str
    customer: str
    locale: str  # the customer's, "" where nobody said
    language: str  # by its own name
    begun_at: datetime | None = None  # None until something is done in it
    ended_at: datetime | None = None
    used: Collection[str] = ()  # public ids
    done: Sequence[Done] = ()  # the latest first
    more: int = 0  # that are not shown
    row: Call | None = field(default=None, repr=False)

    @property
    def is_there(self) -> bool:
        return bool(self.reference or self.begun_at)


def call_state(agent_id: int, selection: Selection) -> CallState:
    """Return the call that the address names, or the open one that came without a reference. Two
    statements, one where it has not begun."""
    name = selection.call
    mine = Call.objects.filter(agent_id=agent_id, reference=name.reference)
    if not name.reference:
        mine = mine.filter(ended_at=None, last_at__gte=timezone.now() - IDLE)
    row = mine.first()
    if row is None:
        return CallState(name.reference, name.customer, name.locale, locale_name(name.locale))
    events = list(row.events.select_related("request").order_by("-at", "-pk"))
    return CallState(
        reference=row.reference,
        customer=row.customer,
        locale=row.locale,
        language=locale_name(row.locale),
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        used={event.public_id for event in events if event.kind == Kind.USED},
        done=[_done(event, selection) for event in events[:MOST_SHOWN]],
        more=max(0, len(events) - MOST_SHOWN),
        row=row,
    )


def other_calls(agent_id: int, selection: Selection) -> list[OtherCall]:
    """Return the agent's other calls that are open and not long quiet. One statement."""
    rows = (
        Call.objects.filter(agent_id=agent_id, ended_at=None, last_at__gte=timezone.now() - IDLE)
        .exclude(reference=selection.call.reference)
        .order_by("-last_at")
    )
    return [
        OtherCall(
            row.reference,
            row.customer,
            urlencode(
                {"locale": selection.locale} | ({"call": row.reference} if row.reference else {})
            ),
        )
        for row in rows[:MOST_OPEN]
    ]


class Ticks:
    """The steps of an article that were done in a call. One statement."""

    def __init__(self, call: CallState, public_id: str, locale: str) -> None:
        self._words: set[str] = set()
        self._elsewhere: set[int] = set()
        rows = CallTick.objects.filter(call=call.row, public_id=public_id) if call.row else ()
        for tick in rows:
            if tick.locale == locale:
                self._words.add(tick.words)
            else:
                self._elsewhere.add(tick.number)

    def __contains__(self, step: Step) -> bool:
        """In its own language a step is known by its words, as a new edition may move it; in
        another by its number."""
        return step.words in self._words or step.number in self._elsewhere


def _done(event: CallEvent, selection: Selection) -> Done:
    query = selection.query(locale=event.locale, q=event.query or selection.q, page=1)
    return Done(
        kind=event.kind,
        label=str(Kind(event.kind).label),
        at=event.at,
        lang=html_lang(event.locale),
        what=event.query or event.title,
        query=query,
        public_id=event.public_id,
        sentence=event.request.sentence if event.request else "",
    )
