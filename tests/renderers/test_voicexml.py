"""VoiceXML 2.1: valid documents that a caller can find a way through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from lxml import etree

from articles.document.blocks import Document
from articles.document.words import document_words
from channels.envelopes import voicexml
from channels.envelopes.voicexml import Choice
from channels.registry import FORMATS
from tests.document.strategies import documents, lines
from tests.ivr.calling import dtd as voicexml_dtd
from tests.renderers.samples import CONTEXT, ESIM

NAMES = {"v": "http://www.w3.org/2001/vxml"}
SSML = FORMATS["ssml"].render(ESIM, CONTEXT)
ARTICLE = voicexml.article(
    SSML, locale="en", title="Activate an eSIM", back_url="/ivr/?a=1&b=2", agent_url="/ivr/agent/"
)


@pytest.fixture(scope="module")
def dtd() -> etree.DTD:
    return voicexml_dtd()


def choices(count: int) -> list[Choice]:
    return [Choice(f"topic {number}", f"/ivr/{number}/") for number in range(1, count + 1)]


def assert_valid(dtd: etree.DTD, document: bytes) -> None:
    assert dtd.validate(etree.fromstring(document)), dtd.error_log


def keys(document: bytes, menu: str) -> dict[str, str]:
    """Return the menu's targets by key."""
    found = etree.fromstring(document).iterfind(f".//v:menu[@id='{menu}']/v:choice", NAMES)
    return {choice.get("dtmf", ""): choice.get("next", "") for choice in found}


def said(document: bytes, menu: str) -> str:
    return "".join(
        text
        for prompt in etree.fromstring(document).iterfind(
            f".//v:menu[@id='{menu}']/v:prompt", NAMES
        )
        for text in prompt.itertext()
    )


def test_an_article_is_valid(dtd: etree.DTD) -> None:
    assert_valid(dtd, ARTICLE)


@given(document=documents())
@settings(max_examples=30)
def test_any_article_is_valid(dtd: etree.DTD, document: Document) -> None:
    ssml = FORMATS["ssml"].render(document, CONTEXT)
    wrapped = voicexml.article(ssml, locale=document.locale, title=document.title, back_url="/ivr/")
    assert_valid(dtd, wrapped)


@given(label=lines(), title=lines())
@settings(max_examples=40)
def test_any_menu_is_valid(dtd: etree.DTD, label: str, title: str) -> None:
    menu = voicexml.menu([Choice(label, f"/ivr/{label}")], locale="zh-hans", title=title)
    assert_valid(dtd, menu)


@pytest.mark.parametrize("count", [0, 1, 9, 10, 17, 18, 40])
@pytest.mark.parametrize("back_url", ["", "/ivr/"])
def test_a_menu_of_any_length_is_valid(dtd: etree.DTD, count: int, back_url: str) -> None:
    menu = voicexml.menu(choices(count), locale="zh-hant", title="Topics", back_url=back_url)
    assert_valid(dtd, menu)


def test_an_article_is_read_with_the_very_bytes_that_are_stored() -> None:
    inside = SSML.partition(b'xml:lang="en-GB">')[2].removesuffix(b"</speak>\n")
    assert b'<prompt bargein="true" xml:lang="en-GB">' + inside + b"</prompt>" in ARTICLE


def test_only_the_article_counts_as_its_words() -> None:
    assert b"press 1" in ARTICLE
    assert voicexml.spoken_words(ARTICLE) == document_words(ESIM)


def test_after_an_article_a_caller_can_repeat_go_back_or_talk_to_somebody() -> None:
    assert keys(ARTICLE, "after") == {"1": "#article", "*": "/ivr/?a=1&b=2", "0": "/ivr/agent/"}
    assert said(ARTICLE, "after") == (
        "To hear this again, press 1 or say: repeat."
        "To go back to the menu, press star or say: menu."
        "To talk to somebody, press 0 or say: agent."
    )


def test_without_an_agent_nobody_is_sent_to_one() -> None:
    alone = voicexml.article(SSML, locale="en", title="x", back_url="/ivr/")
    assert list(keys(alone, "after")) == ["1", "*"]
    assert b"agent" not in alone.partition(b'<menu id="after">')[2]


def test_nine_choices_fit_one_page() -> None:
    menu = voicexml.menu(choices(9), locale="en", title="Topics")
    assert keys(menu, "page-1") == {str(n): f"/ivr/{n}/" for n in range(1, 10)}
    assert said(menu, "page-1").startswith("Topicstopic 1: press 1.")


