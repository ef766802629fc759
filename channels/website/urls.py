"""The website's pages; each address begins with its locale."""

from __future__ import annotations

from django.urls import path, register_converter

from channels.website.converters import TextSlug
from channels.website.views import articles, helped, home, requests, search, topics

register_converter(TextSlug, "text_slug")

app_name = "website"
urlpatterns = [
    path("", home.home, name="home"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("articles/", topics.all_articles, name="articles"),
    path("articles/<text_slug:slug>/", articles.article, name="article"),
    path("a/<slug:public_id>/", articles.permalink, name="permalink"),
    path("search/", search.search_page, name="search"),
    path("search/helped/", helped.helped, name="helped"),
    path("requests/", requests.request_list, name="requests"),
    path("requests/ask/", requests.ask_page, name="ask"),
    path("requests/<int:pk>/vote/", requests.vote_for, name="vote"),
    path("requests/<int:pk>/retract/", requests.retract, name="retract"),
]
