"""The desk's menu: where an editor goes every day, in groups, with the page they are on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.roles import ADMINISTER, PUBLISH, WRITE


class Entry(NamedTuple):
    name: Any
    view: str
    permission: str = WRITE


# What is written first, then what it is made of, then what readers ask, what they get
# and how they find it.
GROUPS: tuple[tuple[Entry, ...], ...] = (
    (
        Entry(_("My work"), "articles_my_work"),
        Entry(_("Articles"), "articles_article_changelist"),
        Entry(_("Translations"), "articles_translations"),
        Entry(_("Freshness"), "articles_freshness"),
    ),
    (
        Entry(_("Snippets"), "articles_snippet_changelist"),
        Entry(_("Topics"), "articles_topic_changelist"),
        Entry(_("Attachments"), "articles_attachment_changelist"),
    ),
    (
        Entry(_("Requests"), "channels_updaterequest_changelist"),
        Entry(_("Publish"), "channels_publish", PUBLISH),
        Entry(_("Releases"), "channels_release_changelist"),
        Entry(_("Editions"), "channels_edition_changelist"),
    ),
    (
        Entry(_("Synonyms"), "channels_synonym_changelist"),
        Entry(_("Best bets"), "channels_bestbet_changelist"),
        Entry(_("Golden queries"), "channels_goldenquery_changelist"),
        Entry(_("Search log"), "channels_searchrecord_changelist"),
    ),
    (
        Entry(_("Review rules"), "articles_reviewrule_changelist", ADMINISTER),
        Entry(_("Calls"), "channels_call_changelist", ADMINISTER),
        Entry(_("API keys"), "channels_apikey_changelist", ADMINISTER),
        Entry(_("Audit"), "articles_auditrecord_changelist", ADMINISTER),
    ),
)


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A name in the menu, its address, and what `aria-current` says of it: "page" on it, "true"
    beneath it, nothing elsewhere."""

    name: Any
    url: str
    current: str


def menu_for(request: HttpRequest) -> list[list[MenuLink]]:
    """Return the groups of links that the person may follow; nothing to who does not write."""
    if not request.user.has_perm(WRITE):
        return []
    groups = [list(_open_to(request, group)) for group in GROUPS]
    urls = [url for group in groups for _entry, url in group]
    # Pages lie beneath one another: the nearest above the address is where the person is.
    here = max((url for url in urls if request.path.startswith(url)), key=len, default="")
    return [
        [MenuLink(entry.name, url, _current(url, here, request.path)) for entry, url in group]
        for group in groups
        if group
    ]


def _open_to(request: HttpRequest, group: tuple[Entry, ...]) -> Iterator[tuple[Entry, str]]:
    for entry in group:
        if request.user.has_perm(entry.permission):
            yield entry, reverse(f"admin:{entry.view}")


def _current(url: str, here: str, path: str) -> str:
    if url != here:
        return ""
    return "page" if url == path else "true"
