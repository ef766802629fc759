"""Text made safe for the dialect of `docs/markdown.md`: nothing in it is read as markup again.

Only what could be markup where it stands gets a backslash, so that the source stays readable.
"""

from __future__ import annotations

import re

from channels.renderers.base import clean

_BLANKS = re.compile(r"[ \t\n\u2028\u2029]+")  # typographic blanks stay what they are
_ACTIVE = re.compile(
    r"[\\`*_\[\]{}|]"
    r"|&(?=[#A-Za-z])"  # an entity
    r"|<(?=[^\s!])|(?<=<)!"  # an address in angle brackets, a comment
    r"|(?<=[A-Za-z]):(?=//)"  # a bare address, which would become a link
)
_LINE_START = re.compile(
    r"(?P<mark>>|\#(?=\#*(?:\s|$))|[-+](?=\s|$)|-(?=-*\s*$)|=(?==*\s*$)|:(?=::|-)|~(?=~~))"
    r"|(?P<before>\d{1,9})(?P<dot>[.)])(?=\s|$)"  # a step
    r"|(?P<label>\[\^\d+\]):"  # a footnote's mark, not its text
)
_TITLE_ACTIVE = re.compile(r'[\\"]')
_BACKTICKS = re.compile("`+")


def one_line(text: str) -> str:
    """Return the text without line breaks and what no format can carry."""
    return _BLANKS.sub(" ", clean(text))


def escape(text: str) -> str:
    """Escape text that flows inside a line."""
    return _ACTIVE.sub(r"\\\g<0>", one_line(text))


def escape_line_start(line: str) -> str:
    """Escape what only the beginning of a line would turn into a list, heading, quote or rule."""
    return _LINE_START.sub(_escaped_start, line, count=1) if _LINE_START.match(line) else line


def quoted_title(title: str) -> str:
    """Return the title of a `:::` part in its quotation marks."""
    return '"' + _TITLE_ACTIVE.sub(r"\\\g<0>", one_line(title)) + '"'


def code_span(text: str) -> str:
    """Return inline code between as many backticks as it does not contain itself."""
    text = one_line(text).strip()
    if not text:
        return ""
    marks = fence_for(text, shortest=1)
    blank = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{marks}{blank}{text}{blank}{marks}"


def fence_for(text: str, *, shortest: int = 3) -> str:
    """Return a run of backticks longer than every run in the text."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    return "`" * max(shortest, longest + 1)


def _escaped_start(found: re.Match[str]) -> str:
    if found["mark"]:
        return f"\\{found['mark']}"
    if found["label"]:
        return f"{found['label']}\\:"
    return f"{found['before']}\\{found['dot']}"
