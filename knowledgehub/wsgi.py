"""The WSGI application that granian serves."""

import gc
import os
from threading import Timer

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knowledgehub.settings.prod")

application = get_wsgi_application()

from knowledgehub.checks import refuse_a_demos_home  # noqa: E402  # needs Django set up

refuse_a_demos_home()

# What searching needs is read when the workers stand, so that nobody who only reads waits for it.
SECONDS_TO_START = 3.0

# All views are imported before the first reader comes, not while they wait.
get_resolver().url_patterns  # noqa: B018

from channels.search.warming import warm_up  # noqa: E402  # needs Django set up


def prepare() -> None:
    warm_up()
    # What was read stays. To look through all of it for what may go, as Python does now and then,
    # would stop the process' readers for a tenth of a second.
    gc.freeze()


warming = Timer(SECONDS_TO_START, prepare)
warming.daemon = True
warming.start()
