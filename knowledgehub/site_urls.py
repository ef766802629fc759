"""Addresses that belong to no single face: signing in, pictures."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import path

from channels.delivery.media import media

urlpatterns = [
    path("sign-in/", auth.LoginView.as_view(template_name="agent/sign_in.html"), name="sign-in"),
    path("sign-out/", auth.LogoutView.as_view(), name="sign-out"),
    path("media/<str:name>", media, name="media"),
]
