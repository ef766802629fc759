"""Addresses of the partners' feeds."""

from __future__ import annotations

from django.urls import path

from channels.feeds import views

app_name = "feeds"
urlpatterns = [
    path("<str:locale>/atom.xml", views.atom_feed, name="atom"),
    path("<str:locale>/feed.json", views.json_feed, name="json"),
]
