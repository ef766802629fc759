"""The texts that a publish tells anew: those that are wanted, and those that go along.

Whatever is told anew says what is said of its article now (kind, topic, audience, products): a text
that was narrowed to agents never stays public in another locale, or because a price brought it
along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext

from articles.exceptions import InvalidInput
from articles.models import Article, ArticleText
from channels.models import EntrySnippet
from channels.operations.candidate import LiveEntry
from channels.operations.chunks import chunks
from channels.operations.items import Wanted


class Said(NamedTuple):
    """What editors say of an article, whatever its texts."""

    kind: str
    topic: str
    audience: str
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A revision to be told, and what is said of its article when it is."""

    revision_id: int
    text_id: int
    article_id: int
    public_id: str
    locale: str
    slug: str
    renames: bool  # whether `slug` is the editors' present one, not just the one that is live
    said: Said
    # Of a conversion: the locale that `revision_id` is written in, and what converts it, so that
    # what another dictionary made is not taken for it.
    converted_from: str = ""
    converter: str = ""

    def still_said(self, article: Article) -> bool:
        """Whether editors still say of the article what was said when the text was prepared."""
        return self.said == _said_of(article)

    def still_holds(self, text: ArticleText, article: Article) -> bool:
        """The same, and whether the text's address is still the one that it is to get."""
        return self.still_said(article) and (not self.renames or self.slug == text.slug)


def wanted_texts(wanted: Wanted) -> Iterator[Subject]:
    """Yield each text that is to be published. Raises InvalidInput where it is retired as well."""
    for ids in chunks(sorted(wanted.revisions)):
        texts = ArticleText.objects.select_related("article__topic").filter(pk__in=ids)
        for text in texts.order_by("pk"):
            if text.article_id in wanted.retired:
                message = gettext("%(text)s is to be published and retired at once.")
                raise InvalidInput(message % {"text": text})
            yield subject_of(text, wanted.revisions[text.pk])


def subject_of(text: ArticleText, revision_id: int) -> Subject:
    """Return a revision of `text` as it would be told now."""
    return Subject(
        revision_id=revision_id,
        text_id=text.pk,
        article_id=text.article_id,
        public_id=text.article.public_id,
        locale=text.locale,
        slug=text.slug,
        renames=True,
        said=_said_of(text.article),
    )


def users_of(snippets: Iterable[int]) -> dict[int, int]:
    """Return entry id -> article id of what is live and uses one of the snippets."""
    users: dict[int, int] = {}
    for ids in chunks(sorted(snippets)):
        rows = EntrySnippet.objects.filter(snippet_id__in=ids, entry__until_edition=None)
        users.update(rows.values_list("entry_id", "entry__article_id"))
    return users


def going_along(
    live: Iterable[LiveEntry],
    *,
    wanted: Wanted,
    users: Mapping[int, int],
    texts: Iterable[Subject],
) -> Iterator[Subject]:
    """Yield those of the `live` entries that must be told anew beside the wanted `texts`: the
    `users` of a changed snippet, and those of whose article something else is said by now.

    Conversions follow what they are made from (`conversions.py`).
    """
    own = [
        entry
        for entry in live
        if not entry.converted_from
        and entry.article_id not in wanted.retired
        and entry.text_id not in wanted.revisions
    ]
    said = {text.article_id: text.said for text in texts}
    said |= _said_of_articles({entry.article_id for entry in own} - said.keys())
    for entry in own:
        now = said[entry.article_id]
        if entry.id in users or now != said_live(entry):
            yield again(entry, now)


def again(entry: LiveEntry, said: Said) -> Subject:
    """Return what is live as it would be told once more."""
    return Subject(
        revision_id=entry.revision_id,
        text_id=entry.text_id,
        article_id=entry.article_id,
        public_id=entry.public_id,
        locale=entry.locale,
        slug=entry.slug,
        renames=False,
        said=said,
    )


def said_live(entry: LiveEntry) -> Said:
    """Return what readers are told of the entry's article."""
    return Said(entry.kind, entry.topic, entry.audience, tuple(entry.products))


def _said_of(article: Article) -> Said:
    topic = article.topic.slug if article.topic else ""
    return Said(article.kind, topic, article.audience, tuple(article.products))


def _said_of_articles(ids: Iterable[int]) -> dict[int, Said]:
    said: dict[int, Said] = {}
    for some in chunks(sorted(ids)):
        rows = Article.objects.filter(pk__in=some)
        columns = ("pk", "kind", "topic__slug", "audience", "products")
        for pk, kind, topic, audience, products in rows.values_list(*columns):
            said[pk] = Said(kind, topic or "", audience, tuple(products))
    return said
