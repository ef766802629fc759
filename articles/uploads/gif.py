"""GIF 89a: pictures and extensions, each a run of blocks of up to 255 bytes, and a trailer."""

from __future__ import annotations

from articles.uploads.stripped import Broken, Stripped

_PICTURE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")  # how often an animation is played


def strip_gif(content: bytes) -> Stripped:
    """Return a GIF file up to its trailer. Raises Broken."""
    try:
        return _strip(content)
    except IndexError:
        raise Broken from None


def _strip(content: bytes) -> Stripped:
    place = 13 + _palette(content[10])
    parts, frames = [content[:place]], 0
    while (kind := content[place]) != _TRAILER:
        start = place
        if kind == _PICTURE:
            frames += 1
            kept = True
            place = _after_blocks(content, place + 11 + _palette(content[place + 9]))
        elif kind == _EXTENSION:
            label = content[place + 1]
            kept = label == _CONTROL or (
                label == _APPLICATION and content[place + 3 : place + 14] in _LOOPS
            )
            place = _after_blocks(content, place + 2)
        else:
            raise Broken
        if kept:
            parts.append(content[start:place])
    if not frames:
        raise Broken
    return Stripped(b"".join(parts) + bytes([_TRAILER]), frames)


def _palette(flags: int) -> int:
    """Return the size in bytes of the table of colours that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(content: bytes, place: int) -> int:
    while length := content[place]:
        place += 1 + length
    return place + 1
