"""Simplified ↔ Traditional: what is read is converted, what a document refers to stays."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from articles.chinese import convert, convert_markdown
from articles.document.blocks import AudienceBlock, Body, Callout, Heading, Image, Link, Text
from articles.document.parse import parse

PICTURE = f"media:{'0' * 64}.png"


def traditional(source: str) -> str:
    return convert_markdown(source, to="zh-hant")


def test_phrases_are_converted_not_only_characters() -> None:
    assert convert("软件和鼠标：发短信", to="zh-hant") == "軟體和滑鼠：發簡訊"
    assert convert("軟體和滑鼠：發簡訊", to="zh-hans") == "软件和鼠标：发短信"
    assert convert("头发发展", to="zh-hant") == "頭髮發展"


def test_whose_words_are_taken_is_a_setting(settings: Settings) -> None:
    settings.CHINESE_STANDARD = "hk"
    assert convert("软件和鼠标", to="zh-hant") == "軟件和滑鼠"


@pytest.mark.parametrize(
    ("source", "converted"),
    [
        ("# 软件\n", "# 軟體\n"),
        ("`软件` 软件\n", "`软件` 軟體\n"),
        ("```软件\n软件\n```\n\n软件\n", "```软件\n软件\n```\n\n軟體\n"),
        ("> - 软件\n>   ~~~\n>   软件\n>   ~~~\n", "> - 軟體\n>   ~~~\n>   软件\n>   ~~~\n"),
        ("    软件\n", "    软件\n"),
        ("[软件](https://a.b/软件)，软件\n", "[軟體](https://a.b/软件)，軟體\n"),
        ("见 https://a.b/软件。软件\n", "見 https://a.b/软件。軟體\n"),
        ("[软件](article:k3v9abcd#软件)\n", "[軟體](article:k3v9abcd#软件)\n"),
        (f"![软件]({PICTURE})\n", f"![軟體]({PICTURE})\n"),
        ("{{ price.plan-s }}软件\n", "{{ price.plan-s }}軟體\n"),
        ("软件[^软件]\n\n[^软件]: 软件\n", "軟體[^软件]\n\n[^软件]: 軟體\n"),
        ("[网络][软件]\n\n[软件]: https://a.b/\n", "[網路][软件]\n\n[软件]: https://a.b/\n"),
        ('::: note "软件"\n软件\n:::\n', '::: note "軟體"\n軟體\n:::\n'),
        ("| 软件 | `软件` |\n|---|---|\n| **软件** | 鼠标 |\n",
         "| 軟體 | `软件` |\n|---|---|\n| **軟體** | 滑鼠 |\n"),
        ("<!-- 软件 -->\n软件\n", "<!-- 软件 -->\n軟體\n"),
    ],
)  # fmt: skip
def test_code_addresses_and_labels_stay(source: str, converted: str) -> None:
    assert traditional(source) == converted


def test_a_link_to_a_heading_of_the_text_follows_it() -> None:
    source = "# 激活 eSIM：网络、短信\n\n[网络](#激活-esim网络短信)\n"
    converted = traditional(source)
    assert converted == "# 啟用 eSIM：網路、簡訊\n\n[網路](#啟用-esim網路簡訊)\n"
    assert not parse(converted, locale="zh-hant").problems


HAN = ("软件", "网络", "发", "头发", "面包", "鼠标和服务器", "里", "干", "激活")
MARKS = (
    *("`", "``", "```\n", "~~~\n", "\n", "\n\n", "    ", "  ", "- ", "1. ", "> ", "# ", "## "),
    *("*", "**", "_", "|", "|---|\n", "[", "]", "](", ")", "(", "![", "#", "[^软件]", "[^软件]: "),
    *("[软件]", "[软件]: ", "https://a.b/", "<https://a.b/", ">", "article:k3v9abcd", PICTURE),
    *("{{ price }}", "{{", "}}", "::: note ", ":::\n", '"', "::: agent\n", "<!--", "-->", "\\"),
    *(" ", "。", "、", "eSIM", "&#36719;", "\u3400\u3e00", "\U00020000"),
)
SOURCES = st.lists(st.sampled_from(HAN) | st.sampled_from(MARKS), max_size=40).map("".join)


def bones(node: Any) -> Any:
    """A document without the words that are read: its structure and all that it refers to."""
    match node:
        case Text():
            return "Text"
        case Image():
            return ("Image", node.source)
        case Heading():
            return ("Heading", node.level, bones(node.children))
        case Callout() | AudienceBlock():
            return (type(node).__name__, bones(node.blocks))
        case Link() if node.href.startswith("#"):
            return ("Link", "#", bones(node.children))
        case tuple():
            return tuple(bones(one) for one in node)
        case _ if is_dataclass(node):
            name = type(node).__name__
            return (name, *(bones(getattr(node, one.name)) for one in fields(node)))
    return node


def lost_anchors(source: str, locale: str) -> int:
    return sum(p.code == "anchor-missing" for p in parse(source, locale=locale).problems)


@settings(max_examples=150, deadline=None)
@given(SOURCES)
@example("https://a.b/\u3400\u3e00")
@example("# 软件\n\n[网络](#软件) `软件` [](#https://a.b/\u3400\u3e00软件)\n")
def test_a_conversion_keeps_structure_and_references(source: str) -> None:
    before: Body = parse(source, locale="zh-hans").body
    converted = traditional(source)
    assert bones(parse(converted, locale="zh-hant").body) == bones(before)
    assert lost_anchors(converted, "zh-hant") <= lost_anchors(source, "zh-hans")
