"""What is wrong with a text or a value, in the editor's language.

`articles.document` knows no Django and says it in English; here its sentences are known by form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_noop

if TYPE_CHECKING:
    from articles.document.problems import Problem

# The part of a sentence that is a sentence of its own is called `problem`.
SENTENCES = (
    # Markdown
    gettext_noop("A footnote can't have a footnote."),
    gettext_noop("A footnote can't have a heading."),
    gettext_noop("A footnote can't have a part for one audience."),
    gettext_noop("A link can't lead to “%(address)s”."),
    gettext_noop("A part for the public is no part: everybody reads what stands outside."),
    gettext_noop("A title can't hold a snippet."),
    gettext_noop("Footnote [^%(name)s] is marked nowhere."),
    gettext_noop("Footnote [^%(name)s] is there twice."),
    gettext_noop("The text is longer than %(most)s characters."),
    gettext_noop("There are more than %(most)s lines and marks of markup."),
    gettext_noop("There are too many brackets or backticks without an end."),
    gettext_noop("There is no footnote [^%(name)s]."),
    gettext_noop("There is no heading for “#%(anchor)s”."),
    gettext_noop("There is no part “%(name)s”."),
    gettext_noop("There is nothing in this part."),
    gettext_noop("This ::: closes nothing."),
    gettext_noop("This is nested too deeply."),
    gettext_noop("This link to a file has no words."),
    gettext_noop("This part is never closed by a line of as many colons."),
    gettext_noop("This picture has no alternative text."),
    gettext_noop("This row has %(cells)s cells, the table %(columns)s columns."),
    gettext_noop("With its header in each row, the table has over %(most)s characters."),
    gettext_noop("“%(address)s” is no attached picture (media:<sha256>.png)."),
    # Snippets in a text
    gettext_noop("snippet “%(key)s” has footnotes, which only an article can have"),
    gettext_noop(
        "snippet “%(key)s” has no value for the region %(region)s in the locale %(locale)s"
    ),
    gettext_noop("snippet “%(key)s” has no value for the region %(region)s"),
    gettext_noop("snippet “%(key)s” has no value in the locale %(locale)s"),
    gettext_noop("snippet “%(key)s” has values for regions only"),
    gettext_noop("snippet “%(key)s” is asked for in “%(region)s”, which is no region here"),
    gettext_noop("snippet “%(key)s” is a block and stands inside a sentence"),
    gettext_noop("snippet “%(key)s” is one of more than %(most)s in this article"),
    gettext_noop("snippet “%(key)s” is used through more than %(most)s others"),
    gettext_noop("snippet “%(key)s” leads back to itself: %(loop)s"),
    gettext_noop("there is no snippet “%(key)s”"),
    # Values of snippets
    gettext_noop("%(day)s: %(end)s does not come after %(start)s"),
    gettext_noop("%(day)s: a range goes forward from Monday to Sunday"),
    gettext_noop(
        "%(day)s: hours are written 08:00-20:00, with a break 08:00-12:00, 13:00-18:00, or “closed”"
    ),
    gettext_noop("%(day)s: this day is given twice"),
    gettext_noop("%(day)s: this is no day, no range like mon-fri and not “%(holidays)s”"),
    gettext_noop("%(kind)s: a value is missing"),
    gettext_noop("%(locale)s: this is no locale"),
    gettext_noop("amount: %(currency)s has %(decimals)s decimals"),
    gettext_noop('amount: a number in quotes is needed, like "12.50", and not below 0'),
    gettext_noop("currency: a code like GBP is needed"),
    gettext_noop("date: a date like 2025-07-02 is needed"),
    gettext_noop("date: there is no %(date)s"),
    gettext_noop("hours: an object of days and hours is needed"),
    gettext_noop("hours: at least one day must be given"),
    gettext_noop("kind: there is no “%(kind)s”"),
    gettext_noop("link: url and text are needed, and nothing else"),
    gettext_noop("money: amount and currency are needed, and nothing else"),
    gettext_noop("phone: a number like +448081570101 is needed, without blanks"),
    gettext_noop("phone: the number is too long or too short"),
    gettext_noop("phone: there is no such country code"),
    gettext_noop("regions: a region has no regions of its own"),
    gettext_noop("regions: a value for at least one region is needed"),
    gettext_noop("regions: a value has parts for regions, and one for everywhere"),
    gettext_noop("regions: “%(region)s” is no region"),
    gettext_noop("text: %(locale)s is no locale"),
    gettext_noop("text: %(most)s characters are the most"),
    gettext_noop("text: a snippet can't have footnotes"),
    gettext_noop("text: a text is needed"),
    gettext_noop("text: there is nothing in it"),
    gettext_noop("text: up to %(most)s characters are needed"),
    gettext_noop("url: an address that begins with https:// is needed"),
    gettext_noop("text: line %(line)s: %(problem)s"),
    gettext_noop("text: %(problem)s"),
    gettext_noop("%(locale)s: %(problem)s"),
)

_NAME = re.compile(r"%\\\((\w+)\\\)s")


def _form(sentence: str) -> re.Pattern[str]:
    return re.compile(_NAME.sub(r"(?P<\1>.*?)", re.escape(sentence)), re.DOTALL)


_FORMS = {sentence: _form(sentence) for sentence in SENTENCES}


def translated(message: str) -> str:
    """Return a message of `articles.document` in the active language, as it is if not known."""
    for sentence, form in _FORMS.items():
        if found := form.fullmatch(message):
            parts = found.groupdict()
            if "problem" in parts:
                parts["problem"] = translated(parts["problem"])
            return gettext(sentence) % parts
    return message


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Return the problems of a Markdown source as an editor reads them, one line each."""
    return [
        gettext("Line %(line)d: %(problem)s")
        % {"line": problem.line, "problem": translated(problem.message)}
        if problem.line
        else translated(problem.message)
        for problem in problems
    ]
