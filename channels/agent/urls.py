"""Addresses of the agent's pages."""

from __future__ import annotations

from django.urls import path

from channels.agent import views, voting

app_name = "agent"
urlpatterns = [
    path("", views.home, name="home"),
    path("articles/<str:public_id>/", views.article, name="article"),
    path("articles/<str:public_id>/text/", views.text, name="text"),
    path("articles/<str:public_id>/ask/", voting.ask_about, name="ask-about"),
    path("ask/", voting.ask_for, name="ask-for"),
    path("requests/<int:pk>/vote/", voting.vote_for, name="vote"),
]
