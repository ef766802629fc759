"""What this process has rendered for the check of a release, for who publishes it soon after.

Another process knows nothing of it and renders anew, as does this one where it was too much to be
kept: it is a saving, and no more.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from channels.models import Release, ReleaseCheck
from channels.operations.preparing import Kept

MOST_CHECKS = 4
MOST_TEXTS = 5_000  # of one check: some ten megabytes

# A check is known by more than its id, which a database that was restored gives anew.
_Mark = tuple[int, datetime | None]
_checks: OrderedDict[_Mark, Kept] = OrderedDict()
_lock = Lock()


def keep_rendered(check: ReleaseCheck, kept: Kept) -> None:
    """Keep what was rendered for a check that is finished, the last few checks' alone."""
    if len(kept) > MOST_TEXTS:
        return
    with _lock:
        _checks[_mark(check)] = kept
        while len(_checks) > MOST_CHECKS:
            _checks.popitem(last=False)


def rendered_for(release: Release) -> Kept:
    """Return what was rendered for the latest check of the release's plan as it is, if it was
    here. Whether each text would still be rendered so is asked of it when it is used."""
    check = ReleaseCheck.objects.filter(release=release, version=release.version).first()
    if check is None:
        return {}
    with _lock:
        return dict(_checks.get(_mark(check), {}))


def _mark(check: ReleaseCheck) -> _Mark:
    return check.pk, check.finished_at
