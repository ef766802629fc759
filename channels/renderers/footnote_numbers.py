"""Footnotes keep their numbers where an audience doesn't read all of them.

The parser counts the footnotes it meets from one; in our own Markdown their labels are numbers,
and the notes stand at the end in rising order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from articles.document.blocks import Body, Footnote, FootnoteRef

_NOTE = re.compile(r"^\[\^(\d+)\]:", re.MULTILINE)


def with_their_numbers(body: Body, source: str) -> Body:
    """Return the body that was parsed from Markdown of ours with the numbers that it shows."""
    notes = len(body.footnotes)
    shown = [int(label) for label in _NOTE.findall(source)[-notes:]] if notes else []
    numbers = dict(enumerate(shown, start=1))
    if all(counted == number for counted, number in numbers.items()):
        return body
    renumbered: Body = _renumbered(body, numbers)
    return renumbered


def _renumbered(value: Any, numbers: Mapping[int, int]) -> Any:
    if isinstance(value, tuple):
        return tuple(_renumbered(item, numbers) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: _renumbered(getattr(value, field.name), numbers) for field in fields(value)
    }
    if isinstance(value, Footnote | FootnoteRef):
        changed["number"] = numbers.get(value.number, value.number)
    return replace(value, **changed)
