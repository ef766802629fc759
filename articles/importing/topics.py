"""Which topic an imported article gets."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from django.contrib.auth.models import AbstractUser
from django.utils.text import slugify

from articles.document.text import clean_line
from articles.importing.groups import Group
from articles.models import Topic, TopicName
from articles.operations.topics import save_topic
from articles.public_ids import derived_public_id

_LONGEST = 60
_LONGEST_NAME = 120


def topic_said(group: Group) -> str:
    """Return the name of the topic that the files of an article ask for: the front matter's, else
    the first category or tag that is a topic, else the first folder; "" for none."""
    if name := group.topic():
        return name
    labels = [label for page in group.in_order() for label in page.labels]
    if known := next((label for label in labels if _find(label, group.pages)), ""):
        return known
    return next((page.folder for page in group.in_order() if page.folder), "")


def topic_named(
    name: str, *, actor: AbstractUser, create: bool, locales: Collection[str]
) -> Topic | None:
    """Return the topic of this name, made in all `locales` where it may be; None without one."""
    topic = _find(name, locales)
    if topic is not None or not (create and _title(name)):
        return topic
    return save_topic(
        actor=actor, slug=_slug(name), names=dict.fromkeys(locales, _title(name)[:_LONGEST_NAME])
    )


def _find(name: str, locales: Iterable[str]) -> Topic | None:
    """Return the topic that is called `name`, in one of `locales` rather than in another, or that
    has it as its slug."""
    if topic := Topic.objects.filter(slug=name).first():
        return topic
    called = TopicName.objects.filter(name__in={clean_line(name), _title(name)}).order_by("pk")
    names = list(called.select_related("topic"))
    if names:
        here = [found for found in names if found.locale in locales]
        return (here or names)[0].topic
    return Topic.objects.filter(slug=_slug(name)).first()


def _title(name: str) -> str:
    title = clean_line(name.replace("-", " ").replace("_", " "))
    return title[:1].upper() + title[1:]


def _slug(name: str) -> str:
    """Return the slug of a topic of this name. Slugs are ASCII: a name in other letters always
    gets the same made-up one."""
    letters = (char for char in unicodedata.normalize("NFKD", name) if char.isalnum())
    slug = slugify(name)[:_LONGEST].strip("-_")
    if slug and all(char.isascii() for char in letters):
        return slug
    return f"topic-{derived_public_id(clean_line(name))}"
