"""The project itself, for the checks that belong to no part of it."""

from django.apps import AppConfig


class KnowledgeHubConfig(AppConfig):
    name = "knowledgehub"

    def ready(self) -> None:
        from knowledgehub import checks  # noqa: F401
