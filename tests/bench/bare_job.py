"""`python -m tests.bench.bare_job`: prints the CPU milliseconds that an answer of the bare view
takes, without a server around it: how fast this machine is just now."""

from __future__ import annotations

import os
import statistics
import time
from io import BytesIO

from django.core.wsgi import get_wsgi_application

ROUNDS, ANSWERS = 5, 200


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.bare"
    application = get_wsgi_application()
    # Models can be imported only once Django is set up.
    from channels.models import Blob

    sha256 = Blob.objects.values_list("sha256", flat=True)[:1].get()
    costs = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(ANSWERS):
            application(_request(sha256), _start).close()
        costs.append((time.process_time() - start) * 1000 / ANSWERS)
    print(statistics.median(costs))


def _start(*_: object) -> None:
    """What WSGI calls with the status and the headers."""


def _request(sha256: str) -> dict[str, object]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": f"/{sha256}",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }


if __name__ == "__main__":
    main()