def test_more_than_nine_choices_go_on_on_the_next_page() -> None:
    menu = voicexml.menu(choices(18), locale="en", title="Topics", agent_url="/ivr/agent/")
    assert keys(menu, "page-1") == {
        **{str(n): f"/ivr/{n}/" for n in range(1, 9)},
        "9": "#page-2",
        "0": "/ivr/agent/",
    }
    assert keys(menu, "page-2")["1"] == "/ivr/9/"
    assert keys(menu, "page-2")["9"] == "#page-3"
    assert keys(menu, "page-3") == {"1": "/ivr/17/", "2": "/ivr/18/", "0": "/ivr/agent/"}
    assert "Topics" not in said(menu, "page-2")


def test_every_target_within_a_document_exists() -> None:
    for document in (ARTICLE, voicexml.menu(choices(30), locale="en", title="x")):
        root = etree.fromstring(document)
        targets = {t[1:] for t in root.xpath("//@next") if t.startswith("#")}
        assert targets <= set(root.xpath("//@id"))


def test_an_empty_menu_says_so() -> None:
    assert "There is nothing here at the moment." in said(
        voicexml.menu([], locale="en", title="Topics", back_url="/ivr/"), "page-1"
    )


def test_a_menu_without_any_way_on_ends_the_call() -> None:
    ended = etree.fromstring(voicexml.menu([], locale="en", title="Topics"))
    assert ended.find("v:form/v:block/v:exit", NAMES) is not None


def test_the_third_misunderstanding_ends_the_call_with_a_goodbye() -> None:
    catch = etree.fromstring(ARTICLE).find("v:catch[@count='3']", NAMES)
    assert catch is not None
    assert catch.get("event") == "noinput nomatch"
    assert "Goodbye" in "".join(catch.itertext())
    assert catch.find("v:exit", NAMES) is not None


@pytest.mark.parametrize(
    ("locale", "voice", "sentence"),
    [
        ("zh-hans", "zh-CN", "topic 1，请按1。"),
        ("zh-hant", "zh-TW", "topic 1，請按1。"),
        ("fr", "fr", "topic 1: press 1."),
    ],
)
def test_menus_speak_the_callers_language(locale: str, voice: str, sentence: str) -> None:
    menu = voicexml.menu(choices(1), locale=locale, title="x")
    assert f'xml:lang="{voice}"'.encode() in menu
    assert sentence in said(menu, "page-1")


@pytest.mark.parametrize(
    ("locale", "label", "sentence"),
    [
        ("en", "Understand your bill", "Understand your bill: press 1."),
        ("en", "Where is my bill?", "Where is my bill? Press 1."),
        ("zh-hans", "如何激活 eSIM？", "如何激活 eSIM？请按1。"),
        ("zh-hant", "如何啟用 eSIM？", "如何啟用 eSIM？請按1。"),
    ],
)
def test_a_choice_is_said_as_people_say_it(locale: str, label: str, sentence: str) -> None:
    menu = voicexml.menu([Choice(label, "/ivr/1/")], locale=locale, title="x")
    assert said(menu, "page-1") == f"x{sentence}"


def test_a_title_that_is_a_question_gets_no_full_stop() -> None:
    empty = voicexml.menu([], locale="en", title="What now?", back_url="/ivr/")
    assert said(empty, "page-1").startswith("What now?There is nothing here at the moment.")


def test_a_menu_that_goes_on_elsewhere_keeps_a_key_for_it(dtd: etree.DTD) -> None:
    full = voicexml.menu(
        choices(voicexml.MOST_CHOICES), locale="en", title="x", more_url="/ivr/?page=2"
    )
    assert_valid(dtd, full)
    assert keys(full, "page-9")["9"] == "#page-10"
    assert keys(full, "page-10")["8"] == f"/ivr/{voicexml.MOST_CHOICES}/"
    assert keys(full, "page-10")["9"] == "/ivr/?page=2"
    assert not keys(full, "page-11")


def test_after_what_cannot_be_fetched_the_menu_is_said_again() -> None:
    for document in (ARTICLE, voicexml.menu(choices(1), locale="en", title="x")):
        # Of the handlers that fit, a platform takes the first: that of all errors comes later.
        handlers = [
            handler
            for handler in etree.fromstring(document).iterfind("v:catch", NAMES)
            if handler.get("event") in ("error", "error.badfetch")
        ]
        first, third, other = handlers
        assert first.get("event") == "error.badfetch"
        assert "Sorry" in "".join(first.itertext())
        assert first.find("v:reprompt", NAMES) is not None
        assert first.find("v:exit", NAMES) is None
        assert third.get("count") == "3"
        assert third.find("v:exit", NAMES) is not None
        assert other.get("event") == "error"


@pytest.mark.parametrize("body", [b"", b"<speak/>", FORMATS["text"].render(ESIM, CONTEXT)])
def test_bytes_that_are_no_stored_speech_are_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match="not a stored SSML rendering"):
        voicexml.article(body, locale="en", title="x", back_url="/")
