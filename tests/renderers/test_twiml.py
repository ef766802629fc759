"""TwiML: the stored speech in verbs that are short enough."""

from __future__ import annotations

import pytest
from lxml import etree

from articles.document.words import document_words
from channels.envelopes import twiml
from channels.registry import FORMATS
from tests.renderers.samples import CONTEXT, ESIM, document, paragraph

# What may stand in <Say>, by the vendor's own description of its SSML support.
ALLOWED = {"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"}


def test_a_short_article_is_one_verb_in_its_language() -> None:
    short = document(paragraph("Hello"), locale="zh-hans")
    assert twiml.article(FORMATS["ssml"].render(short, CONTEXT)).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n<Say language="zh-CN">\n'
        '<p><s>Activate an eSIM</s></p>\n<break strength="strong"/>\n<p>Hello</p>\n'
        "</Say>\n</Response>\n"
    )


def test_only_elements_that_twiml_allows_are_in_a_verb() -> None:
    root = etree.fromstring(twiml.article(FORMATS["ssml"].render(ESIM, CONTEXT)))
    used = {element.tag for verb in root for element in verb.iterdescendants()}
    assert used <= ALLOWED


def test_a_long_article_is_cut_between_paragraphs() -> None:
    long = document(*(paragraph(f"{n} " + "word " * 100) for n in range(40)))
    response = twiml.article(FORMATS["ssml"].render(long, CONTEXT))
    verbs = etree.fromstring(response).findall("Say")
    assert len(verbs) == 6
    assert all(len("".join(verb.itertext())) <= twiml.LONGEST_SAY for verb in verbs)
    assert twiml.spoken_words(response) == document_words(long)


def test_bytes_that_are_no_stored_speech_are_refused() -> None:
    with pytest.raises(ValueError, match="not a stored SSML rendering"):
        twiml.article(b"<speak>hello</speak>")
