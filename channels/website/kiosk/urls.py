"""Addresses of the kiosk: the website's articles on a touch screen in a shop."""

from __future__ import annotations

from django.urls import path, re_path

from channels.website.kiosk import views

app_name = "kiosk"
urlpatterns = [
    path("", views.start, name="start"),
    path("<str:locale>/", views.home, name="home"),
    path("<str:locale>/search/", views.search_page, name="search"),
    path("<str:locale>/topics/<slug:slug>/", views.topic, name="topic"),
    path("<str:locale>/articles/<str:public_id>/", views.article, name="article"),
    # Whoever stands before the screen has no other way back. With the slash at its end, so that an
    # address without one is first sent to the one with it.
    re_path(r"^.+/$", views.astray),
]
