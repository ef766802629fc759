"""Topics: a tree that can't bite its own tail."""

from __future__ import annotations

import pytest

from articles.exceptions import InvalidInput
from articles.models import Topic
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.operations.topic_changes import current_tree

pytestmark = pytest.mark.django_db


def test_topics_are_told_in_the_reading_order_of_their_tree() -> None:
    actor = system_user()
    phones = save_topic(actor=actor, slug="phones", names={"en": "Phones", "zh-hans": "手机"})
    save_topic(actor=actor, slug="plans", names={"en": "Plans"})
    save_topic(actor=actor, slug="watches", names={"en": "Watches"}, parent=phones)
    tree = list(current_tree().values())
    assert [(topic.slug, topic.parent) for topic in tree] == [
        ("phones", ""),
        ("watches", "phones"),
        ("plans", ""),
    ]
    assert tree[0].names == (("en", "Phones"), ("zh-hans", "手机"))


def test_a_topic_can_be_moved_but_not_below_itself() -> None:
    actor = system_user()
    top = save_topic(actor=actor, slug="top", names={"en": "Top"})
    middle = save_topic(actor=actor, slug="middle", names={"en": "Middle"}, parent=top)
    for parent in (top, middle):
        with pytest.raises(InvalidInput):
            save_topic(actor=actor, slug="top", names={"en": "Top"}, parent=parent)
    save_topic(actor=actor, slug="middle", names={"en": "Middle"})
    assert current_tree()["middle"].parent == ""
    save_topic(
        actor=actor, slug="top", names={"en": "Top"}, parent=Topic.objects.get(slug="middle")
    )
    assert current_tree()["top"].parent == "middle"
