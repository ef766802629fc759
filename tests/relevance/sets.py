"""The questions by which the search is measured, and the articles that answer them.

A set is a folder here: `<locale>.tsv` holds its questions, `articles/<locale>/` what they are
about; the demo's articles are those of fixtures. npm's documentation is a set where npm is there.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from tests.relevance import npm

HERE = Path(__file__).resolve().parent
DEMO = "demo"
NPM = "npm"
DEMO_ARTICLES = HERE.parent.parent / "fixtures" / "demo" / "articles"

COLUMNS = ["kind", "reader", "wanted", "question"]
OUT_OF_SCOPE = "none"
KINDS = ("plain", "keywords", "paraphrase", "spoken", "typo", "code", OUT_OF_SCOPE)
READERS = ("public", "agent")
TUNE, REPORT = "tune", "report"


@dataclass(frozen=True, slots=True)
class Question:
    locale: str
    kind: str
    reader: str  # whose audience asks
    wanted: tuple[str, ...]  # `folder/stem` of each article that answers it; any will do
    text: str

    @property
    def half(self) -> str:
        """The half that the search may be tuned on, or the one that is reported. It hangs on the
        words alone, so that a question stays in its half whatever is added around it."""
        return REPORT if hashlib.sha256(self.text.encode()).digest()[0] % 2 else TUNE


@dataclass(frozen=True, slots=True)
class QuestionSet:
    name: str
    articles: Path
    questions: tuple[Question, ...]


def set_names() -> list[str]:
    """Return the names of all sets, whether npm is there or not."""
    return [*sorted({path.parent.name for path in question_files()}), NPM]


def question_files() -> list[Path]:
    return sorted(HERE.glob("*/*.tsv"))


def set_named(name: str) -> QuestionSet | None:
    """Return a set; None for that of npm where npm's documentation is not on this machine."""
    if name == NPM:
        return _of_npm()
    articles = DEMO_ARTICLES if name == DEMO else HERE / name / "articles"
    files = [path for path in question_files() if path.parent.name == name]
    return QuestionSet(name, articles, tuple(asked for path in files for asked in questions(path)))


def questions(path: Path) -> list[Question]:
    """Read a file of questions. Raises ValueError where a line has not all columns, or more."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    if header != COLUMNS:
        raise ValueError(f"{path.name} does not begin with the names of its columns.")
    found = []
    for number, row in enumerate(rows, start=2):
        if len(row) != len(COLUMNS):
            raise ValueError(f"{path.name}, line {number}, has {len(row)} columns.")
        kind, reader, wanted, text = row
        found.append(Question(path.stem, kind, reader, tuple(wanted.split()), text))
    return found


def _of_npm() -> QuestionSet | None:
    folder = npm.documentation()
    if folder is None:
        return None
    asked = tuple(
        Question("en", "description", "public", tuple(pages), description)
        for description, pages in sorted(npm.pages_by_description(folder).items())
    )
    return QuestionSet(NPM, folder, asked)
