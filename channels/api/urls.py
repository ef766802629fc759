"""Addresses of the content API."""

from __future__ import annotations

from django.urls import include, path

from channels.api import (
    articles,
    changes,
    documentation,
    editions,
    outcomes,
    related,
    requests,
    search,
    suggest,
    topics,
)

urlpatterns = [
    path("docs/", documentation.DocumentationPage.as_view(), name="api-docs"),
    path("v1/openapi.json", documentation.OpenApiDocument.as_view(), name="api-openapi"),
    path("v1/editions/", editions.EditionList.as_view()),
    path("v1/editions/current/", editions.CurrentEdition.as_view()),
    path("v1/editions/<str:number>/", editions.EditionDetail.as_view()),
    path("v1/articles/", articles.ArticleList.as_view()),
    # The middleware ReadingPath answers this before it is routed.
    path("v1/articles/<str:public_id>/", articles.article_detail, name="api-article"),
    path("v1/articles/<str:public_id>/feedback/", requests.Feedback.as_view()),
    path("v1/articles/<str:public_id>/related/", related.Related.as_view()),
    path("v1/changes/", changes.ChangeList.as_view()),
    path("v1/topics/", topics.TopicList.as_view()),
    path("v1/search/", search.Search.as_view()),
    path("v1/searches/<str:search_id>/outcomes/", outcomes.Outcomes.as_view()),
    path("v1/search/suggest/", suggest.Suggest.as_view()),
    path("v1/requests/", requests.RequestList.as_view()),
    path("v1/requests/<str:request_id>/", requests.RequestDetail.as_view()),
    path("v1/requests/<str:request_id>/vote/", requests.RequestVote.as_view()),
    path("v1/", include("channels.api.authors.urls")),
]
