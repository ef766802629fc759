"""Whatever a rendering loses, adds or changes, parity names the place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.document.blocks import Document
from articles.document.words import document_words
from channels.parity import Difference, ParityError, check, first_difference
from channels.registry import FORMATS
from tests.document.strategies import documents
from tests.renderers.samples import CONTEXT, ESIM

RENDERED = {name: renderer.render(ESIM, CONTEXT) for name, renderer in FORMATS.items()}

FAULTS = {
    "html drops a cell": ("html", "<td>S</td>", ""),
    "html adds a cell": ("html", "<td>S</td>", "<td>S</td><td>L</td>"),
    "html drops a step": ("html", "<li>Open <strong>Settings</strong>.</li>", ""),
    "html counts from two": ("html", "<ol>", '<ol start="2">'),
    "html changes a price": ("html", "£19.99", "19.99"),
    "html forgets to escape": ("html", "&amp;", "& amp;"),
    "html loses what a picture shows": ("html", 'alt="The code on the card"', 'alt=""'),
    "text drops a step number": ("text", "2. Scan", "- Scan"),
    "text drops a header": ("text", "Plan: M; Price: £25", "Plan: M; £25"),
    "text drops a footnote mark": ("text", "£19.99[1]", "£19.99"),
    "text changes a price": ("text", "£25", "£52"),
    "markdown drops a cell": ("markdown", "| M |", "|  |"),
    "markdown glues words": ("markdown", "*not* delete", "*not*delete"),
    "ssml drops a step number": ("ssml", '<sub alias="Step 1">1</sub>', ""),
    "ssml writes what it speaks": (
        "ssml",
        '<sub alias="nineteen pounds ninety-nine">£19.99</sub>',
        "nineteen pounds ninety-nine",
    ),
    "ssml drops a paragraph": ("ssml", "<p>Waive the fee.</p>", ""),
    "document changes a price": ("document", "£25", "£26"),
    "document repeats the title": ("document", '"summary":"', '"summary":"Activate '),
}


def test_a_good_rendering_passes_in_every_format() -> None:
    check(ESIM, RENDERED)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    format, old, new = FAULTS[fault]
    rendered = RENDERED[format].decode()
    assert old in rendered
    with pytest.raises(ParityError) as raised:
        check(ESIM, {**RENDERED, format: rendered.replace(old, new, 1).encode()})
    assert raised.value.format == format


@given(document=documents(), data=st.data())
@settings(max_examples=30)
def test_any_word_that_differs_is_found_where_it_stands(
    document: Document, data: st.DataObject
) -> None:
    changed = ["", *document_words(document)]
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] = "changed-word"
    for renderer in FORMATS.values():
        said = ["", *renderer.words(renderer.render(document, CONTEXT))]
        difference = first_difference(changed, said)
        assert difference is not None
        assert (difference.position, difference.expected) == (place + 1, "changed-word")


def test_the_error_tells_an_editor_what_is_wrong_and_where() -> None:
    wrong = RENDERED["ssml"].replace("£19.99".encode(), b"19.99", 1)
    with pytest.raises(ParityError) as raised:
        check(ESIM, {"ssml": wrong})
    error = raised.value
    assert str(error) == (
        "In format ssml of article k3v9 (en), word 12, after “no tools It costs”,"
        " should be “£” but is “19.99”."
    )
    assert (error.article, error.locale, error.audience) == ("k3v9", "en", "public")
    assert (error.position, error.expected, error.actual) == (12, "£", "19.99")


def test_the_error_tells_what_is_missing_at_the_end() -> None:
    wrong = RENDERED["text"].replace(b"[1] Once only.", b"[1] Once")
    with pytest.raises(ParityError, match="should be “only” but is missing"):
        check(ESIM, {"text": wrong})


def test_the_error_tells_what_is_too_much_at_the_end() -> None:
    with pytest.raises(ParityError, match=r"nothing should follow .+ but there is “More”"):
        check(ESIM, {"text": RENDERED["text"] + b"More\n"})


def test_the_first_format_in_the_registrys_order_is_named() -> None:
    wrong = {"document": RENDERED["html"], "text": b"Nothing", "html": RENDERED["html"]}
    with pytest.raises(ParityError, match="In format text"):
        check(ESIM, wrong)


def test_sequences_that_are_the_same_have_no_difference() -> None:
    assert first_difference(["a", "b"], ["a", "b"]) is None


def test_a_difference_tells_its_place_and_the_words_before_it() -> None:
    assert first_difference(list("abcdefg"), list("abcdefX")) == Difference(
        7, "g", "X", ("c", "d", "e", "f")
    )
    assert first_difference(["a"], []) == Difference(1, "a", None, ())
    assert first_difference([], ["a"]) == Difference(1, None, "a", ())
