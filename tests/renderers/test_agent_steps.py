"""Boxes before steps: each step has one, and the words stay those that are stored."""

from __future__ import annotations

from html import escape, unescape

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from channels.envelopes.agent_steps import Step, steps_of, with_boxes
from channels.renderers.html_reading import words_of_html


def boxed(html: str, *ticked: int) -> str:
    return with_boxes(
        html,
        steps_of(html),
        is_ticked=lambda step: step.number in ticked,
        label=lambda step: f'Step "{step.shown}"',
    )


def test_the_items_of_ordered_lists_are_steps_and_others_are_none() -> None:
    html = '<ul><li>a<ol start="3"><li>b</li><li>c</li></ol></li></ul><ol><li>d</li></ol>'
    assert [(step.number, step.shown) for step in steps_of(html)] == [(1, 3), (2, 4), (3, 1)]


def test_a_step_within_a_step_is_one_of_its_own() -> None:
    steps = steps_of("<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>")
    assert [step.shown for step in steps] == [1, 1, 2]


def test_a_step_is_known_by_its_words_wherever_it_moves() -> None:
    before = steps_of('<ol><li>Tap <a href="/a">Add</a>.</li><li>Wait.</li></ol>')
    after = steps_of('<ol><li>Breathe.</li><li>Tap <a href="/b">Add</a>.</li><li>Wait!</li></ol>')
    assert before[0].words == after[1].words
    assert before[1].words != after[2].words


def test_steps_that_say_the_same_are_told_apart() -> None:
    words = [step.words for step in steps_of("<ol><li>Wait.</li><li>Wait.</li></ol>")]
    assert len(set(words)) == 2


def test_a_box_says_what_it_is_and_sends_the_contrary() -> None:
    tree = lxml_html.fragment_fromstring(boxed("<ol><li>a</li><li>b</li></ol>", 2))
    boxes = tree.xpath(".//button[@role='checkbox'][@form='steps']")
    assert [box.get("aria-checked") for box in boxes] == ["false", "true"]
    assert [box.get("value")[-2:] for box in boxes] == [".1", ".0"]
    assert unescape(boxes[0].get("aria-label")) == 'Step "1"'


def listed(tag: str, items: list[str]) -> str:
    return f"<{tag}>" + "".join(f"<li>{item}</li>\n" for item in items) + f"</{tag}>"


ITEMS = st.recursive(
    st.text("ab<>&é中 ", max_size=8).map(escape),
    lambda inner: st.builds(listed, st.sampled_from(["ol", "ul"]), st.lists(inner, max_size=3)),
    max_leaves=8,
)


@given(st.lists(ITEMS, max_size=4))
def test_no_box_says_a_word(items: list[str]) -> None:
    html = "<article>" + "".join(f"<ol><li>{item}</li></ol>" for item in items) + "</article>"
    steps: list[Step] = steps_of(html)
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert words_of_html(boxed(html).encode()) == words_of_html(html.encode())
