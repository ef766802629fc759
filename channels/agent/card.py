"""The article on the right: the agent's card with all that stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe

from articles.audiences import PUBLIC
from articles.locales import fallback_chain, locale_choices, locale_name, locales
from articles.models.article import Kind
from articles.public_ids import is_public_id
from channels.agent.listing import RANK, audience_label
from channels.agent.selection import Selection
from channels.delivery.lookup import Found, find
from channels.envelopes.agent_card import card
from channels.languages import html_lang
from channels.models import Entry
from channels.queries import TopicNode, entries_at


@dataclass(frozen=True, slots=True)
class Language:
    """A locale that the article can be read in, and how the address asks for it."""

    locale: str
    lang: str
    name: str
    query: str


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
    public_url: str  # "" where only some may read it


def open_card(
    public_id: str, selection: Selection, number: int, topics: Sequence[TopicNode]
) -> Card | None:
    """Return the article as edition `number` tells it to agents, None where it tells none.

    In the chosen locale, or the one that stands in for it, or any: in a call, a text in another
    language is better than none. Two statements.
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
    return _card(found, found.body, texts, topics, selection)


def _card(
    found: Found,
    body: bytes,
    texts: dict[str, Entry],
    topics: Sequence[TopicNode],
    selection: Selection,
) -> Card:
    entry = texts[found.locale]
    is_public = entry.audience == PUBLIC
    return Card(
        public_id=found.public_id,
        article_id=entry.article_id,
        locale=found.locale,
        lang=html_lang(found.locale),
        title=found.title,
        # Stored bytes, written by our renderer and let through its gate when published.
        html=mark_safe(card(body, locale=found.locale).decode()),  # noqa: S308
        digest=found.content_digest,
        converted_from=locale_name(found.converted_from),
        since=found.since,
        published_at=entry.from_edition.published_at,
        kind=str(Kind(entry.kind).label),
        audience=entry.audience,
        audience_label=audience_label(entry.audience),
        topic=next((node.name(found.locale) for node in topics if node.slug == entry.topic), ""),
        languages=[
            Language(locale, html_lang(locale), name, selection.query(locale=locale))
            for locale, name in locale_choices()
            if locale in texts
        ],
        public_url=f"/{found.locale}/articles/{found.slug}/" if is_public else "",
    )
