"""Making articles and saving their texts: every save is a new revision on a named base."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.audiences import AUDIENCES, NARROWEST
from articles.document.text import clean_line
from articles.exceptions import InvalidInput, Stale
from articles.locales import default_locale
from articles.models import Article, ArticleText, Kind, Revision, Significance, Topic
from articles.operations.addresses import take_slug
from articles.operations.attachments import note_uses
from articles.operations.audit import operation, record
from articles.operations.held_texts import held_text
from articles.operations.products import clean_products
from articles.operations.tagging import clean_tags, keep_tags
from articles.operations.text_words import keep_words
from articles.operations.validation import clean_content, require_locale
from articles.public_ids import is_public_id, new_public_id
from articles.roles import WRITE, require
from articles.snippet_uses import note_snippets
from articles.workflow import Action, step


@operation()
def create_article(
    *,
    actor: AbstractUser,
    kind: str,
    topic: Topic | None = None,
    audience: str = NARROWEST,
    owner: AbstractUser | None = None,
    tags: Sequence[str] = (),
    products: Sequence[str] = (),
    review_by: date | None = None,
    source_locale: str | None = None,
    public_id: str | None = None,
    source: str | None = None,
    now: datetime | None = None,
) -> Article:
    """Make an article without a text. Raises InvalidInput, NotAllowed."""
    require(actor, WRITE)
    source_locale = source_locale or default_locale()
    _check_metadata(kind=kind, audience=audience, source_locale=source_locale)
    if public_id is not None and not is_public_id(public_id):
        raise InvalidInput(
            gettext("“%(id)s” cannot be an article's id.") % {"id": public_id[:40]}, field="id"
        )
    if public_id is not None and Article.objects.filter(public_id=public_id).exists():
        raise InvalidInput(
            gettext("There is an article with the id “%(id)s”.") % {"id": public_id}, field="id"
        )
    article = Article.objects.create(
        public_id=public_id or new_public_id(),
        kind=kind,
        topic=topic,
        audience=audience,
        owner_id=owner.pk if owner else None,
        tags=clean_tags(tags),
        products=clean_products(products),
        review_by=review_by,
        source_locale=source_locale,
        source=source,
    )
    keep_tags(article)
    record(
        actor=actor,
        action="create-article",
        subject=f"article {article.public_id}",
        now=now or timezone.now(),
        detail={"kind": kind, "audience": audience, "topic": topic.slug if topic else ""},
    )
    return article


@operation()
def update_article(
    *,
    actor: AbstractUser,
    article: Article,
    kind: str,
    topic: Topic | None,
    audience: str,
    owner: AbstractUser | None = None,
    tags: Sequence[str] = (),
    products: Sequence[str] | None = None,
    review_by: date | None = None,
    source_locale: str | None = None,
    based_on: int | None,
    now: datetime | None = None,
) -> Article:
    """Change what is said about an article, on top of its version `based_on`. Readers see it with
    the article's next edition.

    Saying what is said already changes nothing; no `source_locale` or `products` leaves it. Raises
    Stale where another change came first, InvalidInput, NotAllowed.
    """
    require(actor, WRITE)
    _check_metadata(
        kind=kind, audience=audience, source_locale=source_locale or article.source_locale
    )
    if based_on is None:
        raise InvalidInput(
            gettext("Say which version of the article this change is based on."), field="based_on"
        )
    held = (
        Article.objects.select_for_update(of=("self",)).select_related("topic").get(pk=article.pk)
    )
    before = _metadata(held)
    held.kind, held.topic, held.audience = kind, topic, audience
    held.owner_id = owner.pk if owner else None
    held.tags, held.review_by = clean_tags(tags, article=held), review_by
    held.source_locale = source_locale or held.source_locale
    if products is not None:
        held.products = clean_products(products)
    if _metadata(held) == before:
        return held
    if based_on != held.version:
        raise Stale(gettext("Another change of this article came first."), current=held.version)
    held.version += 1
    held.save()
    if held.tags != before["tags"]:
        keep_tags(held)
    record(
        actor=actor,
        action="update-article",
        subject=f"article {held.public_id}",
        now=now or timezone.now(),
        detail={"before": before, "after": _metadata(held)},
    )
    return held


@operation()
def save_revision(
    *,
    actor: AbstractUser,
    article: Article,
    locale: str,
    title: str,
    body: str,
    summary: str = "",
    questions: Sequence[str] = (),
    slug: str | None = None,
    based_on: int | None,
    significance: str = Significance.CONTENT,
    translation_of: Revision | None = None,
    note: str = "",
    now: datetime | None = None,
) -> Revision:
    """Save a text as a new revision on top of revision `based_on` (0: there is none yet).

    `translation_of` is the revision of the article's source locale that it now says the same as;
    without one, that of the newest revision stays. Saving what the newest revision already says
    makes no new one. A `slug` other than the present
    one renames the address; without one, a first text gets its address from the title. Raises
    Stale where another revision came first, InvalidInput (also where another text has the
    address), NotAllowed.
    """
    require(actor, WRITE)
    require_locale(locale)
    content = clean_content(title=title, summary=summary, questions=questions, body=body)
    _check_significance(significance)
    now = now or timezone.now()
    if based_on is None:
        raise InvalidInput(gettext("Say which revision this text is based on."), field="based_on")
    text = held_text(article, locale, slug, content.title)
    head = text.head
    current = head.number if head else 0
    if based_on != current:
        raise Stale(gettext("Another revision of this text came first."), current=current)
    if slug and slug != text.slug:
        _rename(actor, text, slug, now)
    source = _source_of(text, head, translation_of)
    if head and content.same_as(head) and source == head.translation_of_id:
        return head
    revision = Revision.objects.create(
        text=text,
        number=current + 1,
        based_on=head,
        author_id=actor.pk,
        created_at=now,
        note=clean_line(note)[:300],
        significance=significance,
        **newest_changes(head, current + 1, significance),
        translation_of_id=source,
        title=content.title,
        summary=content.summary,
        questions=list(content.questions),
        body=content.body,
    )
    note_uses(revision)
    text.head = revision
    text.state = step(text.state, Action.SAVE).state
    text.save(update_fields=["head", "state", "changed_at"])
    keep_words(text, revision)
    note_snippets(text, content.body)
    record(
        actor=actor,
        action="save",
        subject=f"article {article.public_id}",
        now=now,
        detail={
            "locale": locale,
            "revision": revision.number,
            "significance": significance,
            "note": revision.note,
        },
    )
    return revision


def newest_changes(before: Revision | None, number: int, significance: str) -> dict[str, int]:
    """Return the columns of revision `number`, on top of `before`, that say what changed last."""
    follows = significance == Significance.TRANSLATION
    content = significance == Significance.CONTENT or follows
    return {
        "content_number": number if content else before.content_number if before else 0,
        "translation_number": number if follows else before.translation_number if before else 0,
    }


def _source_of(text: ArticleText, head: Revision | None, named: Revision | None) -> int | None:
    """Return the id of the source's revision that the text translates; None in the source locale.

    Raises InvalidInput where `named` is no revision of the article's source.
    """
    if named is None:
        return head.translation_of_id if head else None
    source = named.text
    article = text.article
    if source.article_id != article.pk or source.locale != article.source_locale:
        raise InvalidInput(
            gettext("A translation names a revision of its article's source text."),
            field="translation_of",
        )
    return None if source.pk == text.pk else named.pk


def _check_significance(significance: str) -> None:
    if significance not in Significance.values:
        raise InvalidInput(
            gettext("There is no significance “%(name)s”.") % {"name": significance[:40]},
            field="significance",
        )


def _rename(actor: AbstractUser, text: ArticleText, slug: str, now: datetime) -> None:
    before = text.slug
    take_slug(text=text, slug=slug)
    record(
        actor=actor,
        action="rename",
        subject=f"article {text.article.public_id}",
        now=now,
        detail={"locale": text.locale, "before": before, "after": slug},
    )


def _check_metadata(*, kind: str, audience: str, source_locale: str) -> None:
    require_locale(source_locale)
    if kind not in Kind.values:
        raise InvalidInput(gettext("There is no kind “%(kind)s”.") % {"kind": kind}, field="kind")
    if audience not in AUDIENCES:
        raise InvalidInput(
            gettext("There is no audience “%(audience)s”.") % {"audience": audience},
            field="audience",
        )


def _metadata(article: Article) -> dict[str, object]:
    return {
        "kind": article.kind,
        "topic": article.topic.slug if article.topic else "",
        "audience": article.audience,
        "owner": article.owner_id,
        "tags": article.tags,
        "products": article.products,
        "review_by": article.review_by.isoformat() if article.review_by else None,
        "source_locale": article.source_locale,
    }
