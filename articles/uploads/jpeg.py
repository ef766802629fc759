"""JPEG (ITU T.81, annex B): segments, each with a marker and its length, up to the end of image."""

from __future__ import annotations

import re

from articles.uploads.orientation import exif_saying, orientation_of
from articles.uploads.stripped import Broken, Stripped

# In scanned data a marker is whatever follows 0xFF but a stuffed zero and restarts. A run of fill
# bytes is looked at from its first alone, or a long one would be looked at from each.
_NEXT_MARKER = re.compile(rb"(?<!\xff)\xff++([^\x00\xff\xd0-\xd7])")
_EXIF = b"Exif\0\0"
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
_KEPT_OF_APPLICATIONS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}


def strip_jpeg(content: bytes) -> Stripped:
    """Return the first picture of a JPEG file. Raises Broken."""
    segments: list[bytes] = []
    orientation, place = 1, 2
    while True:
        found = _NEXT_MARKER.match(content, place)
        if found is None:
            raise Broken
        marker, start = found[1][0], found.end()
        if marker == _END:
            break
        end = start + int.from_bytes(content[start : start + 2])
        if end < start + 2 or end > len(content):
            raise Broken
        data = content[start + 2 : end]
        if marker == _SCAN:
            after = _NEXT_MARKER.search(content, end)
            if after is None:
                raise Broken
            end = after.start()
        elif marker == 0xE1 and data.startswith(_EXIF) and orientation == 1:
            orientation = orientation_of(data[len(_EXIF) :])
        if _kept(marker, data):
            segments.append(b"\xff" + found[1] + content[start:end])
        place = end
    if exif := exif_saying(orientation):
        length = (2 + len(_EXIF) + len(exif)).to_bytes(2)
        # After JFIF's own, which must be the first.
        first = 1 if segments and segments[0].startswith(b"\xff\xe0") else 0
        segments.insert(first, b"\xff\xe1" + length + _EXIF + exif)
    kept = b"\xff\xd8" + b"".join(segments) + b"\xff\xd9"
    return Stripped(kept, orientation=orientation)


def _kept(marker: int, data: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        said = _KEPT_OF_APPLICATIONS.get(marker)
        return said is not None and data.startswith(said)
    return marker != _COMMENT
