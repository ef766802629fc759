"""SSML: what is written is kept, what is spoken is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from articles.document.blocks import (
    Block,
    Fact,
    FootnoteRef,
    Heading,
    LineBreak,
    Steps,
    Strong,
    Table,
)
from channels.renderers.ssml import NAMESPACE, SsmlRenderer
from tests.renderers.samples import CONTEXT, ESIM, PHONE, PRICE, document, paragraph, text

OPENING = f'<?xml version="1.0" encoding="UTF-8"?>\n<speak version="1.1" xmlns="{NAMESPACE}"'


def speech(*blocks: Block, locale: str = "en") -> str:
    """Return what is said after the title."""
    rendered = SsmlRenderer().render(document(*blocks, locale=locale), CONTEXT).decode()
    return rendered.partition('<break strength="strong"/>\n')[2].removesuffix("</speak>\n")


@pytest.mark.parametrize(
    ("locale", "voice"), [("en", "en-GB"), ("zh-hans", "zh-CN"), ("zh-hant", "zh-TW"), ("fr", "fr")]
)
def test_the_voice_is_of_the_locale(locale: str, voice: str) -> None:
    rendered = SsmlRenderer().render(document(locale=locale), CONTEXT).decode()
    assert rendered == (
        f'{OPENING} xml:lang="{voice}">\n'
        '<p><s>Activate an eSIM</s></p>\n<break strength="strong"/>\n</speak>\n'
    )


def test_only_elements_that_voicexml_and_twiml_share_are_used() -> None:
    root = etree.fromstring(SsmlRenderer().render(ESIM, CONTEXT))
    used = {etree.QName(element).localname for element in root.iterdescendants()}
    assert used <= {"p", "s", "break", "sub", "say-as", "emphasis"}


@pytest.mark.parametrize(
    ("locale", "step", "note"),
    [
        ("en", "Step 2", "Footnote 1"),
        ("zh-hans", "第2步", "注1"),
        ("zh-hant", "第2步", "註1"),
        ("fr", "2", "1"),
    ],
)
def test_numbers_are_said_as_the_locale_says_them(locale: str, step: str, note: str) -> None:
    said = speech(Steps(((paragraph("x", FootnoteRef(1)),),), start=2), locale=locale)
    assert said == (
        f'<p><s><sub alias="{step}">2</sub></s><s>x <sub alias="{note}">1</sub> </s></p>\n'
        '<break strength="medium"/>\n'
    )


def test_facts_are_said_as_they_are_spoken() -> None:
    same = Fact("date", "date", "1 May", "1 May")
    assert speech(paragraph(PRICE, ", ", PHONE, ", ", same)) == (
        '<p><sub alias="nineteen pounds ninety-nine">£19.99</sub>, '
        '<say-as interpret-as="telephone">+44 808 157 0101</say-as>, 1 May</p>\n'
    )


def test_headings_and_rows_are_followed_by_pauses() -> None:
    table = Table((text("Plan"), ()), ((text("S"), text("£5")),), ("", ""))
    assert speech(Heading(2, "x", text("Prices")), table) == (
        '<p><s>Prices</s></p>\n<break strength="strong"/>\n'
        '<p><s>Plan: S</s><s>£5</s></p>\n<break strength="medium"/>\n'
    )


def test_emphasis_is_heard_and_a_line_break_is_a_short_pause() -> None:
    assert speech(paragraph(Strong(text("Never")), LineBreak(), "ever")) == (
        '<p><emphasis level="strong">Never</emphasis><break strength="weak"/>ever</p>\n'
    )


def test_the_summary_is_said_after_the_title() -> None:
    rendered = SsmlRenderer().render(replace(document(), summary="Easy"), CONTEXT)
    assert rendered.decode().endswith('<break strength="strong"/>\n<p>Easy</p>\n</speak>\n')
