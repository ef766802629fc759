"""All formats in which knowledge is told. A new format is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from channels.envelopes import twiml, voicexml
from channels.renderers.base import Renderer
from channels.renderers.document import DocumentRenderer
from channels.renderers.html import HtmlRenderer
from channels.renderers.markdown import MarkdownRenderer
from channels.renderers.ssml import SsmlRenderer
from channels.renderers.text import TextRenderer

# The order is fixed: what is stored and compared is stored and compared in it.
FORMATS: dict[str, Renderer] = {
    renderer.format: renderer
    for renderer in (
        HtmlRenderer(),
        TextRenderer(),
        MarkdownRenderer(),
        SsmlRenderer(),
        DocumentRenderer(),
    )
}


class Wrap(Protocol):
    """Puts an envelope around stored bytes. Raises ValueError for bytes that are none of ours."""

    def __call__(self, body: bytes, *, locale: str, title: str) -> bytes: ...


def _voicexml(body: bytes, *, locale: str, title: str) -> bytes:
    return voicexml.article(body, locale=locale, title=title, back_url=f"/ivr/{locale}/")


def _twiml(body: bytes, *, locale: str, title: str) -> bytes:
    return twiml.article(body)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A format that is never stored: it is put around the bytes of a stored one when asked for."""

    format: str
    media_type: str
    wraps: str  # the stored format
    version: int  # rises whenever the same stored bytes are wrapped otherwise
    wrap: Wrap
    words: Callable[[bytes], list[str]]  # what the article inside says


ENVELOPES: dict[str, Envelope] = {
    envelope.format: envelope
    for envelope in (
        Envelope("voicexml", voicexml.MEDIA_TYPE, "ssml", 2, _voicexml, voicexml.spoken_words),
        Envelope("twiml", twiml.MEDIA_TYPE, "ssml", 1, _twiml, twiml.spoken_words),
    )
}
