"""Whatever a text says, each format writes and reads it in a time that grows with its length."""

from __future__ import annotations

import pytest

from articles.document.blocks import Body, Document, Heading, Paragraph, Text
from channels.registry import FORMATS
from channels.renderers.base import Context
from tests.linear_time import assert_linear


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "repeated",
    ["#", "-", "`", "\\", "<", "<https://", "[", "1. ", " ", "&", ":", "a\u0301", "\u0301"],
)
def test_a_format_takes_a_time_that_grows_with_the_length(format: str, repeated: str) -> None:
    renderer = FORMATS[format]

    def write_and_read(text: str) -> None:
        children = (Text(text + " a"),)
        body = Body((Heading(2, "a", children), Paragraph(children)))
        document = Document("k3v9", "en", "support", "public", "Title", "", (), body)
        renderer.words(renderer.render(document, Context("0" * 64, "title")))

    assert_linear(write_and_read, lambda length: repeated * (length // len(repeated)), 16_000)
