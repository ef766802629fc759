"""PNG (W3C, third edition, section 5): chunks, each with its length, its name and a checksum."""

from __future__ import annotations

import struct
import zlib

from articles.uploads.orientation import exif_saying, orientation_of
from articles.uploads.stripped import Broken, Stripped

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# What decides how the pixels look; all else (texts, times, what programs note) is left out.
_KEPT = frozenset(
    (
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"pHYs", b"sBIT"),
        *(b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI"),
        *(b"acTL", b"fcTL", b"fdAT"),  # an animation
    )
)


def strip_png(content: bytes) -> Stripped:
    """Return a PNG file up to its last chunk. Raises Broken."""
    chunks: list[bytes] = []
    orientation, frames, place = 1, 0, len(SIGNATURE)
    name = b""
    while name != b"IEND":
        end = place + 12 + int.from_bytes(content[place : place + 4])
        name = content[place + 4 : place + 8]
        if end > len(content) or (not chunks and name != b"IHDR"):
            raise Broken
        if name == b"eXIf":
            orientation = orientation_of(content[place + 8 : end - 4])
        elif name in _KEPT:
            frames += name == b"fcTL"
            chunks.append(content[place:end])
        place = end
    if exif := exif_saying(orientation):
        chunks.insert(1, _chunk(b"eXIf", exif))
    return Stripped(SIGNATURE + b"".join(chunks), max(frames, 1), orientation)


def _chunk(name: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)
