"""What the document package finds wrong is told in the editor's language: it knows no Django, and
its sentences are known by their form."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils.translation import override

from articles.document.parse import parse
from articles.problem_messages import problem_lines, translated

# These put a sentence of their own into another one.
FRAMES = {"x: x", "text: xx", "snippet “x” x"}


def sentences() -> set[str]:
    """All that the package's source can say to an editor, with an x for what it names."""
    said: set[str] = set()
    for path in sorted((settings.BASE_DIR / "articles/document").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            said.update(_texts(node, path.name))
    return said - FRAMES


def _texts(node: ast.AST, file: str) -> Iterator[str]:
    match node:
        case ast.Assign(targets=[ast.Name(id="message")], value=value):
            yield from _sentence(value)
        case ast.Call(func=ast.Name(id="ExpansionError"), args=[_, value]):
            yield from (f"snippet “x” {text}" for text in _sentence(value))
        case ast.Call(func=ast.Name(id="ValueError"), args=[value]):
            if file in ("facts.py", "opening_hours.py", "regional.py"):
                yield from _sentence(value)
        case ast.Call(func=ast.Attribute(attr="add" | "_problem" | "__init__"), args=arguments):
            for value in arguments:
                yield from _sentence(value)


def _sentence(node: ast.expr) -> Iterator[str]:
    """Yield a text with blanks in it: codes and names have none."""
    match node:
        case ast.Constant(value=str(text)) if " " in text:
            yield text
        case ast.JoinedStr(values=parts):
            text = "".join(str(p.value) if isinstance(p, ast.Constant) else "x" for p in parts)
            if " " in text:
                yield text


@pytest.fixture(params=["zh-hans", "zh-hant"])
def _chinese(request: pytest.FixtureRequest) -> Iterator[None]:
    with override(request.param):
        yield


@pytest.mark.usefixtures("_chinese")
def test_each_sentence_of_the_document_package_has_a_translation() -> None:
    assert len(sentences()) > 45
    assert not {text for text in sentences() if not _is_known(text)}


def _is_known(sentence: str) -> bool:
    """What comes after a field's or a day's name counts: every name can be followed by anything."""
    said, rest = translated(sentence), sentence.partition(": ")[2]
    return said != sentence and (" " not in rest or rest not in said)


def test_a_problem_is_told_with_what_it_names() -> None:
    with override("zh-hans"):
        assert translated("There is no footnote [^note 1].") == "没有脚注 [^note 1]。"
    with override("zh-hant"):
        assert translated("There is no footnote [^note 1].") == "沒有註腳 [^note 1]。"


def test_a_problem_within_a_problem_is_translated_too() -> None:
    message = "zh-hans: text: line 3: This is nested too deeply."
    with override("zh-hans"):
        assert translated(message) == "zh-hans：文字：第 3 行：嵌套层次太深。"


def test_in_english_every_sentence_stays_as_it_is() -> None:
    with override("en"):
        assert {translated(text) for text in sentences()} == sentences()


def test_what_is_not_known_stays_as_it_is() -> None:
    with override("zh-hans"):
        assert translated("Never heard of") == "Never heard of"


def test_the_line_is_named() -> None:
    problems = parse("One[^a].\n", locale="en").problems
    with override("zh-hant"):
        assert problem_lines(problems) == ["第 1 行：沒有註腳 [^a]。"]
