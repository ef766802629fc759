"""The app that knows what the company knows; it never imports `channels`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        from articles import immutability, roles
        from articles.full_text import index

        pre_migrate.connect(immutability.remove_for_app, sender=self)
        pre_migrate.connect(index.remove_for_app, sender=self)
        post_migrate.connect(immutability.install_for_app, sender=self)
        post_migrate.connect(index.install_for_app, sender=self)
        post_migrate.connect(roles.ensure_roles, sender=self)
