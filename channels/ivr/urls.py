"""Addresses of the telephone: menus that lead to an article, and the article read out."""

from __future__ import annotations

from django.urls import path, re_path

from channels.ivr import views

app_name = "ivr"
urlpatterns = [
    path("", views.languages, name="languages"),
    path("<str:locale>/", views.main_menu, name="main"),
    path("<str:locale>/topics/<str:slug>/", views.topic, name="topic"),
    path("<str:locale>/other/", views.other, name="other"),
    path("<str:locale>/articles/<str:public_id>/", views.article, name="article"),
    # A caller who went astray still hears something. With the slash at its end, so that an
    # address without one is first sent to the one with it.
    re_path(r"^.+/$", views.astray),
]
