"""From what an edition tells to what a feed says, with addresses on the site that was asked."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext, override

from articles.audiences import PUBLIC
from channels.envelopes.feed_item import Feed, FeedItem, Removal
from channels.feeds.reading import Removed, Told
from channels.feeds.selection import Selection
from channels.models import Edition, Entry


def feed_item(request: HttpRequest, told: Told) -> FeedItem:
    entry = told.entry
    return FeedItem(
        id=item_id(entry.public_id, entry.locale),
        locale=entry.locale,
        title=entry.title,
        summary=entry.summary,
        url=request.build_absolute_uri(_path(entry)),
        html=told.html,
        updated=entry.from_edition.published_at,
        published=told.first_published,
        digest=entry.content_digest,
        edition=entry.from_edition_id,
        converted_from=entry.converted_from,
    )


def removal(removed: Removed, locale: str) -> Removal:
    return Removal(item_id(removed.public_id, locale), removed.since)


def about(
    request: HttpRequest, edition: Edition, locale: str, selection: Selection, *, more: bool
) -> Feed:
    """Return what is said of the feed itself. Pages of one selection share an id."""
    with override(locale):
        title = gettext("%(site)s: what is new") % {"site": settings.SITE_NAME}
    name = ":".join(filter(None, ("feed", locale, selection.kind, selection.topic)))
    following = f"?{selection.next_page(edition.number).query()}" if more else ""
    return Feed(
        id=f"urn:knowledge-hub:{name}",
        locale=locale,
        title=title,
        home_url=request.build_absolute_uri(f"/{locale}/"),
        self_url=request.build_absolute_uri(),
        author=settings.SITE_NAME,
        updated=edition.published_at,
        next_url=request.build_absolute_uri(f"{request.path}{following}") if more else "",
    )


def item_id(public_id: str, locale: str) -> str:
    """Return the URI that names a text for ever, whatever becomes of titles and addresses."""
    return f"urn:knowledge-hub:{public_id}:{locale}"


def _path(entry: Entry) -> str:
    """The page for everybody, or where the holder of a key can read what is not for everybody."""
    if entry.audience == PUBLIC:
        return f"/{entry.locale}/articles/{entry.slug}/"
    return f"/api/v1/articles/{entry.public_id}/?locale={entry.locale}&format=html"
