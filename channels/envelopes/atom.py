"""Atom (RFC 4287) around stored HTML, with paging by RFC 5005, section 3, and the tombstones of
RFC 6721."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from channels.envelopes.feed_item import Feed, FeedItem, Removal, html_content, timestamp
from channels.languages import html_lang
from channels.renderers.base import clean
from channels.renderers.html_reading import words_of_html
from channels.renderers.speech_reading import parse_xml

MEDIA_TYPE = "application/atom+xml"

_ATOM = "http://www.w3.org/2005/Atom"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_OURS = "urn:knowledge-hub:feed"  # foreign markup, RFC 4287 section 6
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(about: Feed, items: Iterable[FeedItem], removed: Iterable[Removal] = ()) -> bytes:
    """Return one page of a feed. Raises ValueError for a moment without a time zone."""
    prefixes = {None: _ATOM, "at": _TOMBSTONES, "kh": _OURS}
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap=prefixes)  # type: ignore[arg-type]
    root.set(_XML_LANG, html_lang(about.locale))
    _add(root, "id", about.id)
    _add(root, "title", about.title)
    _add(root, "updated", timestamp(about.updated))
    _add(_add(root, "author"), "name", about.author)
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=about.self_url)
    _add(root, "link", rel="alternate", type="text/html", href=about.home_url)
    if about.next_url:
        _add(root, "link", rel="next", type=MEDIA_TYPE, href=about.next_url)
    for entry in items:
        item(root, entry)
    for removal in removed:
        tombstone = etree.SubElement(root, f"{{{_TOMBSTONES}}}deleted-entry")
        tombstone.set("ref", clean(removal.id))
        tombstone.set("when", timestamp(removal.when))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written


def item(parent: etree._Element, item: FeedItem) -> None:
    """Add one entry to a feed's element."""
    entry = _add(parent, "entry")
    entry.set(_XML_LANG, html_lang(item.locale))
    _add(entry, "id", item.id)
    _add(entry, "title", item.title)
    _add(entry, "updated", timestamp(item.updated))
    _add(entry, "published", timestamp(item.published))
    _add(entry, "link", rel="alternate", type="text/html", href=item.url)
    if item.summary:
        _add(entry, "summary", item.summary)
    _add(entry, "content", html_content(item), type="html")
    etree.SubElement(entry, f"{{{_OURS}}}edition").text = str(item.edition)
    etree.SubElement(entry, f"{{{_OURS}}}digest").text = clean(item.digest)
    if item.converted_from:
        etree.SubElement(entry, f"{{{_OURS}}}converted-from").text = clean(item.converted_from)


def content_words(atom: bytes) -> list[list[str]]:
    """Return what the content of each entry says."""
    contents = parse_xml(atom).iterfind(f"{{{_ATOM}}}entry/{{{_ATOM}}}content")
    return [words_of_html((content.text or "").encode()) for content in contents]


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    for key, value in attributes.items():
        element.set(key, clean(value))
    if text:
        element.text = clean(text)
    return element
