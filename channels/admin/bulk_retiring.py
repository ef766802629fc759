"""Retiring many articles in one edition: all that was chosen, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_page import in_locale_order, title_of
from articles.admin.bulk_action import BulkAction, Line
from articles.exceptions import Stale
from articles.models import Article
from articles.roles import PUBLISH
from channels.admin.retiring import MOST_LINKING, linking_to, with_entries
from channels.models import Edition, Entry
from channels.operations.items import Retirement
from channels.operations.releases import publish_together


class RetiringTogether(BulkAction):
    name = "retire"
    label = gettext_lazy("Retire…")
    button = gettext_lazy("Retire now")
    permission = PUBLISH
    template = "admin/channels/bulk_retire.html"
    asks_first = False

    def standing(self, articles: Sequence[Article]) -> list[Line]:
        """`seen` are the entries that are live: another publish of the article is another one."""
        ids = [article.pk for article in articles]
        live = _by_article(Entry.objects.live().filter(article__in=ids), ids)
        return [
            Line(
                article,
                article.pk,
                _seen(live[article.pk]),
                title_of(article),
                now=_live_words(live[article.pk]),
                thing=bool(live[article.pk]),
            )
            for article in articles
        ]

    def planned(self, lines: list[Line], said: Mapping[str, Any]) -> list[Line]:
        return [
            replace(line, will=_("no channel tells it any more, in no language"))
            if line.thing
            else replace(line, why_not=_("Is not live."))
            for line in lines
        ]

    def context(self, articles: Sequence[Article]) -> dict[str, Any]:
        """Suggest the live articles that link to those which go: their links would lead nowhere."""
        linking = linking_to(articles)
        return {
            "linking": with_entries((), linking[:MOST_LINKING]),
            "more": max(0, len(linking) - MOST_LINKING),
            "stopped": bool(linking),
        }

    def run(
        self,
        actor: AbstractUser,
        articles: Sequence[Article],
        seen: Mapping[int, str],
        said: Mapping[str, Any],
    ) -> list[Line]:
        """Raises Stale where anything that was seen is told otherwise now, and what publishing
        refuses."""
        lines = self.planned(self.standing(articles), said)
        wanted = [line for line in lines if line.key in seen or line.will]

        def check(edition: Edition) -> None:
            """Others may have published until the very moment: what goes is what was seen."""
            ended = Entry.objects.filter(until_edition=edition, article__in=seen)
            live = {pk: _seen(entries) for pk, entries in _by_article(ended, seen).items()}
            _require_as_seen(wanted, live, seen)

        _require_as_seen(wanted, {line.key: line.seen for line in wanted}, seen)
        edition = publish_together(
            actor=actor,
            name=_("Retired: %s") % ", ".join(line.title for line in wanted),
            items=[Retirement(line.article) for line in wanted],
            alongside=check,
        )
        done = _("retired in edition %(edition)d") % {"edition": edition.number}
        return [replace(line, will=done if line in wanted else "") for line in lines]


def _by_article(entries: QuerySet[Entry], ids: Iterable[int]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {pk: [] for pk in ids}
    for entry in entries.order_by("pk"):
        found[entry.article_id].append(entry)
    return found


def _seen(entries: Iterable[Entry]) -> str:
    return "-".join(str(entry.pk) for entry in entries) or "0"


def _require_as_seen(
    wanted: Sequence[Line], live: Mapping[int, str], seen: Mapping[int, str]
) -> None:
    """Raise Stale where an article's live entries are not those that were seen."""
    moved = [line.title for line in wanted if live.get(line.key) != seen.get(line.key)]
    if moved or len(wanted) < len(seen):
        message = _("What is live of these changed since you looked: %(titles)s")
        raise Stale(message % {"titles": ", ".join(moved)}, current=0)


def _live_words(entries: Sequence[Entry]) -> str:
    if not entries:
        return "–"
    return _("live in %(locales)s") % {
        "locales": ", ".join(entry.locale for entry in in_locale_order(entries))
    }
