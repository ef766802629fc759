"""Work for the pictures of the desk: what a morning has brought, done by the demo's people."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article, ArticleText, Revision, Significance, Snippet
from articles.operations.remarks import add_remark
from articles.operations.reviewing import approve, reject, submit
from articles.operations.snippets import approve_snippet, save_snippet, submit_snippet
from articles.operations.writing import create_article, save_revision, update_article
from channels.models import Release
from channels.operations.release_check import check_release
from channels.operations.release_timing import schedule_release
from channels.operations.releases import create_release
from tests.browser.content import session

ABROAD, LOST = "use-your-phone-abroad", "lost-or-stolen"
DAY_PRICE, SIM_PRICE = "price.roaming-day", "price.replacement-sim"


def prepare() -> dict[str, str]:
    """Do it; return the addresses that pictures are taken of."""
    anna, ravi, paula = (User.objects.get(username=name) for name in ("anna", "ravi", "paula"))
    _own(anna, paula)
    abroad = _revise(
        anna,
        ABROAD,
        {
            "in all EU countries with": "in all EU countries and in Switzerland with",
            "Receiving a text is free and does not start a day.": "Receiving a text is free.",
            "wait for our welcome text with the price": "read our welcome text with the price",
        },
    )
    submit(actor=anna, text=abroad.text, revision=abroad.number)
    line = 1 + abroad.body.splitlines().index(
        next(line for line in abroad.body.splitlines() if "Receiving" in line)
    )
    words = "Does a text no longer start a day? Then please say so; callers ask for it."
    add_remark(actor=ravi, revision=abroad, line=line, words=words)
    _send_back(anna, ravi)
    for title in ("Use two numbers on one phone", "Move your contacts to a new phone"):
        _new(anna, title, "To be written: steps for both systems, with pictures.")
    lost = _approved(anna, ravi, LOST, {"takes 2–3 working days": "takes 1–2 working days"})
    release = _release(anna, ravi, paula, lost)
    _price(anna, DAY_PRICE, "2.80")
    call_command("rebuild_search", stdout=io.StringIO())
    article = abroad.text.article_id
    snippet = Snippet.objects.get(key=DAY_PRICE).pk
    return {
        "front": "/admin/",
        "list": "/admin/articles/article/?owner=me",
        "article": f"/admin/articles/article/{article}/change/?locale=en#text-en",
        "compare": f"/admin/articles/article/{article}/compare/?locale=en&from=1&to=2",
        "review": f"/admin/articles/article/{article}/text/en/review/",
        "release": f"/admin/channels/release/{release.pk}/change/",
        "snippet": f"/admin/articles/snippet/{snippet}/review/",
        "translations": "/admin/articles/article/translations/",
        "audit": "/admin/articles/auditrecord/",
    }


def _text(slug: str) -> ArticleText:
    return ArticleText.objects.select_related("head", "article").get(slug=slug, locale="en")


def _revise(actor: User, slug: str, changes: dict[str, str], **said: Any) -> Revision:
    text = _text(slug)
    head = text.head
    assert head is not None
    body = head.body
    for before, after in changes.items():
        assert before in body, before
        body = body.replace(before, after)
    return save_revision(
        actor=actor,
        article=text.article,
        locale=text.locale,
        title=head.title,
        summary=head.summary,
        questions=head.questions,
        body=body,
        based_on=head.number,
        **said,
    )


def _approved(author: User, reviewer: User, slug: str, changes: dict[str, str]) -> Revision:
    revision = _revise(author, slug, changes, significance=Significance.TRANSLATION)
    submit(actor=author, text=revision.text, revision=revision.number)
    approve(actor=reviewer, text=revision.text, revision=revision.number)
    return revision


def _send_back(author: User, reviewer: User) -> None:
    text = _revise(author, "trade-in", {"\n\n## ": "\n\nBring the charger too.\n\n## "}).text
    submit(actor=author, text=text, revision=2)
    reason = "Ask the shops first: most phones come back without a charger."
    reject(actor=reviewer, text=text, revision=2, reason=reason)


def _new(author: User, title: str, body: str) -> None:
    article = create_article(actor=author, kind="support", audience="public", owner=author)
    save_revision(actor=author, article=article, locale="en", title=title, body=body, based_on=0)


def _own(*people: User) -> None:
    """Share the articles among people, each with a day of its next review."""
    today = timezone.localdate()
    for number, article in enumerate(Article.objects.select_related("topic").order_by("pk")):
        update_article(
            actor=people[0],
            article=article,
            kind=article.kind,
            topic=article.topic,
            audience=article.audience,
            owner=people[number % len(people)],
            tags=article.tags,
            review_by=today + timedelta(days=17 * number - 30),
            based_on=article.version,
        )


def _price(author: User, key: str, amount: str) -> Snippet:
    snippet = Snippet.objects.select_related("head").get(key=key)
    assert snippet.head is not None
    value = snippet.head.value | {"amount": amount}
    save_snippet(actor=author, key=key, kind=snippet.kind, value=value, based_on=1)
    return submit_snippet(actor=author, snippet=snippet, revision=2)


def _release(author: User, reviewer: User, publisher: User, text: Revision) -> Release:
    """A text and a price that go live on Monday, checked."""
    price = approve_snippet(
        actor=reviewer, snippet=_price(author, SIM_PRICE, "6.00"), revision=2
    ).approved
    items = [text, price]
    release = create_release(actor=publisher, name="New prices for SIM cards", items=items)
    monday = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    release = schedule_release(
        actor=publisher,
        release=release,
        version=release.version,
        local=f"{monday}T09:00",
        zone="Europe/London",
    )
    check_release(actor=publisher, release=release)
    return release


def sessions() -> dict[str, str]:
    return {name: session(name) for name in ("anna", "ravi", "paula", "admin")}
