"""The inline patterns of our dialect for Python-Markdown, each in linear or in bounded time.

Raw HTML is no pattern, so it stays text. The library's own patterns look for the end of a link,
a code span or a comment from each start; ours stop when an effort that no honest text needs is
spent. For each mark the library copies the paragraph, which `markup_amount.py` bounds.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    BACKTICK_RE,
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    BacktickInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.util import AtomicString

# A key, and the region for which its value is told.
SNIPPET = r"\{\{ *([a-z][a-z0-9]*(?:[._-][a-z0-9]+)*)(?:@([a-z][a-z0-9]*(?:-[a-z0-9]+)*))? *\}\}"
LONGEST_KEY = 80
LONGEST_REGION = 16
_FOOTNOTE = r"\[\^([^\]\[\s\x02\x03]{1,60})\]"
_COMMENT = r"<!--"
_ESCAPED = r"\x02[0-9]+\x03"  # what the escape pattern makes of a backslash and a character
_AUTOLINK = rf"<((?:[A-Za-z][A-Za-z0-9+.-]*://|mailto:|tel:)(?:[^<>\s\x02\x03]|{_ESCAPED})*)>"
_MAIL = r"<([A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)>"
_URL = rf"(?<![A-Za-z0-9])https?://(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]|{_ESCAPED})+"
_BREAK = r"(?:(?<! ) {2,}+|\\)\n"  # from the first of the blanks only, or each would be tried

_BRACKET = re.compile(r"[\[\]]")
_TICKS = re.compile(r"`+")
_Found = tuple[Element | str | None, int | None, int | None]


@dataclass(slots=True)
class Effort:
    """How many steps the patterns may still take on this source."""

    left: int = 0
    spent: bool = False

    def start(self, steps: int) -> None:
        self.left, self.spent = steps, False

    def take(self, steps: int) -> bool:
        """Take `steps`; False when there were not enough of them."""
        self.left -= steps
        self.spent = self.spent or self.left < 0
        return not self.spent


class _Bounded:
    """Finds the end of a link's text in bounded effort; for the library's link patterns."""

    effort: Effort

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:
        depth = 1
        if self.effort.spent or data.find("]", index) < 0:
            return "", index, False
        for bracket in _BRACKET.finditer(data, index):
            if not self.effort.take(1):
                break
            depth += 1 if bracket[0] == "[" else -1
            if depth == 0:
                return data[index : bracket.start()], bracket.end(), True
        return "", index, False

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        if not data.startswith("(", index) or data.find(")", index) < 0:
            return "", None, index, False
        found: tuple[str, str | None, int, bool]
        found = super().getLink(data, index)  # type: ignore[misc]
        self.effort.take((found[2] if found[3] else len(data)) - index)
        # The library takes a title that never ends for one that ends before it begins.
        ends = found[3] and found[2] > index
        return found if ends and not self.effort.spent else ("", None, index, False)


class _Link(_Bounded, LinkInlineProcessor):
    pass


class _Image(_Bounded, ImageInlineProcessor):
    pass


class _Reference(_Bounded, ReferenceInlineProcessor):
    pass


class _ImageReference(_Bounded, ImageReferenceInlineProcessor):
    pass


class _ShortReference(_Bounded, ShortReferenceInlineProcessor):
    pass


class _ShortImageReference(_Bounded, ShortImageReferenceInlineProcessor):
    pass


class _CodeSpan(BacktickInlineProcessor):
    """A code span ends with exactly as many backticks as it began with."""

    effort: Effort

    def find_code_spans(  # type: ignore[override]
        self, start: int, text: str
    ) -> tuple[int, int | None]:
        opening = _TICKS.match(text, start)
        begin = opening.end() if opening else start
        for closing in _TICKS.finditer(text, begin):
            if not self.effort.take(1):
                break
            if len(closing[0]) == begin - start:
                return begin, closing.start()
        return begin, None


class _Comment(InlineProcessor):
    """An HTML comment says nothing."""

    effort: Effort

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]
        end = data.find("-->", m.end()) if not self.effort.spent else -1
        if end < 0:
            self.effort.take(len(data) - m.end())
            return None, m.start(), m.end()
        return "", m.start(), end + 3


class _Snippet(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]
        region = m[2] or ""
        if len(m[1]) > LONGEST_KEY or len(region) > LONGEST_REGION:
            return None, m.start(), m.end()
        node = Element("snippet", key=m[1], region=region)
        node.text = AtomicString(m[0])
        return node, m.start(), m.end()


class _Footnote(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]
        node = Element("footnote", label=m[1])
        node.text = AtomicString(m[0])
        return node, m.start(), m.end()


class _Break(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]
        return Element("br"), m.start(), m.end()


class _Autolink(InlineProcessor):
    """`<https://…>` and `<name@host>`."""

    scheme = ""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]
        return _address(self.scheme + self.unescape(m[1]), m[1]), m.start(), m.end()


class _Mail(_Autolink):
    scheme = "mailto:"


class _Url(InlineProcessor):
    """A bare address in a sentence, without the sentence's punctuation."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]
        url = _without_punctuation(m[0])
        return _address(url, url), m.start(), m.start() + len(url)


def _without_punctuation(url: str) -> str:
    unopened = url.count(")") - url.count("(")
    end = len(url)
    while end and (url[end - 1] in "?!.,:;*_~'#" or (url[end - 1] == ")" and unopened > 0)):
        unopened -= url[end - 1] == ")"
        end -= 1
    return url[:end]


def _address(href: str, text: str) -> Element:
    node = Element("a", href=href)
    node.text = AtomicString(text)
    return node


def use_our_patterns(md: Markdown, effort: Effort) -> None:
    """Replace the inline patterns of `md` by those of our dialect."""
    md.ESCAPED_CHARS = list(string.punctuation)
    patterns = md.inlinePatterns
    for name in ("html", "entity", "automail", "autolink", "linebreak", "em_strong"):
        patterns.deregister(name)
    bounded = (
        (_CodeSpan(BACKTICK_RE), "backtick", 190),
        (_Comment(_COMMENT, md), "comment", 185),
        (_Reference(REFERENCE_RE, md), "reference", 170),
        (_Link(LINK_RE, md), "link", 160),
        (_Image(IMAGE_LINK_RE, md), "image_link", 150),
        (_ImageReference(IMAGE_REFERENCE_RE, md), "image_reference", 140),
        (_ShortReference(REFERENCE_RE, md), "short_reference", 130),
        (_ShortImageReference(IMAGE_REFERENCE_RE, md), "short_image_ref", 125),
    )
    for pattern, name, priority in bounded:
        pattern.effort = effort
        patterns.register(pattern, name, priority)
    patterns.register(_Snippet(SNIPPET, md), "snippet", 176)
    patterns.register(_Footnote(_FOOTNOTE, md), "footnote", 174)
    patterns.register(_Autolink(_AUTOLINK, md), "autolink", 120)
    patterns.register(_Mail(_MAIL, md), "automail", 115)
    patterns.register(_Url(_URL, md), "url", 110)
    patterns.register(_Break(_BREAK, md), "linebreak", 100)
