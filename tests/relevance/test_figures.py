"""The bench counts as it says: shares, comparators, and npm's documentation as questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.relevance.answers import BIGRAMS, OURS, WORDS, Answer, figures
from tests.bench.relevance.bm25 import Bm25, bigrams, dictionary_words
from tests.bench.relevance.corpus import Page
from tests.bench.relevance.measured import ALL, BM25, Measured
from tests.bench.relevance.stock_whoosh import StockWhoosh
from tests.relevance import npm

PAGES = [
    Page("support/lost", "Lost card", "My card is gone", "", "Freeze it in the app."),
    Page("support/pin", "Forgotten PIN", "What is my PIN?", "", "The app shows it; 忘记密码。"),
]


def answer(place: int, *, engine: str = OURS, kind: str = "plain", half: str = "tune") -> Answer:
    """An answer of ten hits; 0 is no place."""
    return Answer(
        engine=engine,
        locale="en",
        kind=kind,
        half=half,
        question=f"{kind} {half}",
        wanted=("support/pin",),
        found=(),
        hits=10,
        place=place,
        fits=True,
        ms=1.0,
        cpu_ms=1.0,
    )


def test_recall_counts_what_is_near_enough_and_mrr_how_near() -> None:
    found = figures([answer(1), answer(2), answer(10), answer(0)])
    assert [found[name] for name in ("n", "@1", "@3", "@10")] == [4, 0.25, 0.5, 0.75]
    assert found["MRR"] == pytest.approx((1 + 1 / 2 + 1 / 10) / 4)


def test_the_better_cut_of_chinese_is_what_the_search_is_compared_with() -> None:
    measured = Measured("tune")
    measured.take("bank", [answer(2), answer(3, engine=WORDS), answer(1, engine=BIGRAMS)])
    assert measured.cuts == {"bank/en": BIGRAMS}
    assert measured.lines_below(BM25) == ["bank/en, plain", f"bank/en, {ALL}"]


def test_questions_out_of_scope_count_in_no_recall() -> None:
    measured = Measured("tune")
    measured.take("bank", [answer(1), answer(0, kind="none")])
    assert measured.figures["bank/en"][ALL][OURS]["n"] == 1


def test_no_place_is_kept_of_the_half_that_is_reported() -> None:
    measured = Measured("all")
    measured.take("bank", [answer(1), answer(2, half="report")])
    assert measured.places == {"bank/en": {"plain tune": 1}}


def test_the_comparators_find_by_words() -> None:
    assert Bm25(PAGES, dictionary_words).ranked("my card", 10) == ["support/lost", "support/pin"]
    assert Bm25(PAGES, bigrams).ranked("密码", 10) == ["support/pin"]
    whoosh = StockWhoosh(PAGES)
    assert whoosh.ranked_by_all("freezing watches", 10) == []
    assert whoosh.ranked_by_any("freezing watches", 10) == ["support/lost"]


def test_a_description_that_pages_share_is_one_question(tmp_path: Path) -> None:
    for name in ("npx", "npm-exec"):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\ndescription: Run it\n---\nBody")
    assert npm.pages_by_description(tmp_path) == {"Run it": ["npm-exec", "npx"]}


def test_what_is_asked_is_not_in_the_pages_that_are_brought_in(tmp_path: Path) -> None:
    folder, target = tmp_path / "npm", tmp_path / "copy"
    folder.mkdir()
    (folder / "npx.md").write_text("---\ntitle: npx\ndescription: Run it\n---\nBody")
    npm.copy_without_descriptions(folder, target)
    assert (target / "npx.md").read_text() == "---\ntitle: npx\n---\nBody"
