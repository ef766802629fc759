"""Which topic an imported article gets."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import AbstractUser
from django.utils.text import slugify

from articles.importing.groups import Group
from articles.models import Topic
from articles.operations.topics import save_topic

_LONGEST = 60


def topic_said(group: Group) -> str:
    """Return the name of the topic that the files of an article ask for: the front matter's, else
    that of the first category or tag that is a topic, else the first folder; "" for none."""
    if name := group.topic():
        return name
    labels = [label for page in group.in_order() for label in page.labels]
    slugs = [slug for label in labels if (slug := _slug(label))]
    known = set(Topic.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    folder = next((page.folder for page in group.in_order() if page.folder), "")
    return next((slug for slug in slugs if slug in known), folder)


def topic_named(
    name: str, *, actor: AbstractUser, create: bool, locales: Collection[str]
) -> Topic | None:
    """Return the topic of this name, made in all `locales` where it may be; None without one."""
    slug = _slug(name)
    topic = Topic.objects.filter(slug=slug).first() if slug else None
    if topic is not None or not (create and slug):
        return topic
    title = name.replace("-", " ").replace("_", " ").strip()
    title = (title[:1].upper() + title[1:])[:120]
    return save_topic(actor=actor, slug=slug, names=dict.fromkeys(locales, title))


def _slug(name: str) -> str:
    return slugify(name)[:_LONGEST].strip("-_")
