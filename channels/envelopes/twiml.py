"""TwiML around stored speech: `<Say>` verbs, none longer than the verb may be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from channels.envelopes.speech import speech_of
from channels.renderers.speech_reading import parse_xml, words_of_speech

MEDIA_TYPE = "application/xml"

LONGEST_SAY = 4096  # characters that one <Say> may hold, markup included to be on the safe side
_AFTER_PARAGRAPH = re.compile(r"(?<=</p>\n)")


def article(ssml: bytes) -> bytes:
    """Return a response that reads a stored SSML rendering.

    A single paragraph that is longer than a `<Say>` may be stays whole. Raises ValueError for
    bytes that are not a stored rendering.
    """
    speech = speech_of(ssml)
    verbs = "".join(
        f'<Say language="{speech.lang}">\n{part}</Say>\n' for part in _parts(speech.content)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n{verbs}</Response>\n'.encode()


def spoken_words(twiml: bytes) -> list[str]:
    """Return the written words of a response that `article` made."""
    return words_of_speech(*parse_xml(twiml).iterfind("Say"))


def _parts(content: str) -> Iterator[str]:
    """Yield the content in parts that are short enough, cut between paragraphs."""
    part = ""
    for paragraph in _AFTER_PARAGRAPH.split(content):
        if part and len(part) + len(paragraph) > LONGEST_SAY:
            yield part
            part = ""
        part += paragraph
    if part:
        yield part
