"""What the topic tree says now, compared with what the current edition tells of it."""

from __future__ import annotations

from articles.models import Topic, TopicName
from channels.models import TopicEntry
from channels.operations.candidate import TopicState


def topic_changes() -> dict[str, TopicState | None]:
    """Return the topics to tell anew, and None for those to tell no more. Three statements."""
    return compare(current_tree())


def compare(wanted: dict[str, TopicState]) -> dict[str, TopicState | None]:
    """Return how the live topics must change to be `wanted`."""
    live = {row.slug: state_of(row) for row in TopicEntry.objects.filter(until_edition=None)}
    changes: dict[str, TopicState | None] = {
        slug: state for slug, state in wanted.items() if live.get(slug) != state
    }
    changes.update(dict.fromkeys(live.keys() - wanted.keys()))
    return changes


def state_of(row: TopicEntry) -> TopicState:
    return TopicState(row.slug, row.parent, row.position, tuple(sorted(row.names.items())))


def current_tree() -> dict[str, TopicState]:
    """Return the editors' tree in its reading order."""
    names: dict[int, dict[str, str]] = {}
    for topic_id, locale, name in TopicName.objects.values_list("topic_id", "locale", "name"):
        names.setdefault(topic_id, {})[locale] = name
    tree: dict[str, TopicState] = {}
    slugs: dict[str, str] = {}  # by path
    for position, topic in enumerate(Topic.objects.order_by("path")):
        slugs[topic.path] = topic.slug
        parent = slugs.get(topic.path[: -Topic.steplen], "")
        tree[topic.slug] = TopicState(
            topic.slug, parent, position, tuple(sorted(names.get(topic.pk, {}).items()))
        )
    return tree
