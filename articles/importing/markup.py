"""The links, pictures, snippets and tags in running text, found in linear time and handed to
whoever changes them. Code spans, comments, escapes and addresses stay as they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import Protocol

from markdown import Markdown
from markdown.inlinepatterns import LinkInlineProcessor

from articles.document.inline_patterns import SNIPPET

_DEEPEST = 3  # a picture in a link in a bracket; more is no honest text
_LONGEST_LABEL = 200  # characters of what a definition may be called

_TICKS = re.compile(r"`+")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s@]+@[^<>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_SNIPPET = re.compile(SNIPPET)
# A target may hold brackets in pairs; a title stands in one of three sorts of quotes. What blanks
# took is never given back (`*+`), or many of them would be tried in every split.
_BARE = r"(?!<)(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*"
_TITLE = r"""\"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)"""
_TARGET = re.compile(rf"\(\s*+(?:<([^<>\n]*+)>|({_BARE}))(?:\s++({_TITLE}))?+\s*+\)")
_LOOSE_TARGET = re.compile(r"\(\s*+([^()\n\"'<>]++)\s*+\)")
_TEMPLATE = r"\{\{[^{}\n]*+\}\}|\{%[^{}\n]*+%\}"  # of Hugo or Jekyll
_TEMPLATE_TARGET = re.compile(rf"\(\s*+((?:{_TEMPLATE})[^\s()\"'<>{{}}]*+)\s*+\)")
# The document's parser may look for the end of a link from each start to the end of the text.
_EFFORT = 500_000  # characters
_MARK = re.compile(r"[\\`<\[\]!{]")  # what anything found here begins or ends with
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


class _ParsersLink(LinkInlineProcessor):
    """What the document's parser takes for the target of a link, in text that is no tree yet."""

    def unescape(self, text: str) -> str:
        return text


_PARSERS_LINK = _ParsersLink("", Markdown())


class Changes(Protocol):
    """What becomes of each thing found. `line` counts from 0 in the text that is rewritten."""

    def link(self, words: str, target: str, line: int) -> str | None:
        """Return the Markdown for a link, or None to leave it as it stands."""

    def picture(self, alt: str, source: str, title: str, line: int) -> str | None:
        """Return the Markdown for a picture, or None to leave it as it stands."""

    def snippet(self, key: str, written: str, line: int) -> str:
        """Return the Markdown for `{{ key }}`."""

    def tag(self, written: str, line: int) -> str:
        """Return the Markdown for a raw HTML tag."""


def rewrite(text: str, changes: Changes, references: Mapping[str, str], *, line: int = 0) -> str:
    """Return `text` with what `changes` makes of all that is found in it."""
    return _Rewriting(text, changes, references, line, depth=0).run()


