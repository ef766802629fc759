"""Topics as the desk knows them; `/topics/` tells them as an edition does."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from articles.models import Topic
from articles.operations.audit import operation
from articles.operations.topics import save_topic
from channels.api.authors.answers import TaxonomyAnswer
from channels.api.authors.base import AuthorView, answer, not_found
from channels.api.authors.contracts import changes, shows
from channels.api.authors.finding import topic_named
from channels.api.authors.items import TaxonomyItem
from channels.api.authors.parameters import TopicBody
from channels.api.authors.preconditions import digest_based_on
from channels.api.base import to_json
from channels.problem import Problem


class TaxonomyList(AuthorView):
    @shows("list_taxonomy", TaxonomyAnswer)
    def get(self, request: Request) -> HttpResponse:
        """The whole tree in reading order."""
        return answer({"results": _told()})


class TaxonomyDetail(AuthorView):
    @shows("get_taxonomy", TaxonomyItem, 404, etag=True)
    def get(self, request: Request, slug: str) -> HttpResponse:
        """One topic. It has no revisions: the ETag is the digest of what is said here."""
        return _answer(slug)

    @changes(
        "put_taxonomy", {200: TaxonomyItem, 201: TaxonomyItem}, body=TopicBody, based=True, new=True
    )
    def put(self, request: Request, slug: str) -> HttpResponse:
        """Make a topic, name it, or put it under another one."""
        based_on = digest_based_on(request)
        parent = topic_named(self.sent.get("parent"), field="parent")
        with operation():
            # Held until it is written, so that two who read the same do not both write.
            list(Topic.objects.select_for_update().order_by("pk").values_list("pk"))
            before = _one(slug)
            if based_on != (_digest(before) if before else ""):
                raise Problem(
                    412, "stale", "Another change of this topic came first.", theirs=before
                )
            save_topic(actor=self.actor, slug=slug, names=self.sent["names"], parent=parent)
        return _answer(slug, status=200 if before else 201)


def _told() -> list[dict[str, Any]]:
    """Return all topics as they are told; two statements."""
    paths: dict[str, str] = {}
    items = []
    for topic in Topic.objects.order_by("path").prefetch_related("names"):
        paths[topic.path] = topic.slug
        names = {name.locale: name.name for name in topic.names.all()}
        items.append(
            {
                "slug": topic.slug,
                "parent": paths.get(topic.path[: -Topic.steplen]),
                "names": dict(sorted(names.items())),
                "url": f"/api/v1/taxonomy/{topic.slug}/",
            }
        )
    return items


def _one(slug: str) -> dict[str, Any] | None:
    return next((item for item in _told() if item["slug"] == slug), None)


def _digest(item: dict[str, Any]) -> str:
    return hashlib.sha256(to_json(item)).hexdigest()


def _answer(slug: str, *, status: int = 200) -> HttpResponse:
    item = _one(slug)
    if item is None:
        raise not_found("topic")
    location = item["url"] if status == 201 else ""
    return answer(item, status=status, version=_digest(item), location=location)
