"""Addresses that belong to no single face: signing in, the language of the pages, pictures."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import views as auth
from django.urls import path
from django.views.i18n import set_language

from channels.delivery.media import media

# Django would name the site by its host.
SIGN_IN = auth.LoginView.as_view(
    template_name="agent/sign_in.html", extra_context={"site_name": settings.SITE_NAME}
)

urlpatterns = [
    path("sign-in/", SIGN_IN, name="sign-in"),
    path("sign-out/", auth.LogoutView.as_view(), name="sign-out"),
    # Of pages for people who sign in; the website's addresses name their language themselves.
    path("language/", set_language, name="set-language"),
    path("media/<str:name>", media, name="media"),
]
