"""Celery, for installations that have a broker: it rings the outbox's doorbell, no more."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knowledgehub.settings.prod")

app = Celery("knowledgehub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
