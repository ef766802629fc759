"""Whatever a file holds, it is read in a time that grows with its length, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.document.markup_amount import MOST_MARKUP
from articles.importing.conversion import Surroundings, convert
from articles.importing.files import SourceFile
from articles.importing.groups import Group
from articles.importing.pages import Page, read_page
from articles.importing.pictures import Pictures
from articles.importing.refused import Refused
from articles.importing.site import Site
from tests.linear_time import assert_linear


def read(body: str) -> Page:
    text = f"---\ntitle: A title\n---\n{body}"
    return read_page(SourceFile("a.md", text, "0" * 64, False), default_locale="en")


def read_and_convert(body: str) -> None:
    page = read(body)
    site = Site([Group(page.key, "", {"en": page})], {page.key: "abcd"})
    convert(page, Surroundings(site, Pictures(Path("/nowhere")), ()))


@pytest.mark.parametrize(
    ("before", "repeated", "after"),
    [
        ("## a", " ", "b"),
        ("## {#", "a", ""),
        ("## {#a", " ", ""),
        ("## <a name=", "a", ""),
        ("## <a", " ", "b"),
        ("## [", "![", "]"),
        ("", "[", "]" * 20_000),
        ("<img ", "a", ">"),
        ("<img a", " ", ">"),
        ("", "<img a='", '">'),
        ("::: a", " ", "b"),
    ],
)
def test_a_file_is_read_in_a_time_that_grows_with_its_length(
    before: str, repeated: str, after: str
) -> None:
    assert_linear(
        read_and_convert,
        lambda length: before + repeated * (length // len(repeated)) + after[:length],
        15_000,
    )


def test_a_file_with_more_markup_than_the_hub_reads_is_refused() -> None:
    with pytest.raises(Refused, match="more than 40,000 lines and marks of markup"):
        read("a\n" * MOST_MARKUP)
