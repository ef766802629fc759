"""Which translations of a release's articles are missing, or behind their source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext

from articles.locales import locale_choices, locale_conversions
from articles.models import Article, Revision, Significance
from channels.models import Entry
from channels.operations.chunks import chunks
from channels.operations.items import Wanted

# (article id, locale) -> the revision that readers would get.
Texts = dict[tuple[int, str], Revision]


def translation_warnings(wanted: Wanted) -> list[str]:
    """Return a line for each article of `wanted` that would lack a language or tell one that is
    behind: whose source has a newer revision, told with it, that must be translated again.

    Four statements for some hundreds of texts."""
    lines: list[str] = []
    for ids in chunks(sorted(wanted.revisions.values())):
        texts = _texts_with(ids)
        articles = Article.objects.in_bulk({article for article, _ in texts})
        must = _must_be_translated(texts, articles)
        by_article: dict[int, dict[str, Revision]] = defaultdict(dict)
        for (article_id, locale), revision in texts.items():
            by_article[article_id][locale] = revision
        for article_id, told in by_article.items():
            lines += _lines(articles[article_id], told, must)
    return list(dict.fromkeys(lines))


def _texts_with(revision_ids: Iterable[int]) -> Texts:
    """Return what readers would get of the articles of these revisions."""
    rows = Revision.objects.select_related("text", "translation_of").defer(
        "body", "summary", "questions", "translation_of__body", "translation_of__summary"
    )
    chosen: Texts = {
        (revision.text.article_id, revision.text.locale): revision
        for revision in rows.filter(pk__in=revision_ids).order_by("pk")
    }
    live = Entry.objects.live().filter(article__in={article for article, _ in chosen})
    texts: Texts = {
        (revision.text.article_id, revision.text.locale): revision
        for revision in rows.filter(pk__in=live.values("revision"))
    }
    return texts | chosen


def _must_be_translated(texts: Texts, articles: dict[int, Article]) -> dict[int, list[int]]:
    """Return the numbers of such revisions, by the id of their text, for all source texts."""
    sources = {
        revision.text_id
        for (article, locale), revision in texts.items()
        if locale == articles[article].source_locale
    }
    numbers: dict[int, list[int]] = defaultdict(list)
    rows = Revision.objects.filter(text__in=sources, significance=Significance.TRANSLATION)
    for text_id, number in rows.values_list("text_id", "number"):
        numbers[text_id].append(number)
    return numbers


def _lines(
    article: Article, told: dict[str, Revision], must: dict[int, list[int]]
) -> Iterator[str]:
    source = told.get(article.source_locale)
    title = (source or next(iter(told.values()))).title
    conversions = locale_conversions()  # Nothing is missing where readers get a converted text.
    missing = [
        name
        for locale, name in locale_choices()
        if locale not in told and conversions.get(locale) not in told
    ]
    if missing:
        message = gettext("“%(title)s” has no text in %(locales)s.")
        yield message % {"title": title, "locales": ", ".join(missing)}
    names = dict(locale_choices())
    for locale, revision in told.items():
        translated = revision.translation_of
        if source is None or translated is None or translated.text_id != source.text_id:
            continue
        newer = (n for n in must[source.text_id] if translated.number < n <= source.number)
        if any(newer):
            message = gettext(
                "“%(title)s” in %(locale)s is behind: it says what revision %(old)d said, and the "
                "source is at %(new)d."
            )
            yield message % {
                "title": title,
                "locale": names.get(locale, locale),
                "old": translated.number,
                "new": source.number,
            }
