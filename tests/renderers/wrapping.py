"""Every envelope put around stored bytes, with how to hear the article in it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from channels.envelopes import agent_card, atom, json_feed, twiml, voicexml
from channels.envelopes.feed_item import Feed, FeedItem

FEED = Feed(
    id="tag:help.example,2026:feed/en",
    locale="en",
    title="What is new",
    home_url="https://help.example/en/",
    self_url="https://help.example/en/feed/",
    author="Example Mobile",
    updated=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
    next_url="https://help.example/en/feed/?before=7",
)


def feed_item(html: bytes) -> FeedItem:
    return FeedItem(
        id="tag:help.example,2026:k3v9/en",
        locale="en",
        title="Activate an eSIM",
        summary="Five minutes",
        url="https://help.example/en/articles/esim/",
        html=html,
        updated=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        published=datetime(2026, 1, 5, 8, 0, tzinfo=UTC),
        digest="5e" * 32,
        edition=7,
    )


class Wrapping(NamedTuple):
    wraps: str
    wrap: Callable[[bytes], bytes]
    words: Callable[[bytes], list[str]]


WRAPPINGS = {
    "voicexml": Wrapping(
        "ssml",
        lambda ssml: voicexml.article(
            ssml, locale="en", title="An article", back_url="/ivr/", agent_url="/ivr/agent/"
        ),
        voicexml.spoken_words,
    ),
    "twiml": Wrapping("ssml", twiml.article, twiml.spoken_words),
    "atom": Wrapping(
        "html",
        lambda html: atom.feed(FEED, [feed_item(html)]),
        lambda body: atom.content_words(body)[0],
    ),
    "json_feed": Wrapping(
        "html",
        lambda html: json_feed.feed(FEED, [feed_item(html)]),
        lambda body: json_feed.content_words(body)[0],
    ),
    "agent_card": Wrapping(
        "html", lambda html: agent_card.card(html, locale="en"), agent_card.words
    ),
}
