"""The app that knows what we tell, and on which channel."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    name = "channels"
    verbose_name = _("Channels")

    def ready(self) -> None:
        from articles import immutability, roles

        pre_migrate.connect(immutability.remove_for_app, sender=self)
        post_migrate.connect(immutability.install_for_app, sender=self)
        post_migrate.connect(roles.ensure_roles, sender=self)
        post_migrate.connect(_ensure_pointer, sender=self)


def _ensure_pointer(using: str, **kwargs: Any) -> None:
    """The pointer is there from the start, at no edition."""
    from channels.models import Pointer

    Pointer.objects.using(using).get_or_create(pk=1)
