"""What is left of a picture's file without what is not shown: the same pixels, bit for bit."""

from __future__ import annotations

from dataclasses import dataclass


class Broken(ValueError):
    """The file is cut short, or is not built as its format says."""


@dataclass(frozen=True, slots=True)
class Stripped:
    """`content` is the picture without EXIF data (but for its orientation), comments, thumbnails
    and whatever follows its end. Stripping it again changes nothing."""

    content: bytes
    frames: int = 1
    orientation: int = 1  # as EXIF counts, 1 to 8
