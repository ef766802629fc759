"""The project itself, for the checks that belong to no part of it, and its admin."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class KnowledgeHubConfig(AppConfig):
    name = "knowledgehub"

    def ready(self) -> None:
        from knowledgehub import checks  # noqa: F401


class DeskConfig(admin.AdminConfig):
    """Django's admin with our front page."""

    default = False  # of this project's folder, whose app is the one above
    default_site = "knowledgehub.desk_site.DeskSite"
