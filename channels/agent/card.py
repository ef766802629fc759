"""The article on the right: the agent's card with all that stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.audiences import AGENT, AUDIENCES
from articles.locales import fallback_chain, locale_choices, locale_name, locales
from articles.models.article import Kind
from articles.public_ids import is_public_id
from channels.agent.calling import CallState, Ticks
from channels.agent.listing import RANK, audience_label
from channels.agent.selection import Selection
from channels.agent.sending import Sending, sending
from channels.agent.watching import etag_of, watch_address
from channels.delivery.lookup import Found, find
from channels.envelopes.agent_card import card
from channels.envelopes.agent_steps import Step, steps_of, with_boxes
from channels.languages import html_lang
from channels.models import Entry, Pin
from channels.queries import TopicNode, entries_at


@dataclass(frozen=True, slots=True)
class Language:
    """A locale that the article can be read in, and how the address asks for it."""

    locale: str
    lang: str
    name: str
    query: str
    key: str  # that switches to it


@dataclass(frozen=True, slots=True)
class Card:
    public_id: str
    article_id: int
    locale: str
    lang: str
    title: str
    html: SafeString
    digest: str
    converted_from: str  # the name of the language, "" for what people wrote
    since: int  # the edition that told this text first
    published_at: datetime
    kind: str
    audience: str
    audience_label: str
    topic: str  # its name in the text's locale, "" for none
    languages: Sequence[Language]
    sending: Sending
    steps: int
    ticked: int
    is_pinned: bool
    is_used: bool  # in this call
    watch: str  # the address that says whether it changed
    etag: str  # what it says as long as it hasn't


def open_card(
    public_id: str,
    selection: Selection,
    number: int,
    topics: Sequence[TopicNode],
    call: CallState,
    agent_id: int,
) -> Card | None:
    """Return the article as edition `number` tells it to agents, None where it tells none.

    In the chosen locale, or the one that stands in for it, or any: in a call, a text in another
    language is better than none. Four statements.
    """
    if not number or not is_public_id(public_id):
        return None
    found = find(
        public_id=public_id,
        locales=tuple(dict.fromkeys((*fallback_chain(selection.locale), *locales()))),
        format="html",
        rank=RANK,
        edition=number,
    )
    if not isinstance(found, Found) or found.body is None:
        return None
    texts = {
        entry.locale: entry
        for entry in entries_at(number, rank=RANK)
        .filter(public_id=public_id)
        .select_related("from_edition")
    }
    return _card(found, found.body, texts, topics, selection, call, agent_id)


def _card(
    found: Found,
    body: bytes,
    texts: dict[str, Entry],
    topics: Sequence[TopicNode],
    selection: Selection,
    call: CallState,
    agent_id: int,
) -> Card:
    entry = texts[found.locale]
    ticks = Ticks(call, found.public_id, found.locale)
    query = replace(selection, locale=found.locale).call_query
    html = card(body, locale=found.locale, query=query, labels=_part_labels()).decode()
    steps = steps_of(html)
    return Card(
        public_id=found.public_id,
        article_id=entry.article_id,
        locale=found.locale,
        lang=html_lang(found.locale),
        title=found.title,
        # Stored bytes, written by our renderer and let through its gate when published.
        html=mark_safe(  # noqa: S308
            with_boxes(html, steps, is_ticked=ticks.__contains__, label=_step_label)
        ),
        digest=found.content_digest,
        converted_from=locale_name(found.converted_from),
        since=found.since,
        published_at=entry.from_edition.published_at,
        kind=str(Kind(entry.kind).label),
        audience=entry.audience,
        audience_label=audience_label(entry.audience),
        topic=next((node.name(found.locale) for node in topics if node.slug == entry.topic), ""),
        languages=[
            Language(locale, html_lang(locale), name, selection.query(locale=locale), str(key))
            for key, (locale, name) in enumerate(locale_choices(), start=1)
            if locale in texts
        ],
        sending=sending(texts, wanted=call.locale, shown=found.locale),
        steps=len(steps),
        ticked=sum(step in ticks for step in steps),
        is_pinned=Pin.objects.filter(agent_id=agent_id, article_id=entry.article_id).exists(),
        is_used=found.public_id in call.used,
        watch=watch_address(entry),
        etag=etag_of(entry.entry_digest, entry.audience_rank),
    )


def _part_labels() -> dict[str, str]:
    """Return what the parts that are not for everybody are called."""
    labels = {
        audience: _("Only for: %(audience)s") % {"audience": audience_label(audience)}
        for audience in AUDIENCES
    }
    return labels | {AGENT: _("For agents only")}


def _step_label(step: Step) -> str:
    return _("Step %(number)d is done") % {"number": step.shown}
