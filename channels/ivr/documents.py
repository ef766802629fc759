"""The two VoiceXML 2.1 documents that are neither an article nor a menu in one language."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from channels.envelopes.voicexml import Choice
from channels.ivr.phrases import language_choice, phrases
from channels.languages import speech_lang

_NAMESPACE = "http://www.w3.org/2001/vxml"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_ATTEMPTS = "3"


def language_menu(locales: Sequence[Choice], *, title: str) -> bytes:
    """Return a menu whose choices (locale and address) are each said in their own language.

    There must be one. It listens to keys alone: nobody knows yet in which language a caller
    would speak.
    """
    document = _document(locales[0].label, title)
    menu = _add(document, "menu", id="languages")
    said = _add(_add(menu, "prompt", bargein="true"), "p")
    _add(said, "s", title)
    for key, (locale, url) in enumerate(locales, start=1):
        sentence = _add(said, "s", language_choice(locale, key))
        sentence.set(_LANG, speech_lang(locale))
        _add(menu, "choice", dtmf=str(key), next=url)
    # Also where the menu of a language can't be fetched, the languages are said again.
    events = "noinput nomatch error.badfetch"
    _add(_add(menu, "catch", event=events), "reprompt")
    _add(_add(menu, "catch", event=events, count=_MOST_ATTEMPTS), "exit")
    return _bytes(document)


def apology(*, locale: str, next_url: str) -> bytes:
    """Return a dialogue that says sorry and goes on to `next_url`."""
    words = phrases(locale)
    document = _document(locale, words.not_found)
    block = _add(_add(document, "form", id="sorry"), "block")
    said = _add(_add(block, "prompt"), "p")
    _add(said, "s", words.not_found)
    _add(said, "s", words.main_menu)
    _add(block, "goto", next=next_url)
    return _bytes(document)


def _document(locale: str, title: str) -> etree._Element:
    document = etree.Element(f"{{{_NAMESPACE}}}vxml", nsmap={None: _NAMESPACE})  # type: ignore[dict-item]
    document.set("version", "2.1")
    document.set(_LANG, speech_lang(locale))
    _add(document, "meta", name="title", content=title)
    return document


def _add(
    parent: etree._Element, tag: str, text: str | None = None, /, **attributes: str
) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_NAMESPACE}}}{tag}", attrib=attributes)
    element.text = text
    return element


def _bytes(document: etree._Element) -> bytes:
    written: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    return written
