"""Front matter: plain values, named lines, and nothing that could do harm."""

from __future__ import annotations

import pytest

from articles.importing.front_matter import split
from articles.importing.refused import Refused


def refusal(text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        split(text)
    return caught.value


def test_values_are_texts_as_they_are_written() -> None:
    matter, body = split("---\ntitle: 1.10\ndraft: yes\nDescription: ~\n---\nBody\n")
    assert matter.text("title") == "1.10"
    assert matter.text("draft") == "yes"
    assert matter.text("description") == ""
    assert body == "Body\n"
    assert matter.body_line == 6


def test_a_field_knows_its_line() -> None:
    matter, _ = split("---\n# a comment\ntitle: A\ntags:\n  - x\naudience: public\n---\n")
    assert matter.line("title") == 3
    assert matter.line("audience") == 6
    assert matter.line("slug") is None


def test_a_list_may_be_written_as_one_text() -> None:
    matter, _ = split("---\ntags: a, b, a\naliases: /one\nkeywords: [c, d]\n---\n")
    assert matter.list("tags", separator=",") == ("a", "b")
    assert matter.list("aliases") == ("/one",)
    assert matter.list("keywords") == ("c", "d")


def test_a_file_without_front_matter_is_all_body() -> None:
    matter, body = split("# Title\n\n---\nWords\n")
    assert not matter.values
    assert body.startswith("# Title")
    assert matter.body_line == 1


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("---\ntitle: A\nsummary: [x\n---\n", 3, "broken YAML"),
        ("---\ntitle: A\ntitle\n: x: y\n---\n", 4, "broken YAML"),
        ("---\ntitle: A\nWords\n", 1, "never ends"),
        ("+++\ntitle = 'A'\n+++\n", 1, "TOML"),
        ("---\n- a\n- b\n---\n", 2, "name: value"),
        ("---\na: &x [1]\nb: *x\n---\n", 3, "aliases"),
        ("---\na: 1\nb: !!python/object/apply:os.system [x]\n---\n", 3, "tags"),
        ("---\na: " + "[" * 30 + "]" * 30 + "\n---\n", 2, "nested too deeply"),
        ("---\na: " + "x" * 70_000 + "\n---\n", 1, "64 KB"),
        ("---\n? [a, b]\n: c\n---\n", 2, "broken YAML"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str, line: int, reason: str) -> None:
    found = refusal(text)
    assert reason in found.reason
    assert found.line == line


def test_of_aliases_that_multiply_not_even_the_first_is_followed() -> None:
    levels = "\n".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    found = refusal(f"---\na: &a [x]\n{levels}\n---\n")
    assert "aliases" in found.reason
    assert found.line == 3


@pytest.mark.parametrize("value", ["[a, b]", "{a: b}"])
def test_a_title_that_is_no_text_is_refused(value: str) -> None:
    matter, _ = split(f"---\nsection: 1\ntitle: {value}\n---\n")
    with pytest.raises(Refused, match="title") as caught:
        matter.text("title")
    assert caught.value.line == 3
