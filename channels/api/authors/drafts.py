"""Articles as the desk knows them: made, listed, and what is said about them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from articles.exceptions import Stale
from articles.freshness import Freshness
from articles.models import Article, ArticleText
from articles.operations.freshness import due_articles, orphaned_articles, verify_unchanged
from articles.operations.tagging import tagged
from articles.operations.writing import create_article, update_article
from channels.api.authors.answers import DraftsAnswer
from channels.api.authors.base import AuthorView, answer
from channels.api.authors.conflicts import article_conflict
from channels.api.authors.contracts import changes, shows
from channels.api.authors.finding import article_of, person_named, topic_named
from channels.api.authors.items import DraftItem, EditionMade, draft_path
from channels.api.authors.parameters import DraftChangeBody, DraftsQuestion, NewDraftBody
from channels.api.authors.preconditions import number_based_on
from channels.models import Edition
from channels.operations.items import Retirement
from channels.operations.releases import publish_together

_PLAIN = ("kind", "audience", "review_by", "source_locale")


class DraftList(AuthorView):
    @shows("list_drafts", DraftsAnswer, question=DraftsQuestion)
    def get(self, request: Request) -> HttpResponse:
        """All articles with the state of their texts, the oldest first."""
        return self.listed(DraftItem, _filtered(self.asked), order=("pk",))

    @changes("create_draft", {201: DraftItem}, body=NewDraftBody)
    def post(self, request: Request) -> HttpResponse:
        """Make an article without a text. Its texts are saved at `drafts/{id}/{locale}/`."""
        sent = dict(self.sent)
        article = create_article(actor=self.actor, public_id=sent.pop("id", None), **_said(sent))
        article = _whole(article)
        return _told(article, status=201, location=draft_path(article.public_id))


class DraftDetail(AuthorView):
    @shows("get_draft", DraftItem, 404, etag=True)
    def get(self, request: Request, public_id: str) -> HttpResponse:
        """What is said about an article, and the state of its texts."""
        return _told(_whole(article_of(public_id)))

    @changes("change_draft", {200: DraftItem}, body=DraftChangeBody, based=True)
    def patch(self, request: Request, public_id: str) -> HttpResponse:
        """Say something else about an article. Readers see it with its next edition."""
        article = article_of(public_id)
        based_on = number_based_on(request)
        known = {
            "kind": article.kind,
            "topic": article.topic,
            "audience": article.audience,
            "owner": article.owner,
            "tags": article.tags,
            "review_by": article.review_by,
        }
        try:
            update_article(
                actor=self.actor, article=article, based_on=based_on, **known | _said(self.sent)
            )
        except Stale as stale:
            raise article_conflict(stale, article=_whole(article), sent=self.sent) from None
        return _told(_whole(article))


class Verifying(AuthorView):
    @changes("verify_draft", {200: DraftItem}, based=True)
    def post(self, request: Request, public_id: str) -> HttpResponse:
        """Say that all of the article still holds; it is to be reviewed again after the time that
        its kind has."""
        article = article_of(public_id)
        verify_unchanged(actor=self.actor, article=article, based_on=number_based_on(request))
        return _told(_whole(article))


class Retiring(AuthorView):
    @changes("retire_draft", {200: EditionMade}, owns_transaction=True)
    def post(self, request: Request, public_id: str) -> HttpResponse:
        """Tell the article no more, in no language, in a new edition."""
        article = article_of(public_id)

        def told(edition: Edition) -> HttpResponse:
            return answer(EditionMade(edition).data)

        edition = publish_together(
            actor=self.actor,
            name=f"Retired: {article.public_id}",
            items=[Retirement(article)],
            alongside=lambda edition: self.keep(told(edition)),
        )
        return told(edition)


def _filtered(asked: dict[str, Any]) -> QuerySet[Article]:
    articles = _with_texts(Article.objects.select_related("topic", "owner"))
    for name, column in (
        ("kind", "kind"),
        ("topic", "topic__slug"),
        ("audience", "audience"),
        ("owner", "owner__username"),
    ):
        if name in asked:
            articles = articles.filter(**{column: asked[name]})
    match asked.get("due"):
        case DraftsQuestion.ORPHANED:
            articles = articles.filter(pk__in=orphaned_articles())
        case str(due):
            today = timezone.localdate()
            articles = articles.filter(pk__in=due_articles(Freshness(due), today=today))
    if "tag" in asked:
        articles = articles.filter(tagged(asked["tag"]))
    texts = {name: asked[name] for name in ("locale", "state") if name in asked}
    if texts:
        with_text = ArticleText.objects.filter(article=OuterRef("pk"), **texts)
        articles = articles.filter(Exists(with_text))
    return articles


def _with_texts(articles: QuerySet[Article]) -> QuerySet[Article]:
    texts = ArticleText.objects.select_related("head", "approved").order_by("locale")
    return articles.prefetch_related(Prefetch("texts", texts))


def _whole(article: Article) -> Article:
    return _with_texts(Article.objects.select_related("topic", "owner")).get(pk=article.pk)


def _said(sent: dict[str, Any]) -> dict[str, Any]:
    said = {name: sent[name] for name in _PLAIN if name in sent}
    if "topic" in sent:
        said["topic"] = topic_named(sent["topic"])
    if "owner" in sent:
        said["owner"] = person_named(sent["owner"])
    return said | {name: sent[name] for name in ("tags", "products") if name in sent}


def _told(article: Article, *, status: int = 200, location: str = "") -> HttpResponse:
    return answer(
        DraftItem(article).data, status=status, version=article.version, location=location
    )
