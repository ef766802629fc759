"""The rules of `articles.translations` over many articles, in as many statements as over one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from articles.living import living_articles
from articles.locales import locales
from articles.models import Article, ArticleText, Revision
from articles.translations import Mark, Named, Standing, known_to, standing


@dataclass(frozen=True, slots=True)
class Translation:
    """An article in one locale, against its source. `known` is the number of the source's newest
    revision that the translation knows; both texts are without their bodies."""

    locale: str
    standing: Standing
    text: ArticleText | None
    source: ArticleText | None
    known: int | None
    # Where it is missing: the name of the language that readers get a converted text of.
    converted_from: str = ""

    @property
    def lacks_something(self) -> bool:
        return self.standing in (Standing.BEHIND, Standing.MAYBE)


def standings(articles: Iterable[Article]) -> dict[int, dict[str, Translation]]:
    """Return how each article stands in each of the installation's locales: {article id: {locale:
    …}}. Two statements."""
    by_id = {article.pk: article for article in articles}
    texts: dict[int, dict[str, ArticleText]] = defaultdict(dict)
    for text in _texts().filter(article__in=by_id):
        texts[text.article_id][text.locale] = text
    sources = {
        pk: texts[pk][article.source_locale]
        for pk, article in by_id.items()
        if article.source_locale in texts[pk]
    }
    marks: dict[int, list[Mark]] = defaultdict(list)
    rows = Revision.objects.filter(text__in=[text.pk for text in sources.values()])
    columns = ("text_id", "number", "significance", "created_at")
    for text_id, number, significance, created_at in rows.order_by("number").values_list(*columns):
        marks[text_id].append(Mark(number, significance, created_at))
    return {
        pk: {
            locale: _translation(article, locale, texts[pk].get(locale), sources.get(pk), marks)
            for locale in locales()
        }
        for pk, article in by_id.items()
    }


def articles_standing(
    wanted: Collection[Standing], *, locales: Collection[str], owner: int | None = None
) -> QuerySet[Article]:
    """Return the articles that stand so in one of these locales, of those that are not retired;
    with `owner` (an id) of theirs alone, which costs as much less as they own of all."""
    found = Q()
    if Standing.MISSING in wanted:
        for locale in locales:
            found |= Q(~Exists(_written().filter(article=OuterRef("pk"), locale=locale)))
    if lacking := {Standing.BEHIND, Standing.MAYBE}.intersection(wanted):
        texts = _lacking(lacking, locales)
        theirs = texts if owner is None else texts.filter(article__owner=owner)
        found |= Q(pk__in=theirs.values("article"))
    articles = living_articles().filter(found)
    return articles if owner is None else articles.filter(owner=owner)


def _written() -> QuerySet[ArticleText]:
    return ArticleText.objects.filter(head__isnull=False)


def _lacking(wanted: Collection[Standing], locales: Collection[str]) -> QuerySet[ArticleText]:
    """Return the translations that stand so: the same as `articles.translations.standing`, which a
    test compares. The numbers on the source's approved revision say what changed last."""
    translations = _written().filter(locale__in=locales).exclude(locale=F("article__source_locale"))
    of = "head__translation_of"
    approved, known = "article__texts__approved__", F(f"{of}__number")
    lacks = Q(**{f"{approved}content_number__gt": known})
    if Standing.MAYBE not in wanted:
        lacks = Q(**{f"{approved}translation_number__gt": known})
    elif Standing.BEHIND not in wanted:
        lacks &= Q(**{f"{approved}translation_number__lte": known})
    # What names a revision of another text names none of this source.
    names = Q(**{f"{of}__text": F("article__texts")})
    found = names & lacks
    if Standing.BEHIND in wanted:  # without a name, any change counts in full
        later = Revision.objects.filter(
            text__article=OuterRef("article"),
            text__locale=OuterRef("article__source_locale"),
            number=F("text__approved__content_number"),
            created_at__gt=OuterRef("head__created_at"),
        )
        # Whether there is a later one is looked up for those that name none, which are few.
        found |= (Q(**{of: None}) | ~names) & Q(Exists(later))
    # All of it is asked in one pass: each looks up revisions in a table of very many.
    return translations.filter(
        found,
        article__texts__locale=F("article__source_locale"),
        article__texts__approved__isnull=False,
    )


def _texts() -> QuerySet[ArticleText]:
    return (
        _written()
        .select_related("head__translation_of__text", "approved")
        .only(
            "article_id",
            "locale",
            "state",
            "head__title",
            "head__number",
            "head__created_at",
            "head__translation_of__number",
            "head__translation_of__text__locale",
            "approved__number",
        )
    )


def _translation(
    article: Article,
    locale: str,
    text: ArticleText | None,
    source: ArticleText | None,
    marks: dict[int, list[Mark]],
) -> Translation:
    head = text.head if text else None
    if head is None:
        return Translation(locale, Standing.MISSING, None, source, None)
    if locale == article.source_locale or source is None:
        stands = Standing.SOURCE if locale == article.source_locale else Standing.CURRENT
        return Translation(locale, stands, text, source, None)
    of = head.translation_of
    named = Named(of.number if of and of.text_id == source.pk else None, head.created_at)
    approved = source.approved.number if source.approved else None
    known = marks[source.pk]
    return Translation(
        locale,
        standing(named, known, approved=approved),
        text,
        source,
        known_to(named, known, approved=approved),
    )
