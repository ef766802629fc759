"""What the topic tree says now, compared with what the current edition tells of it."""

from __future__ import annotations

from django.db.models import QuerySet

from articles.models import Topic, TopicName
from channels.models import TopicEntry
from channels.operations.candidate import TopicState


def topic_changes() -> dict[str, TopicState | None]:
    """Return the topics to tell anew, and None for those to tell no more. Three statements."""
    return compare(current_tree())


def compare(wanted: dict[str, TopicState]) -> dict[str, TopicState | None]:
    """Return how the live topics must change to be `wanted`."""
    live = tree_of(TopicEntry.objects.filter(until_edition=None))
    changes: dict[str, TopicState | None] = {
        slug: state for slug, state in wanted.items() if live.get(slug) != state
    }
    changes.update(dict.fromkeys(live.keys() - wanted.keys()))
    return changes


def tree_of(rows: QuerySet[TopicEntry]) -> dict[str, TopicState]:
    """Return the tree that these rows tell."""
    return {
        slug: TopicState(slug, parent, position, tuple(sorted(names.items())))
        for slug, parent, position, names in rows.values_list("slug", "parent", "position", "names")
    }


def current_tree() -> dict[str, TopicState]:
    """Return the editors' tree in its reading order."""
    names: dict[int, dict[str, str]] = {}
    for topic_id, locale, name in TopicName.objects.values_list("topic_id", "locale", "name"):
        names.setdefault(topic_id, {})[locale] = name
    tree: dict[str, TopicState] = {}
    slugs: dict[str, str] = {}  # by path
    rows = Topic.objects.order_by("path").values_list("pk", "path", "slug")
    for position, (pk, path, slug) in enumerate(rows):
        slugs[path] = slug
        parent = slugs.get(path[: -Topic.steplen], "")
        tree[slug] = TopicState(slug, parent, position, tuple(sorted(names.get(pk, {}).items())))
    return tree
