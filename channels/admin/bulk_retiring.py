"""Retiring many articles in one edition: all that was chosen, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_page import in_locale_order, title_of
from articles.admin.bulk_action import BulkAction, Line
from articles.exceptions import Stale
from articles.models import Article
from articles.roles import PUBLISH
from channels.admin.retiring import MOST_LINKING, linking_to, with_entries
from channels.models import Entry
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
        live: dict[int, list[Entry]] = {article.pk: [] for article in articles}
        for entry in Entry.objects.live().filter(article__in=live).order_by("pk"):
            live[entry.article_id].append(entry)
        return [
            Line(
                article,
                article.pk,
                "-".join(str(entry.pk) for entry in live[article.pk]) or "0",
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
        moved = [line.title for line in wanted if line.seen != seen.get(line.key)]
        if moved or len(wanted) < len(seen):
            message = _("What is live of these changed since you looked: %(titles)s")
            raise Stale(message % {"titles": ", ".join(moved)}, current=0)
        edition = publish_together(
            actor=actor,
            name=_("Retired: %s") % ", ".join(line.title for line in wanted),
            items=[Retirement(line.article) for line in wanted],
        )
        done = _("retired in edition %(edition)d") % {"edition": edition.number}
        return [replace(line, will=done if line in wanted else "") for line in lines]


def _live_words(entries: Sequence[Entry]) -> str:
    if not entries:
        return "–"
    return _("live in %(locales)s") % {
        "locales": ", ".join(entry.locale for entry in in_locale_order(entries))
    }
