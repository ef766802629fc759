"""All addresses of the API, for what must be true at each of them."""

from __future__ import annotations

import json
from typing import Any

LISTS = (
    "/api/v1/editions/",
    "/api/v1/articles/",
    "/api/v1/changes/?since=0",
    "/api/v1/topics/",
    "/api/v1/requests/",
    "/api/v1/search/?q=phone",
    "/api/v1/search/suggest/?q=ph",
)
READS = (*LISTS, "/api/v1/editions/1/", "/api/v1/editions/current/", "/api/v1/openapi.json")
ARTICLE = "/api/v1/articles/missing/"
WRITES = (
    ("post", "/api/v1/requests/"),
    ("post", "/api/v1/articles/missing/feedback/"),
    ("post", "/api/v1/searches/0123456789abcdefghij-_/outcomes/"),
    ("post", "/api/v1/requests/1/vote/"),
    ("delete", "/api/v1/requests/1/vote/"),
)
SENDS = [path for _, path in WRITES[:3]]
HUGE = "1" + "0" * 30


def json_body(body: Any) -> dict[str, Any]:
    return {"data": json.dumps(body), "content_type": "application/json"}
