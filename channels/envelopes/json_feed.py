"""JSON Feed 1.1 around stored HTML."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from channels.envelopes.feed_item import Feed, FeedItem, Removal, html_content, timestamp
from channels.languages import html_lang
from channels.renderers.base import clean
from channels.renderers.html_reading import words_of_html

MEDIA_TYPE = "application/feed+json"

_VERSION = "https://jsonfeed.org/version/1.1"


def feed(about: Feed, items: Iterable[FeedItem], removed: Iterable[Removal] = ()) -> bytes:
    """Return one page of a feed. Raises ValueError for a moment without a time zone.

    JSON Feed has no tombstones: what was removed stands in our extension.
    """
    fields: dict[str, Any] = {
        "version": _VERSION,
        "title": clean(about.title),
        "home_page_url": about.home_url,
        "feed_url": about.self_url,
        "language": html_lang(about.locale),
        "authors": [{"name": clean(about.author)}],
    }
    if about.next_url:
        fields["next_url"] = about.next_url
    if gone := [{"id": removal.id, "when": timestamp(removal.when)} for removal in removed]:
        fields["_knowledge"] = {"removed": gone}
    fields["items"] = [item(entry) for entry in items]
    return (json.dumps(fields, ensure_ascii=False, indent=1) + "\n").encode()


def item(item: FeedItem) -> dict[str, Any]:
    """Return one item; `_knowledge` is our extension, as JSON Feed 1.1 provides for."""
    fields: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": clean(item.title),
        "content_html": html_content(item),
    }
    if item.summary:
        fields["summary"] = clean(item.summary)
    converted = {"converted_from": item.converted_from} if item.converted_from else {}
    return fields | {
        "date_published": timestamp(item.published),
        "date_modified": timestamp(item.updated),
        "language": html_lang(item.locale),
        "_knowledge": {"edition": item.edition, "digest": item.digest} | converted,
    }


def content_words(feed: bytes) -> list[list[str]]:
    """Return what the HTML of each item says."""
    return [words_of_html(item["content_html"].encode()) for item in json.loads(feed)["items"]]
