"""The demo company's topics, snippets, articles and readers' wishes, from fixtures/demo."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.contrib.auth.models import User

from articles.audiences import PUBLIC, rank
from articles.importing.options import Options
from articles.importing.report import Report
from articles.importing.run import run_import
from articles.locales import default_locale
from articles.models import Article, Snippet, Topic
from articles.operations.snippets import approve_snippet, save_snippet
from articles.operations.topics import save_topic
from channels.models import UpdateRequest
from channels.operations.requests import ask, decide, start_work, vote
from channels.voters import Voter

FOLDER: Path = settings.BASE_DIR / "fixtures" / "demo"
COLLECTION = "demo"


def load_topics(*, actor: User) -> None:
    """Make the topics that are missing; those that are there stay as editors left them."""
    for node in _read("topics.yaml"):
        _load_topic(node, parent=None, actor=actor)


def load_snippets(*, author: User, reviewer: User) -> None:
    """Write and approve the snippets that are missing."""
    for key, snippet in _read("snippets.yaml").items():
        if Snippet.objects.filter(key=key).exists():
            continue
        revision = save_snippet(
            actor=author, key=key, kind=snippet["kind"], value=snippet["value"], based_on=0
        )
        approve_snippet(actor=reviewer, snippet=revision.snippet, revision=revision.number)


def load_articles(*, actor: User) -> Report:
    """Bring the demo's articles in; a second time changes nothing."""
    return run_import(
        Options(
            folder=FOLDER,
            collection=COLLECTION,
            actor=lambda: actor,
            locale=default_locale(),
        )
    )


def load_requests(*, actor: User) -> None:
    """Let readers ask and vote; wishes that are there are not asked again."""
    for wish in _read("requests.yaml"):
        known = UpdateRequest.objects.filter(sentence=wish["sentence"], locale=wish["locale"])
        if not known.exists():
            _ask(wish, actor)


def _load_topic(node: Mapping[str, Any], *, parent: Topic | None, actor: User) -> None:
    slug = node["slug"]
    topic = Topic.objects.filter(slug=slug).first() or save_topic(
        actor=actor, slug=slug, names=node["names"], parent=parent
    )
    for child in node.get("children", ()):
        _load_topic(child, parent=topic, actor=actor)


def _ask(wish: Mapping[str, Any], actor: User) -> None:
    article = None
    if "article" in wish:
        article = Article.objects.get(source=f"{COLLECTION}:{wish['article']}")
    request = ask(
        voter=_reader(0),
        locale=wish["locale"],
        sentence=wish["sentence"],
        origin=wish["origin"],
        audience_rank=rank(wish.get("audience", PUBLIC)),
        article=article,
    )
    for number in range(1, wish["votes"]):
        vote(voter=_reader(number), request=request)
    match wish.get("state"):
        case "in_work":
            start_work(actor=actor, request=request)
        case str(state):
            decide(actor=actor, request=request, state=state, reason=wish.get("reason", ""))


def _reader(number: int) -> Voter:
    return Voter.of("demo reader", number)


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
