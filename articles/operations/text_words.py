"""The words by which the desk finds a text are written with its revision."""

from __future__ import annotations

from articles.full_text.words import index_words
from articles.models import ArticleText, Revision, TextWords


def keep_words(text: ArticleText, revision: Revision) -> None:
    """Have the text found by the words of `revision`. One statement."""
    words = index_words((revision.title, revision.summary, *revision.questions, revision.body))
    TextWords.objects.bulk_create(
        [TextWords(text=text, words=words)],
        update_conflicts=True,
        unique_fields=["text"],
        update_fields=["words"],
    )