class _Rewriting:
    def __init__(
        self, text: str, changes: Changes, references: Mapping[str, str], line: int, depth: int
    ) -> None:
        self.text, self.changes, self.references = text, changes, references
        self.first_line, self.depth = line, depth
        self.skips, self.closings = _structure(text)
        self.line_ends = [found.start() for found in re.finditer("\n", text)]
        self.out: list[str] = []
        self.last_end, self.effort = text.rfind(")"), _EFFORT

    def run(self) -> str:
        position = 0
        while position < len(self.text):
            position = self._take(position)
        return "".join(self.out)

    def _take(self, position: int) -> int:
        """Put out what begins at `position`; return the position after it."""
        if (end := self.skips.get(position)) is not None:
            return self._keep(position, end)
        char = self.text[position]
        if char == "!" and position + 1 in self.closings:
            return self._bracket(position, position + 1, picture=True)
        if char == "[" and position in self.closings:
            return self._bracket(position, position, picture=False)
        if char == "{" and (found := _SNIPPET.match(self.text, position)):
            return self._put(
                self.changes.snippet(found[1], found[0], self._line(position)), found.end()
            )
        if char == "<" and (found := _TAG.match(self.text, position)):
            return self._put(self.changes.tag(found[0], self._line(position)), found.end())
        return self._keep(position, _next_mark(self.text, position + 1))

    def _bracket(self, start: int, opening: int, *, picture: bool) -> int:
        closing = self.closings[opening]
        inner = self.text[opening + 1 : closing]
        found = self._target(inner, closing)
        if found is None or inner.startswith("^"):
            return self._keep(start, opening + 1)
        target, title, end = found
        line = self._line(start)
        if picture:
            changed = self.changes.picture(unescaped(inner), target, title, line)
        else:
            words = inner
            if self.depth < _DEEPEST:
                words = _Rewriting(inner, self.changes, self.references, line, self.depth + 1).run()
            changed = self.changes.link(words, target, line)
            if changed is None and words != inner:
                changed = f"[{words}](<{target}>)"
        return self._keep(start, end) if changed is None else self._put(changed, end)

    def _target(self, inner: str, closing: int) -> tuple[str, str, int] | None:
        """Return target, title and end of the link whose words end at `closing`."""
        after = closing + 1
        if found := _TEMPLATE_TARGET.match(self.text, after):
            return found[1], "", found.end()
        if found := _TARGET.match(self.text, after):
            target = found[1] if found[1] is not None else found[2] or ""
            return unescaped(target), unescaped((found[3] or "")[1:-1]), found.end()
        if found := _LOOSE_TARGET.match(self.text, after):
            return unescaped(found[1].rstrip()), "", found.end()
        if parsed := self._parsers_target(after):
            return parsed
        label, end = inner, after
        if after in self.closings:
            end = self.closings[after] + 1
            label = self.text[after + 1 : end - 1] or inner
        if len(label) > _LONGEST_LABEL:
            return None
        reference = self.references.get(" ".join(label.lower().split()))
        return (reference, "", end) if reference is not None else None

    def _parsers_target(self, after: int) -> tuple[str, str, int] | None:
        """Return what else the parser reads as a target, such as one with quotes in it."""
        if self.effort <= 0 or after >= self.last_end or self.text[after] != "(":
            return None
        target, title, end, handled = _PARSERS_LINK.getLink(self.text, after)
        # For some brackets in an open quote the library says that the link ends before the text.
        handled = handled and end > after
        self.effort -= (end if handled else len(self.text)) - after
        return (unescaped(target), unescaped(title or ""), end) if handled else None

    def _keep(self, start: int, end: int) -> int:
        return self._put(self.text[start:end], end)

    def _put(self, text: str, end: int) -> int:
        self.out.append(text)
        return end

    def _line(self, position: int) -> int:
        return self.first_line + bisect_left(self.line_ends, position)


def unescaped(text: str) -> str:
    """Return `text` without the backslashes that escape punctuation."""
    return _ESCAPED.sub(r"\1", text)


def _structure(text: str) -> tuple[dict[int, int], dict[int, int]]:
    """Return what to skip (start to end) and which bracket closes which, in one way through."""
    skips: dict[int, int] = {}
    closings: dict[int, int] = {}
    open_brackets: list[int] = []
    ticks = _tick_ends(text)
    last_comment_end = text.rfind("-->")
    position = 0
    while position < len(text):
        end = _skip(text, position, ticks, last_comment_end)
        if end is not None:
            skips[position] = end
            position = end
            continue
        if text[position] == "[":
            open_brackets.append(position)
        elif text[position] == "]" and open_brackets:
            closings[open_brackets.pop()] = position
        position = _next_mark(text, position + 1)
    return skips, closings


def _next_mark(text: str, position: int) -> int:
    found = _MARK.search(text, position)
    return found.start() if found else len(text)


def _skip(text: str, position: int, ticks: Mapping[int, int], last_comment_end: int) -> int | None:
    match text[position]:
        case "\\":
            return position + 2
        case "`":
            return ticks.get(position, position + 1)
        case "<":
            if text.startswith("<!--", position) and position + 4 <= last_comment_end:
                return text.index("-->", position + 4) + 3
            found = _AUTOLINK.match(text, position)
            return found.end() if found else None
    return None


def _tick_ends(text: str) -> dict[int, int]:
    """Return where the code span ends that each run of backticks would begin.

    A run that begins none ends with itself.
    """
    ends: dict[int, int] = {}
    next_of_length: dict[int, int] = {}
    for run in reversed(list(_TICKS.finditer(text))):
        length = len(run[0])
        ends[run.start()] = next_of_length.get(length, run.end())
        next_of_length[length] = run.end()
    return ends
