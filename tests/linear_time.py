"""Whether work takes a time that grows with the length of what it is given, and not faster.

The time of one run says little on a machine that others use. How it grows says enough: four times
the length takes about four times as long where time is linear, and sixteen times where it is not.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_NOTHING = 0.03  # seconds; what takes no longer at four times the length need not be compared
_MOST = 10  # times as long; up to eight where memory is copied that no cache holds


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return how long `work` on `text` keeps this thread busy."""
    gc.disable()  # It costs by all that other tests left behind.
    try:
        start = time.thread_time()
        work(text)
        return time.thread_time() - start
    finally:
        gc.enable()


def assert_linear(
    work: Callable[[str], object], hostile: Callable[[int], str], length: int
) -> None:
    """Assert that `work` on `hostile(length)` takes not much longer than four quarters of it do.

    `length` is what the square of it would show at: some tenths of a second.
    """
    long = seconds(work, hostile(length))
    if long < _NOTHING:
        return
    quarter = hostile(length // 4)
    short = min(seconds(work, quarter) for _ in range(2))
    if long >= _MOST * short:  # or the machine was busy
        long = min(long, seconds(work, hostile(length)))
    assert long < _MOST * short, f"{short:.3f} s for a quarter, {long:.3f} s for the whole"
