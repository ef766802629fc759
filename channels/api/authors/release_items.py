"""What a release holds, as callers name it and as they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from articles.audiences import AUDIENCES
from articles.exceptions import InvalidInput
from articles.models import Article, Revision, SnippetRevision
from channels.api.authors.parameters import Number
from channels.api.parameters import Body, Locale, PageQuestion, Text
from channels.models import ReleaseItem
from channels.operations.blast_radius import CHANNELS
from channels.operations.items import Item, Retirement
from channels.release_workflow import ReleaseState

MOST_AT_ONCE = 500
_MOST = 2_147_483_647


class ReleasesQuestion(PageQuestion):
    state = serializers.ChoiceField(choices=ReleaseState.values, required=False)


class ReleaseChangesQuestion(PageQuestion):
    channel = serializers.ChoiceField(choices=tuple(CHANNELS), required=False)
    audience = serializers.ChoiceField(
        choices=AUDIENCES, required=False, help_text="What these readers get otherwise."
    )
    locale = Locale(required=False)


class ReleaseItemBody(Body):
    """One of: `article`, `locale`, `revision`; or `snippet`, `revision`; or `retire`."""

    article = Text(required=False, max_length=40, help_text="An article's id.")
    locale = Locale(required=False)
    snippet = Text(required=False, max_length=80, help_text="A snippet's key.")
    revision = Number(required=False, min_value=1, max_value=_MOST)
    retire = Text(required=False, max_length=40, help_text="The id of an article to retire.")


class ItemsBody(Body):
    items = serializers.ListField(child=ReleaseItemBody(), min_length=1, max_length=MOST_AT_ONCE)


class NewReleaseBody(Body):
    name = Text(max_length=1000)
    items = serializers.ListField(child=ReleaseItemBody(), required=False, max_length=MOST_AT_ONCE)


class RenameBody(Body):
    name = Text(max_length=1000)


class ScheduleBody(Body):
    local = Text(max_length=40, help_text="What a clock shows then: `2026-03-29T09:00`.")
    zone = Text(max_length=64, help_text="Where the clock is: `Europe/Berlin`.")
    fold = serializers.ChoiceField(
        choices=(0, 1),
        required=False,
        help_text="Where the clock shows this time twice: 0 for the earlier, 1 for the later.",
    )


class ReleaseItemItem(serializers.Serializer[ReleaseItem]):
    """What is published: a revision of a text or of a snippet; or the article to retire."""

    id = serializers.IntegerField()
    article = serializers.CharField(
        source="revision.text.article.public_id", default=None, allow_null=True
    )
    locale = serializers.CharField(source="revision.text.locale", default=None, allow_null=True)
    snippet = serializers.CharField(
        source="snippet_revision.snippet.key", default=None, allow_null=True
    )
    revision = serializers.SerializerMethodField()
    retire = serializers.CharField(source="retired.public_id", default=None, allow_null=True)

    def get_revision(self, row: ReleaseItem) -> int | None:
        chosen = row.revision or row.snippet_revision
        return chosen.number if chosen else None


_FORMS = ({"article", "locale", "revision"}, {"snippet", "revision"}, {"retire"})


def items_named(named: Sequence[Mapping[str, Any]]) -> list[Item]:
    """Return what `named` means; three statements. Raises InvalidInput, naming the item."""
    for place, item in enumerate(named):
        if set(item) not in _FORMS:
            raise InvalidInput(
                "An item is a revision of an article's text, a revision of a snippet, or an "
                "article to retire.",
                field=f"items.{place}",
            )
    known = _known(named)
    items = []
    for place, item in enumerate(named):
        found = known.get(_key(**item))
        if found is None:
            raise InvalidInput("There is no such item.", field=f"items.{place}")
        items.append(found)
    return items


def _known(named: Sequence[Mapping[str, Any]]) -> dict[tuple[tuple[str, Any], ...], Item]:
    known: dict[tuple[tuple[str, Any], ...], Item] = {}

    def all_of(name: str) -> set[Any]:
        return {item[name] for item in named if name in item}

    revisions = Revision.objects.select_related("text__article").filter(
        text__article__public_id__in=all_of("article"), number__in=all_of("revision")
    )
    for row in revisions:
        article, locale = row.text.article.public_id, row.text.locale
        known[_key(article=article, locale=locale, revision=row.number)] = row
    values = SnippetRevision.objects.select_related("snippet").filter(
        snippet__key__in=all_of("snippet"), number__in=all_of("revision")
    )
    for value in values:
        known[_key(snippet=value.snippet.key, revision=value.number)] = value
    for retired in Article.objects.filter(public_id__in=all_of("retire")):
        known[_key(retire=retired.public_id)] = Retirement(retired)
    return known


def _key(**named: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(named.items()))
