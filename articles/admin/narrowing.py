"""By what the lists of work to do can be narrowed: kind, topic, owner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.fields import TopicField
from articles.models import Article, Kind, Topic

PER_PAGE = 50


class NarrowForm(forms.Form):
    """What is left empty, or is not known, narrows nothing."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    topic = TopicField(label=_("Topic"), required=False, empty_label=_("all"))
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("all")
    )

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request.GET, **kwargs)
        kind, owner = self.fields["kind"], self.fields["owner"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - for the type checker
        assert isinstance(owner, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        kind.choices = [("", _("all")), *Kind.choices]
        people = Q(is_staff=True, is_active=True) | Q(owned_articles__isnull=False)
        owner.queryset = User.objects.filter(people).distinct().order_by("username")
        self.full_clean()

    def narrowed(self, articles: QuerySet[Article]) -> QuerySet[Article]:
        """Return those of the articles that were asked for, the topic's with those below it."""
        asked = self.cleaned_data
        if asked.get("kind"):
            articles = articles.filter(kind=asked["kind"])
        if asked.get("owner"):
            articles = articles.filter(owner=asked["owner"])
        topic: Topic | None = asked.get("topic")
        if topic:
            articles = articles.filter(topic__path__startswith=topic.path)
        return articles


def page_of(request: HttpRequest, articles: QuerySet[Article]) -> tuple[Page[int], list[Article]]:
    """Return the page of the list that was asked for, or the nearest there is, and its articles.

    What is in the list is asked once, for all ids: counting them costs as much as finding them.
    """
    page = Paginator(list(articles.values_list("pk", flat=True)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = Article.objects.select_related("topic", "owner").prefetch_related("topic__names")
    by_id = rows.in_bulk(list(page.object_list))
    return page, [by_id[pk] for pk in page.object_list if pk in by_id]


def without_page(request: HttpRequest) -> str:
    """Return the query string of the list, to be followed by its page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
