"""Making and naming topics. Readers see a change with the next edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext

from articles.document.text import clean_name
from articles.exceptions import InvalidInput
from articles.models import Topic, TopicName
from articles.operations.audit import operation, record
from articles.operations.validation import require_locale
from articles.roles import WRITE, require


@operation()
def save_topic(
    *,
    actor: AbstractUser,
    slug: str,
    names: Mapping[str, str],
    parent: Topic | None = None,
    now: datetime | None = None,
) -> Topic:
    """Make the topic `slug`, or bring it under `parent` and give it these names by locale.

    Raises InvalidInput (also where the parent stands below the topic itself), NotAllowed.
    """
    require(actor, WRITE)
    cleaned = _clean_names(names)
    topic = Topic.objects.filter(slug=slug).first()
    changed = False
    if topic is None:
        topic = _make(slug, parent)
        changed = True
    elif _parent_id(topic) != (parent.pk if parent else None):
        topic = _move(topic, parent)
        changed = True
    if dict(topic.names.values_list("locale", "name")) != cleaned:
        topic.names.exclude(locale__in=cleaned).delete()
        for locale, name in cleaned.items():
            TopicName.objects.update_or_create(topic=topic, locale=locale, defaults={"name": name})
        changed = True
    if changed:
        record(
            actor=actor,
            action="save-topic",
            subject=f"topic {slug}",
            now=now or timezone.now(),
            detail={"names": cleaned, "parent": parent.slug if parent else ""},
        )
    return topic


def _clean_names(names: Mapping[str, str]) -> dict[str, str]:
    cleaned = {}
    for locale, name in names.items():
        require_locale(locale)
        cleaned[locale] = clean_name(name)
        if not 0 < len(cleaned[locale]) <= 120:
            raise InvalidInput(gettext("A topic's name has 1 to 120 characters."), field="names")
    if not cleaned:
        raise InvalidInput(gettext("A topic needs a name."), field="names")
    return cleaned


def _make(slug: str, parent: Topic | None) -> Topic:
    try:
        Topic(slug=slug).clean_fields(exclude=["path", "depth", "numchild"])
    except ValidationError:
        raise InvalidInput(
            gettext("“%(slug)s” cannot be a topic's address.") % {"slug": slug[:60]}, field="slug"
        ) from None
    if parent is None:
        return Topic.objects.add_root({"slug": slug})
    return Topic.objects.add_child(Topic.objects.get(pk=parent.pk), {"slug": slug})


def _parent_id(topic: Topic) -> int | None:
    above = Topic.objects.get_parent(topic)
    return above.pk if above else None


def _move(topic: Topic, parent: Topic | None) -> Topic:
    if parent is not None and (parent.pk == topic.pk or parent.is_descendant_of(topic)):
        raise InvalidInput(gettext("A topic cannot stand below itself."), field="parent")
    if parent is None:
        Topic.objects.move(topic, Topic.objects.get_last_root_node(), "last-sibling")
    else:
        Topic.objects.move(topic, Topic.objects.get(pk=parent.pk), "last-child")
    return Topic.objects.get(pk=topic.pk)
