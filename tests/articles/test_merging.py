"""Two changes of one text: both stay where they can, and where they can't it is marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.merging import BETWEEN, MOST_LINES, THEIRS, YOURS, has_marks, merge, merge_value

BASE = ["One.", "", "Two.", "", "Three."]
texts = st.lists(st.sampled_from(["One.", "Two.", "", "三。", "Four."]), max_size=12)


def test_changes_of_different_lines_both_stay() -> None:
    merged = merge(
        BASE,
        ["One, better.", "", "Two.", "", "Three."],
        ["One.", "", "Two.", "", "Three.", "", "Four."],
    )

    assert merged.lines == ["One, better.", "", "Two.", "", "Three.", "", "Four."]
    assert merged.conflicts == 0


def test_changes_of_the_same_line_stand_both_between_marks() -> None:
    merged = merge(BASE, ["One.", "", "2.", "", "Three."], ["One.", "", "II.", "", "Three."])

    assert merged.lines == ["One.", "", YOURS, "2.", BETWEEN, "II.", THEIRS, "", "Three."]
    assert merged.conflicts == 1


def test_a_line_taken_out_by_one_and_changed_by_the_other_is_a_conflict() -> None:
    merged = merge(BASE, ["One.", "", "Three."], ["One.", "", "Two, better.", "", "Three."])

    assert merged.conflicts == 1
    assert "Two, better." in merged.lines


def test_the_same_change_by_both_is_made_once() -> None:
    assert merge(BASE, ["Other."], ["Other."]).lines == ["Other."]


def test_two_texts_without_a_common_one_are_one_conflict() -> None:
    assert merge([], ["一。"], ["二。"]).lines == [YOURS, "一。", BETWEEN, "二。", THEIRS]


def test_texts_too_long_to_compare_are_one_conflict_and_lose_nothing() -> None:
    base = [str(n) for n in range(MOST_LINES + 1)]
    merged = merge(base, [*base, "mine"], ["theirs", *base])

    assert merged.conflicts == 1
    assert {"mine", "theirs"} <= set(merged.lines)


def test_a_title_that_both_changed_is_yours_and_said_to_be_undecided() -> None:
    assert merge_value("A", "B", "A") == ("B", False)
    assert merge_value("A", "A", "C") == ("C", False)
    assert merge_value("A", "B", "B") == ("B", False)
    assert merge_value("A", "B", "C") == ("B", True)


def test_marks_are_known_wherever_they_stand_alone_in_a_line() -> None:
    assert has_marks(f"One.\n  {YOURS}\nTwo.")
    assert has_marks(THEIRS)
    assert not has_marks("Write <<<<<<< yours into a line of its own.\n=======")


@given(texts, texts)
def test_who_changed_nothing_gets_the_others_text(base: list[str], changed: list[str]) -> None:
    assert merge(base, base, changed).lines == changed
    assert merge(base, changed, base).lines == changed
    assert merge(base, changed, changed).lines == changed


@given(texts, texts, texts)
def test_no_new_line_is_lost_and_what_is_marked_is_counted(
    base: list[str], yours: list[str], theirs: list[str]
) -> None:
    merged = merge(base, yours, theirs)

    assert set(yours) - set(base) <= set(merged.lines)
    assert set(theirs) - set(base) <= set(merged.lines)
    assert merged.lines.count(YOURS) == merged.lines.count(THEIRS) == merged.conflicts
    assert has_marks(merged.text) == bool(merged.conflicts)


@given(texts, texts, texts)
def test_whoever_merges_finds_as_many_conflicts(
    base: list[str], yours: list[str], theirs: list[str]
) -> None:
    assert merge(base, yours, theirs).conflicts == merge(base, theirs, yours).conflicts
