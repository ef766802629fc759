"""Which engine searches: the embedded one by default, OpenSearch by SEARCH_URL."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

INDEX = "knowledgehub"


def search_settings(url: str, *, ca_file: str = "", home: Path) -> dict[str, Any]:
    """Settings for an index of OpenSearch at `url`, `https://user:password@host:9200/index`, or
    for the one in `home` where it is empty. Raises ImproperlyConfigured."""
    path = str(home / "index")
    if not url:
        return {"ENGINE": "channels.search.embedded.backend.EmbeddedEngine", "PATH": path}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"SEARCH_URL is no address: {error}.") from None
    index = parts.path.strip("/") or INDEX
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured("SEARCH_URL must be like https://user:password@host:9200/index.")
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,99}", index):
        raise ImproperlyConfigured(
            "SEARCH_URL: an index is called by small letters, digits, hyphens and underscores."
        )
    if ca_file and not Path(ca_file).is_file():
        raise ImproperlyConfigured(f"SEARCH_CA_FILE: there is no {ca_file}.")
    if find_spec("opensearchpy") is None:
        raise ImproperlyConfigured(
            "SEARCH_URL needs opensearch-py: install requirements-opensearch.lock."
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    address = f"{host}:{port}" if port else host
    if parts.username is not None:
        address = f"{parts.netloc.rpartition('@')[0]}@{address}"
    return {
        "ENGINE": "channels.search.opensearch.backend.OpenSearchEngine",
        "URL": f"{parts.scheme}://{address}",
        "INDEX": index,
        "CA_FILE": ca_file,
        "PATH": path,  # where SQLite's processes keep each other out
    }
