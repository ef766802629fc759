"""JSON: the whole document, its address and its digest, in a fixed order."""

from __future__ import annotations

import json

import pytest

from articles.document.canonical import to_json
from channels.renderers.base import Context
from channels.renderers.document import DocumentRenderer
from tests.renderers.samples import CONTEXT, ESIM


def test_the_fields_have_a_fixed_order() -> None:
    served = json.loads(DocumentRenderer().render(ESIM, CONTEXT))
    assert list(served) == [
        *("id", "locale", "kind", "audience", "slug", "topic", "digest", "url"),
        *("title", "summary", "questions", "body"),
    ]


def test_an_article_says_where_it_stands_and_what_it_holds() -> None:
    served = json.loads(DocumentRenderer().render(ESIM, Context("ab", "e-sim", "devices")))
    assert served["id"] == "k3v9"
    assert (served["slug"], served["topic"], served["digest"]) == ("e-sim", "devices", "ab")
    assert served["url"] == "/en/articles/e-sim/"
    assert served["questions"] == ["How do I get my eSIM?"]
    assert served["body"] == to_json(ESIM)["body"]


def test_letters_are_written_as_themselves() -> None:
    assert "£19.99".encode() in DocumentRenderer().render(ESIM, CONTEXT)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b'{"id": "x"}', b"\xff"])
def test_json_that_is_no_document_has_no_words(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        DocumentRenderer().words(body)
