"""An index of OpenSearch as one process knows it: the connection, and how far the index is."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from threading import Lock
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import NotFoundError, RequestError

from channels.search.exceptions import SearchUnavailable
from channels.search.opensearch.fields import STATE

logger = logging.getLogger("knowledgehub.search")

PATIENCE = 2.0  # seconds that a reader waits for an answer
PATIENCE_WRITING = 60.0  # seconds that a writer waits
KEPT = 1.0  # seconds that a state is believed
PAUSE = 1.0  # seconds that a service is left alone that gave no answer


@dataclass(frozen=True, slots=True)
class State:
    """How far an index is. Written after its documents, so it never promises too much."""

    version: int
    edition: int
    manifest_digest: str
    documents: int


class Service:
    """Not more than one of each index in a process; threads share it."""

    def __init__(self, url: str, index: str, ca_file: str) -> None:
        self.index = index  # an alias of the build that counts
        self._options: dict[str, Any] = {"ca_certs": ca_file} if ca_file else {}
        self._url = url
        self._client: OpenSearch | None = None
        self._left_alone_until = 0.0
        self._is_gone = False
        self._state: tuple[float, State | None] | None = None
        self._lock = Lock()

    def search(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer, whole. Raises SearchUnavailable."""
        return self.ask(
            lambda client: client.search(
                index=self.index, body=body, params={"allow_partial_search_results": "false"}
            )
        )

    def ask(self, question: Callable[[OpenSearch], Any]) -> Any:
        """Return what the service answers. Raises SearchUnavailable, at once where it gave no
        answer a moment ago."""
        if time.monotonic() < self._left_alone_until:
            raise SearchUnavailable("OpenSearch gave no answer a moment ago.")
        try:
            answer = question(self.client())
        except NoConnection as error:
            self._left_alone_until = time.monotonic() + PAUSE
            if not self._is_gone:
                logger.warning("OpenSearch gives no answer: %s", type(error).__name__)
            self._is_gone = True
            raise SearchUnavailable("OpenSearch gives no answer.") from error
        except NotFoundError as error:
            self.forget_state()
            raise SearchUnavailable("The search index is not there.") from error
        except Exception as error:
            # What comes through a proxy may be anything.
            logger.exception("OpenSearch's answer can't be used.")
            self.forget_state()
            raise SearchUnavailable("OpenSearch's answer can't be used.") from error
        if self._is_gone:
            logger.warning("OpenSearch answers again.")
        self._is_gone = False
        return answer

    def state(self) -> State | None:
        """Return how far the index is, as it was at most KEPT seconds ago; None where there is
        none that can be told. Raises SearchUnavailable where the service can't be asked."""
        kept = self._state
        if kept is not None and time.monotonic() - kept[0] < KEPT:
            return kept[1]
        asked = time.monotonic()
        state = self.ask(self._read_state)
        self._state = (asked, state)
        return state

    def write_state(self, build: str, state: State, **only_if: int) -> None:
        """Say how far `build` is, and show it; `only_if` it was not said anew since it had that
        number. Raises what the service answers."""
        self.client().index(
            index=build,
            id=STATE,
            body={"edition": state.edition, STATE: asdict(state)},
            params={"refresh": "true", "require_alias": "true", **only_if},
            request_timeout=PATIENCE_WRITING,
        )
        self.forget_state()

    def forget_state(self) -> None:
        self._state = None

    def client(self) -> OpenSearch:
        with self._lock:
            if self._client is None:
                # A service that hangs is not asked twice: one who waits has waited long enough.
                self._client = OpenSearch(
                    [self._url],
                    timeout=PATIENCE,
                    max_retries=1,
                    retry_on_timeout=False,
                    **self._options,
                )
            return self._client

    def close(self) -> None:
        if self._client is not None:
            self._client.close()

    def _read_state(self, client: OpenSearch) -> State | None:
        try:
            found = client.get(index=self.index, id=STATE)
            return State(**found["_source"][STATE])
        except (NotFoundError, RequestError, KeyError, TypeError):
            # There is none, or it is closed, or stands for two builds, or holds something else.
            return None


_services: dict[tuple[str, str, int], Service] = {}


def service(url: str, index: str, ca_file: str = "") -> Service:
    # A forked process must not share a connection with its parent.
    key = (url, index, os.getpid())
    if key not in _services:
        _services[key] = Service(url, index, ca_file)
    return _services[key]


def forget_all() -> None:
    """Know of an index no more than a process does that begins."""
    for one in _services.values():
        one.close()
    _services.clear()
