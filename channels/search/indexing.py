"""Bringing the search index to the edition that readers get.

The index remembers how far it is. What began and ended since then is all that has to be done; an
index that is missing, damaged, of another version or of another database is made anew.
"""

from __future__ import annotations

import logging

from django.db.models import Q

from channels.models import Edition, Entry, Pointer
from channels.queries import at_edition
from channels.search.documents import documents_of
from channels.search.engine import EntryBackend, Reached, entry_backend
from channels.search.exceptions import IndexBusy

logger = logging.getLogger("knowledgehub.search")

LOCK_WAIT = 30.0  # seconds
BUILD_WAIT = 600.0  # seconds: what is built takes minutes, and is worth waiting for


def bring_index_to_current(*, wait: float = LOCK_WAIT) -> int:
    """Index what became live and forget what ended; return the edition that the index tells now.

    Idempotent. Raises IndexBusy where another process goes on writing it for `wait` seconds.
    """
    backend = entry_backend()
    edition = _go_on(backend, wait)
    if edition is None:
        with backend.only_builder(wait):
            # Another may have made it until a moment ago.
            edition = _go_on(backend, wait)
            if edition is None:
                edition = _rebuild(backend)
    return edition


def rebuild_index() -> None:
    """Make the index anew, whatever state it is in. Until then readers use the former one, and it
    is brought up to date as ever.

    Raises IndexBusy.
    """
    backend = entry_backend()
    with backend.only_builder(BUILD_WAIT):
        _rebuild(backend)


def compact_index() -> bool:
    """Make the index quick again where many publishes have worn it; return whether they had.

    Raises IndexBusy, and SearchUnavailable where there is no index.
    """
    backend = entry_backend()
    with backend.only_builder(LOCK_WAIT):
        return backend.compact(BUILD_WAIT)


def index_needs_care() -> bool:
    """Whether the index is missing, was found damaged by a reader, or does not tell the current
    edition. One statement."""
    return entry_backend().reached() != current_edition()


def current_edition() -> Reached:
    """Return the edition that readers get. One statement."""
    pointed = Pointer.objects.values_list("edition_id", "edition__manifest_digest").get()
    number, digest = pointed
    return Reached(number or 0, digest or "")


def _go_on(backend: EntryBackend, wait: float) -> int | None:
    """Bring the index that is there up to date; return its edition, None where it has to be made
    anew."""
    with backend.only_writer(wait):
        current = current_edition()
        reached = backend.reached()
        if reached is None or not _can_go_on(backend, reached, current):
            return None
        if reached.edition < current.edition:
            _amend(backend, reached, current)
    return current.edition


def _can_go_on(backend: EntryBackend, reached: Reached, current: Reached) -> bool:
    """Whether the index is whole and tells an edition of this very database."""
    return is_ours(reached, current) and backend.is_sound()


def is_ours(reached: Reached, current: Reached) -> bool:
    """Whether what was reached is an edition of this very database. At most one statement."""
    if reached.edition == 0:
        return reached.manifest_digest == ""
    if reached.edition > current.edition:
        return False
    editions = Edition.objects.filter(
        number=reached.edition, manifest_digest=reached.manifest_digest
    )
    return editions.exists()


def _rebuild(backend: EntryBackend) -> int:
    """Build for as long as it takes, then catch up with what was published meanwhile; only that
    keeps writers waiting."""
    begun = current_edition()
    number = begun.edition
    live = list(at_edition(Entry.objects.order_by("pk"), number).values_list("pk", flat=True))
    build = backend.build(documents_of(live), begun)
    with backend.only_writer(BUILD_WAIT):
        current = current_edition()
        if not is_ours(begun, current):
            raise IndexBusy("Another database was put in place of the one that was indexed.")
        _amend(backend, begun, current, build)
    logger.info("The search index was made anew: edition %d, %d entries.", number, len(live))
    return current.edition


def _amend(backend: EntryBackend, reached: Reached, current: Reached, build: str = "") -> None:
    """Entries are immutable, so those that began or ended in between are all there is to do."""
    changed = Entry.objects.filter(
        Q(from_edition__gt=reached.edition) | Q(until_edition__gt=reached.edition)
    )
    touched = list(changed.order_by("pk").values_list("pk", flat=True))
    live = at_edition(changed.order_by("pk"), current.edition)
    backend.amend(
        # Those that are live, too: a writer may have died after its commit.
        ended=touched,
        documents=documents_of(list(live.values_list("pk", flat=True))),
        reached=current,
        build=build,
    )
