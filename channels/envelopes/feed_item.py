"""What a feed tells, whatever its format: plain values, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from channels.envelopes.html_links import make_absolute


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of an edition."""

    id: str  # a URI that never changes, such as a `tag:` or `urn:` URI
    locale: str
    title: str
    summary: str
    url: str  # absolute
    html: bytes  # the stored rendering
    updated: datetime  # aware
    published: datetime  # aware
    digest: str
    edition: int
    converted_from: str = ""  # the locale of the words that were converted by machine


@dataclass(frozen=True, slots=True)
class Removal:
    """An entry that the feed told in an earlier edition and tells no more."""

    id: str  # as the entry's was
    when: datetime  # aware


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, or one page of it."""

    id: str  # a URI that never changes
    locale: str
    title: str
    home_url: str
    self_url: str
    author: str
    updated: datetime  # aware
    next_url: str = ""  # "" on the last page


def timestamp(moment: datetime) -> str:
    """Return a moment as RFC 3339 writes it, in UTC. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("A feed needs moments with a time zone.")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def html_content(item: FeedItem) -> str:
    """Return the item's HTML as a feed carries it: a reader elsewhere can follow its links."""
    address = urlsplit(item.url)
    return make_absolute(item.html.decode(), f"{address.scheme}://{address.netloc}")
