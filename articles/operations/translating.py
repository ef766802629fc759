"""Bringing translations up to date: saying that one still holds, and drafts by OpenCC."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext

from articles import chinese
from articles.exceptions import InvalidInput, Stale
from articles.locales import locale_choices, locales
from articles.models import Article, ArticleText, Revision, Significance
from articles.operations.audit import operation
from articles.operations.conversions import converted_content
from articles.operations.writing import save_revision
from articles.roles import WRITE, require


@operation()
def still_right(
    *,
    actor: AbstractUser,
    text: ArticleText,
    revision: int,
    source_revision: int,
    now: datetime | None = None,
) -> Revision:
    """Say that `text`, in its newest `revision`, says the same as `source_revision` of its
    article's source: a revision of the same words that names it, to be reviewed as any.

    Raises InvalidInput where there is no such source, or the text names a newer one already; Stale,
    NotAllowed.
    """
    require(actor, WRITE)
    head = _head_of(text.article, text.locale)
    source = _head_of(text.article, text.article.source_locale)
    if head is None or source is None or head.text_id == source.text_id:
        raise InvalidInput(gettext("This text is no translation of another one."))
    named = Revision.objects.filter(text=source.text, number=source_revision).first()
    before = head.translation_of
    if named is None or (
        before and before.text_id == named.text_id and before.number > named.number
    ):
        raise InvalidInput(
            gettext("The source has no newer revision %(number)d.") % {"number": source_revision},
            field="source_revision",
        )
    return save_revision(
        actor=actor,
        article=text.article,
        locale=text.locale,
        title=head.title,
        summary=head.summary,
        questions=head.questions,
        body=head.body,
        based_on=revision,
        significance=Significance.TYPO,
        translation_of=named,
        note=gettext("Still right as of revision %(number)d of the source")
        % {"number": named.number},
        now=now,
    )


@operation()
def convert_chinese(
    *,
    actor: AbstractUser,
    article: Article,
    to: str,
    revision: int,
    based_on: int,
    now: datetime | None = None,
) -> Revision:
    """Make a draft in `to`, zh-hans or zh-hant, out of the article's newest `revision` in the other
    one, on top of the revision `based_on` that `to` has (0: none).

    What the draft stands on stays in the history. A conversion of the very same words makes no new
    revision. Raises InvalidInput where there is nothing to convert, Stale where either text has a
    newer revision, NotAllowed.
    """
    require(actor, WRITE)
    if not can_convert_to(to):
        raise InvalidInput(
            gettext("Nothing can be converted into “%(locale)s”.") % {"locale": to[:20]},
            field="locale",
        )
    other = chinese.OTHER[to]
    found = _head_of(article, other)
    if found is None:
        raise InvalidInput(gettext("There is no text to convert."), field="revision")
    if found.number != revision:
        raise Stale(
            gettext("A newer revision of this text was saved meanwhile."), current=found.number
        )
    return save_revision(
        actor=actor,
        article=article,
        locale=to,
        **asdict(converted_content(found, to=to)),
        based_on=based_on,
        significance=Significance.CONTENT,
        translation_of=_source_behind(found, article, to),
        note=gettext("Converted from revision %(number)d in %(language)s")
        % {"number": found.number, "language": dict(locale_choices())[other]},
        now=now,
    )


def can_convert_to(locale: str) -> bool:
    """Whether this installation has texts that OpenCC can convert into `locale`."""
    return locale in locales() and chinese.OTHER.get(locale) in locales()


def _head_of(article: Article, locale: str) -> Revision | None:
    text = (
        ArticleText.objects.select_related("head__translation_of", "head__text__article")
        .filter(article=article, locale=locale)
        .first()
    )
    return text.head if text else None


def _source_behind(converted: Revision, article: Article, to: str) -> Revision | None:
    """Return the source's revision that the converted text says the same as, where it is known."""
    if to == article.source_locale:
        return None
    if converted.text.locale == article.source_locale:
        return converted
    named = converted.translation_of
    return named if named and named.text.locale == article.source_locale else None
