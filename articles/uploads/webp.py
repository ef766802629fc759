"""WebP (RFC 9649): RIFF chunks, each with its name and length, filled up to an even one."""

from __future__ import annotations

import struct

from articles.uploads.orientation import exif_saying, orientation_of
from articles.uploads.stripped import Broken, Stripped

_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_HAS_EXIF, _HAS_XMP = 0x08, 0x04  # flags of VP8X


def strip_webp(content: bytes) -> Stripped:
    """Return a WebP file up to the length that it names. Raises Broken."""
    end = 8 + int.from_bytes(content[4:8], "little")
    if end > len(content):
        raise Broken
    chunks: list[tuple[bytes, bytes]] = []
    orientation, frames, place = 1, 0, 12
    while place + 8 <= end:
        name = content[place : place + 4]
        length = int.from_bytes(content[place + 4 : place + 8], "little")
        data = content[place + 8 : place + 8 + length]
        if place + 8 + length > end:
            raise Broken
        if name == b"EXIF":
            orientation = orientation_of(data.removeprefix(b"Exif\0\0"))
        elif name in _KEPT:
            frames += name == b"ANMF"
            chunks.append((name, data))
        place += 8 + length + length % 2
    if not chunks:
        raise Broken
    first, data = chunks[0]
    if first == b"VP8X":
        exif = exif_saying(orientation)
        flags = data[0] & ~(_HAS_EXIF | _HAS_XMP) if data else 0
        chunks[0] = first, bytes([flags | (_HAS_EXIF if exif else 0)]) + data[1:]
        if exif:
            chunks.append((b"EXIF", exif))
    else:
        orientation = 1  # only the extended form may say another
    body = b"WEBP" + b"".join(_chunk(name, data) for name, data in chunks)
    return Stripped(b"RIFF" + struct.pack("<I", len(body)) + body, max(frames, 1), orientation)


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
