"""Addresses of the agent's pages."""

from __future__ import annotations

from django.urls import path

from channels.agent import acting, views, voting
from channels.agent.watching import watch

app_name = "agent"
urlpatterns = [
    path("", views.home, name="home"),
    path("results/", views.results, name="results"),
    path("start/", views.start, name="start"),
    path("articles/<str:public_id>/", views.article, name="article"),
    path("articles/<str:public_id>/card/", views.card, name="card"),
    path("articles/<str:public_id>/text/", views.text, name="text"),
    path("articles/<str:public_id>/spoken/", views.spoken, name="spoken"),
    path("articles/<str:public_id>/changes/", views.changes, name="changes"),
    path("articles/<str:public_id>/opened/", acting.opened, name="opened"),
    path("articles/<str:public_id>/used/", acting.used, name="used"),
    path("articles/<str:public_id>/tick/", acting.tick, name="tick"),
    path("articles/<str:public_id>/pin/", acting.pin, name="pin"),
    path("articles/<str:public_id>/ask/", voting.ask_about, name="ask-about"),
    path("ask/", voting.ask_for, name="ask-for"),
    path("requests/<int:pk>/vote/", voting.vote_for, name="vote"),
    path("call/searched/", acting.searched, name="searched"),
    path("call/language/", acting.language, name="language"),
    path("call/end/", acting.end, name="end"),
    path("watch/<str:token>/", watch, name="watch"),
]
