"""What every renderer is: a pure function from a document to bytes, with an inverse.

A renderer knows no clock, no host name, no setting and no database, so the same document gives
the same bytes for ever.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import quote

from articles.document.blocks import (
    Code,
    Document,
    Fact,
    FootnoteRef,
    Image,
    Inline,
    LineBreak,
    SnippetRef,
    Text,
)
from articles.document.links import file_linked


@dataclass(frozen=True, slots=True)
class Context:
    """What a rendering says about its article besides the document itself."""

    digest: str  # SHA-256 of the canonical document, hexadecimal
    slug: str
    topic: str = ""  # the topic's slug, "" for none
    # Stored name of an attachment -> its size in bytes, as far as it is known.
    sizes: Mapping[str, int] = field(default_factory=dict)
    converted_from: str = ""  # the locale that a conversion was made from


class Renderer(ABC):
    """One stored format. `version` rises whenever the bytes of some document change."""

    format: ClassVar[str]
    media_type: ClassVar[str]
    version: ClassVar[int]

    @abstractmethod
    def render(self, document: Document, context: Context) -> bytes:
        """Render a document that is expanded and cut for one audience.

        Raises ValueError where a snippet reference was left in it.
        """

    @abstractmethod
    def words(self, body: bytes) -> list[str]:
        """Return the words that the bytes say, in reading order, knowing nothing but the bytes."""


# Controls that XML 1.0 (section 2.2) has no place for or that HTML reads as other characters, and
# half surrogate pairs, which UTF-8 can't write.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SAFE_IN_URLS = "!#$%&'()*+,-./:;=?@[]_~"
_OPEN_SCHEMES = ("http://", "https://", "mailto:", "tel:")


def clean(text: str) -> str:
    """Return the text with what no format can carry as blanks, so that words stay apart."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub(" ", text)


def escape_xml(text: str) -> str:
    """Escape text for XML content and for double-quoted attributes."""
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def safe_href(href: str) -> str:
    """Return the address of a link out, percent-encoded where needed; "" for any other scheme."""
    address = clean(href).strip()
    if not address.lower().startswith(_OPEN_SCHEMES):
        return ""
    return quote(address, safe=_SAFE_IN_URLS)


def file_path(href: str) -> str:
    """Return where our own sites serve the attached file that a link leads to, "" for no such."""
    name = file_linked(href)
    return f"/media/{name}" if name else ""


def unexpanded(snippet: SnippetRef) -> ValueError:
    """The error for a snippet that should have become its value before any rendering."""
    return ValueError(f"The snippet {snippet.key!r} was not expanded before rendering.")


def text_of(children: Iterable[Inline]) -> str:
    """Return what inline content says as one plain string, for labels and comparisons."""
    return "".join(_text_of_node(node) for node in children)


def _text_of_node(node: Inline) -> str:
    match node:
        case Text(text) | Code(text) | Fact(text=text):
            return clean(text)
        case Image(alt=alt):
            return f" {clean(alt)} "
        case FootnoteRef(number):
            return f" {number} "
        case LineBreak():
            return " "
        case SnippetRef():
            raise unexpanded(node)
        case _:
            return text_of(node.children)
