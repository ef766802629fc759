"""Bringing the search index to the edition that readers get.

The index remembers how far it is. What began and ended since then is all that has to be done; an
index that is missing, damaged, of another version or of another database is made anew.
"""

from __future__ import annotations

import logging

from django.db.models import Q
from haystack import connections

from channels.models import Edition, Entry
from channels.queries import at_edition, current_number
from channels.search.backend import WhooshBackend
from channels.search.documents import documents_of
from channels.search.files import State

logger = logging.getLogger("knowledgehub.search")

LOCK_WAIT = 30.0  # seconds


def bring_index_to_current() -> None:
    """Index what became live and forget what ended, up to the current edition.

    Idempotent. Raises IndexBusy where another process goes on writing the index.
    """
    backend = _backend()
    with backend.files.only_writer(LOCK_WAIT):
        number = current_number()
        digest = _digest(number)
        state = backend.files.state()
        if state is None or not _can_go_on(backend, state, number):
            _rebuild(backend, number, digest)
        elif state.edition < number:
            _amend(backend, state, number, digest)


def rebuild_index() -> None:
    """Make the index anew, whatever state it is in. Readers use the former one until then.

    Raises IndexBusy.
    """
    backend = _backend()
    with backend.files.only_writer(LOCK_WAIT):
        number = current_number()
        _rebuild(backend, number, _digest(number))


def index_needs_care() -> bool:
    """Whether the index is missing or was found damaged by a reader. Costs no statement."""
    files = _backend().files
    state = files.state()
    return state is None or files.is_called_damaged(state)


def _backend() -> WhooshBackend:
    backend: WhooshBackend = connections["default"].get_backend()
    return backend


def _digest(number: int) -> str:
    """The digest of an edition's whole history, "" before the first."""
    editions = Edition.objects.filter(number=number)
    return editions.values_list("manifest_digest", flat=True).first() or ""


def _can_go_on(backend: WhooshBackend, state: State, number: int) -> bool:
    """Whether the index is whole and tells an edition of this very database."""
    return (
        backend.is_sound(state)
        and state.edition <= number
        and state.manifest_digest == _digest(state.edition)
    )


def _rebuild(backend: WhooshBackend, number: int, digest: str) -> None:
    live = list(at_edition(Entry.objects.order_by("pk"), number).values_list("pk", flat=True))
    backend.rebuild(documents_of(live), edition=number, manifest_digest=digest)
    logger.info("The search index was made anew: edition %d, %d entries.", number, len(live))


def _amend(backend: WhooshBackend, state: State, number: int, digest: str) -> None:
    """Entries are immutable, so those that began or ended in between are all there is to do."""
    changed = Entry.objects.filter(
        Q(from_edition__gt=state.edition) | Q(until_edition__gt=state.edition)
    )
    touched = list(changed.order_by("pk").values_list("pk", flat=True))
    live = list(at_edition(changed.order_by("pk"), number).values_list("pk", flat=True))
    backend.amend(
        state,
        # Those that are live, too: a writer may have died after its commit.
        ended=touched,
        documents=documents_of(live),
        edition=number,
        manifest_digest=digest,
    )
