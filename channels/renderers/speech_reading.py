"""Reading speech markup back, be it in SSML, in a VoiceXML prompt or in TwiML's `<Say>`."""

from __future__ import annotations

from lxml import etree

from channels.renderers.reading import Lines

_APART = frozenset(("p", "s", "break"))  # these separate words; all others flow


def parse_xml(body: bytes) -> etree._Element:
    """Return the root of a document of ours. Raises lxml.etree.XMLSyntaxError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    return etree.fromstring(body, parser)


def words_of_speech(*elements: etree._Element) -> list[str]:
    """Return the written words of speech markup, in whatever namespace it stands."""
    lines = Lines()
    for element in elements:
        _read(element, lines)
        lines.end()
    return lines.words()


def _read(element: etree._Element, lines: Lines) -> None:
    apart = etree.QName(element).localname in _APART
    if apart:
        lines.end()
    lines.say(element.text)
    for child in element:
        _read(child, lines)
        lines.say(child.tail)
    if apart:
        lines.end()
