"""What a revision says, in the other Chinese: for a draft, and for readers who have no text."""

from __future__ import annotations

from articles import chinese
from articles.models import Revision
from articles.operations.validation import Content, clean_content


def converted_content(revision: Revision, *, to: str) -> Content:
    """Return title, summary, questions and body of `revision` in locale `to`.

    Raises InvalidInput where the conversion is no text that could be saved, as other phrases may
    be longer; KeyError where OpenCC knows nothing of `to`.
    """
    return clean_content(
        title=chinese.convert(revision.title, to=to),
        summary=chinese.convert(revision.summary, to=to),
        questions=[chinese.convert(question, to=to) for question in revision.questions],
        body=chinese.convert_markdown(revision.body, to=to),
    )
