"""What differs between two texts, by lines and by words."""

from __future__ import annotations

from articles.admin.comparisons import MOST_LINES, compare


def _shown(before: str, after: str) -> list[tuple[str, str]]:
    return [
        (line.kind, "".join(f"[{part.text}]" if part.changed else part.text for part in line.parts))
        for line in compare(before, after)
    ]


def test_the_same_text_differs_in_nothing() -> None:
    assert compare("One.\nTwo.", "One.\nTwo.") == []


def test_the_words_that_changed_are_marked_in_both_lines() -> None:
    assert _shown("Keep.\nPress the red key.", "Keep.\nPress the green key.") == [
        ("same", "Keep."),
        ("removed", "Press the [red] key."),
        ("added", "Press the [green] key."),
    ]


def test_chinese_is_compared_character_by_character() -> None:
    assert _shown("打开设置。", "打开设定。") == [
        ("removed", "打开设[置]。"),
        ("added", "打开设[定]。"),
    ]


def test_lines_far_from_any_change_are_left_out() -> None:
    lines = [f"Line {number}." for number in range(30)]

    kinds = [kind for kind, _ in _shown("\n".join(lines), "\n".join([*lines, "New."]))]

    assert kinds == ["skip", "same", "same", "same", "added"]


def test_texts_too_long_to_compare_are_shown_whole() -> None:
    long = "x\n" * (MOST_LINES + 1)

    lines = compare(long, long + "y\n")

    assert {line.kind for line in lines} == {"removed", "added"}
