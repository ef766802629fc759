"""Pointing the addresses of a stored plain text to a host, and changing nothing else."""

from __future__ import annotations

import re

# The renderer puts a blank after any `<` of an author's that could be taken for this.
_LOCAL_ADDRESS = re.compile(rb"(?<=<)/media/[0-9a-f]{64}\.pdf(?=>)")


def make_text_absolute(text: bytes, origin: str) -> bytes:
    """Put `origin` (scheme and host, no slash at its end) before addresses on our own site."""
    return _LOCAL_ADDRESS.sub(lambda address: origin.encode() + address[0], text)
