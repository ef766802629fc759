"""Arrays that are kept while they are used: what was asked for longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Arrays = TypeVar("Arrays", bound=tuple[Any, ...])

EACH = 16  # numbers that an entry takes besides its own


class Kept(Generic[Key, Arrays]):
    """Tuples of arrays of one length each; of all of them at most about `most` numbers."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._arrays: OrderedDict[Key, Arrays] = OrderedDict()

    def get(self, key: Key, make: Callable[[Key], Arrays]) -> Arrays:
        found = self.find(key)
        if found is None:
            found = make(key)
            self.keep(key, found)
        return found

    def find(self, key: Key) -> Arrays | None:
        found = self._arrays.get(key)
        if found is not None:
            self._arrays.move_to_end(key)
        return found

    def keep(self, key: Key, arrays: Arrays) -> None:
        """Keep what was not there."""
        self._arrays[key] = arrays
        self._size += len(arrays[0]) + EACH
        while self._size > self._most and len(self._arrays) > 1:
            _, gone = self._arrays.popitem(last=False)
            self._size -= len(gone[0]) + EACH

    def clear(self) -> None:
        self._arrays.clear()
        self._size = 0
