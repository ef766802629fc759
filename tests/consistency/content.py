"""The articles of a consistency run, and the people who read them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client

from articles.audiences import AGENT, PARTNER, PUBLIC
from articles.models import Article, Revision, SnippetRevision, Topic
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.models import Edition
from channels.operations.api_keys import create_api_key
from channels.operations.publishing import publish
from tests.building import snippet, write_approved
from tests.consistency.marks import ARTICLES, CANARY, PASSING_ARTICLE, SECRET_ARTICLE, mark

TOPIC = "told"
FEE = "told.fee"
FEE_ARTICLE = "told-4"


def prepare() -> dict[str, Any]:
    """Publish all that is asked for by name; return what readers need to get in: a session and a
    partner's key."""
    fee = new_fee(0)  # Before the article that names it.
    publish(items=[fee, *write_state(ARTICLES, 0)], actor=system_user())
    agent = User.objects.create_user("agent")
    agent.groups.add(Group.objects.get(name="agent"))
    client = Client()
    client.force_login(agent)
    _, key = create_api_key(actor=system_user(), name="Partner", audience=PARTNER)
    return {"session": client.cookies["sessionid"].value, "key": key}


def write_state(articles: Iterable[str], state: int, *, extra: str = "") -> list[Revision]:
    """Write and approve texts of the articles that carry the state's mark all over."""
    known = Article.objects.in_bulk(list(articles), field_name="public_id")
    return [
        write_approved(
            f"About {_secret(article)}{mark(article, state)}",
            _body(article, state, extra),
            article=known.get(article),
            public_id=article,
            audience=AGENT if article == SECRET_ARTICLE else PUBLIC,
            topic=_topic(),
            summary=f"In short {mark(article, state)}.",
            slug=f"about-{article}",
        )
        for article in articles
    ]


def new_fee(state: int) -> SnippetRevision:
    """Save and approve a new price, which brings the article that names it into the edition."""
    return snippet(FEE, "text", f"{state} euros")


def last_edition() -> Edition:
    return Edition.objects.latest("number")


def _secret(article: str) -> str:
    return f"{CANARY} " if article == SECRET_ARTICLE else ""


def _body(article: str, state: int, extra: str) -> str:
    told = mark(article, state)
    fee = f"The fee is {{{{ {FEE} }}}}." if article == FEE_ARTICLE else ""
    return "\n\n".join(
        [
            f"It begins with {told}. {fee}",
            f"1. Read **{told}**.\n2. Read {_next(article)}.",
            f"| what | how |\n|---|---|\n| state | {told} |",
            f"::: agent\nOnly agents read {CANARY} of {told}.\n:::",
            f"{extra} It ends with {told}.",
        ]
    )


def _next(article: str) -> str:
    """A link; there is none in the article that may be the first one, and alone."""
    if article == PASSING_ARTICLE:
        return "the next"
    public = ARTICLES[: ARTICLES.index(SECRET_ARTICLE)]
    return f"[the next](article:{public[(ARTICLES.index(article) + 1) % len(public)]})"


def _topic() -> Topic:
    known = Topic.objects.filter(slug=TOPIC).first()
    return known or save_topic(actor=system_user(), slug=TOPIC, names={"en": "Told"})


def main(arguments: list[str]) -> None:
    print(json.dumps(prepare()))
