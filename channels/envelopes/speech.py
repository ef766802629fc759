"""The inside of a stored SSML rendering, cut out as it is so that no envelope can change it."""

from __future__ import annotations

import re
from typing import NamedTuple

_OPENING = re.compile(r'<\?xml [^>]*\?>\n<speak [^>]*xml:lang="([^"]*)">\n')
_CLOSING = "</speak>\n"


class Speech(NamedTuple):
    """Speech markup of the elements that SSML, VoiceXML 2.1 and TwiML share."""

    lang: str  # as it stands in the XML attribute
    content: str


def speech_of(ssml: bytes) -> Speech:
    """Return what a stored rendering says. Raises ValueError for bytes that are not one of ours."""
    text = ssml.decode()
    opening = _OPENING.match(text)
    if opening is None or not text.endswith(_CLOSING):
        raise ValueError("These bytes are not a stored SSML rendering.")
    return Speech(opening[1], text[opening.end() : -len(_CLOSING)])
