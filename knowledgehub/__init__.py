"""Settings, addresses and processes of Knowledge Hub."""

from knowledgehub.celery import app as celery_app

__all__ = ["celery_app"]
