"""The WSGI application that granian serves."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knowledgehub.settings.prod")

application = get_wsgi_application()

from knowledgehub.checks import refuse_a_demos_home  # noqa: E402  # needs Django set up

refuse_a_demos_home()

# All views are imported before the first reader comes, not while they wait. What searching needs
# is read beside them: nobody who only reads waits for it.
get_resolver().url_patterns  # noqa: B018

from channels.search.warming import warm_up  # noqa: E402  # needs Django set up

Thread(target=warm_up, name="warm-up", daemon=True).start()
