"""An upload that may be kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inspected:
    """`content` is what is kept; inspecting it again gives the same."""

    content: bytes
    ending: str  # of its name, without a dot
    media_type: str
    width: int | None = None  # in pixels, as it is shown
    height: int | None = None
    pages: int | None = None
