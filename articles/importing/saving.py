"""One page of an import into the hub, in one transaction: all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError

from articles.exceptions import InvalidInput, OperationRefused
from articles.importing.conversion import Converted
from articles.importing.groups import Group
from articles.importing.matching import Match
from articles.importing.options import Options
from articles.importing.pages import Page
from articles.importing.pictures import Pictures
from articles.importing.refused import Refused
from articles.importing.report import Outcome
from articles.importing.topics import topic_named, topic_said
from articles.models import Article, ArticleText, Revision, Topic
from articles.operations.addresses import remember_address
from articles.operations.audit import operation
from articles.operations.sources import move_source, remember_import
from articles.operations.validation import clean_content
from articles.operations.writing import create_article, save_revision, update_article
from articles.workflow import State


@dataclass(frozen=True, slots=True)
class Piece:
    """A page with all that is needed to save it."""

    page: Page
    group: Group
    match: Match
    slug: str
    converted: Converted
    owner: AbstractUser | None = None  # that the files name, if the hub knows them


@dataclass(frozen=True, slots=True)
class Saved:
    revision: Revision
    outcome: Outcome


def save_piece(piece: Piece, *, options: Options, pictures: Pictures) -> Saved:
    """Save one page, but in a dry run not its pictures. Raises Refused."""
    try:
        with operation():
            return _Saving(piece, options, pictures).run()
    except InvalidInput as refusal:
        raise Refused(str(refusal), line=piece.page.lines.get(refusal.field)) from None
    except OperationRefused as refusal:
        raise Refused(str(refusal)) from None
    except IntegrityError:
        raise Refused("was written by somebody else at the same time; run it again.") from None


class _Saving:
    def __init__(self, piece: Piece, options: Options, pictures: Pictures) -> None:
        self.page, self.group, self.match = piece.page, piece.group, piece.match
        self.slug, self.converted, self.owner = piece.slug, piece.converted, piece.owner
        self.options, self.pictures = options, pictures
        self.actor: AbstractUser = options.actor()

    def run(self) -> Saved:
        """Whatever became of its text, a moved file is the same article. What the file says of the
        article is taken when the file changed, its text unless the hub has a later word."""
        text = self._text()
        head = text.head if text else None
        article = text.article if text else self._article()
        before = _standing(text)
        if article.source != self.match.source:
            move_source(actor=self.actor, article=article, source=self.match.source)
        if self.options.overwrite or self._file_changed(text):
            article = self._say_what_file_says(article)
        if text and head and not self._is_ours(text, head):
            revision, imported, readdressed = head, text.imported, False
        else:
            revision = imported = self._save(article, text)
            readdressed = self._remember_addresses(revision.text)
        now = revision.text
        remember_import(text=now, revision=imported, sha256=self.page.sha256)
        if head is None:
            return Saved(revision, Outcome.CREATED)
        if self.match.former_source:
            return Saved(revision, Outcome.RENAMED)
        changed = revision != head or readdressed or _standing(now) != before
        return Saved(revision, Outcome.CHANGED if changed else Outcome.UNCHANGED)

    def _text(self) -> ArticleText | None:
        texts = ArticleText.objects.select_related("article__topic", "head__author", "imported")
        return texts.filter(
            article__public_id=self.match.public_id, locale=self.page.locale
        ).first()

    def _file_changed(self, text: ArticleText | None) -> bool:
        return text is None or text.imported_sha256 != self.page.sha256

    def _is_ours(self, text: ArticleText, head: Revision) -> bool:
        """Whether the file may be taken over the newest revision; False where the hub has a
        later word and the file nothing new. Raises Refused where both have."""
        edited = text.imported_id != head.pk
        retired = text.state == State.RETIRED
        if self.options.overwrite or not (edited or retired):
            return True
        if not self._file_changed(text) or self._said_before(text):
            return False
        what = f"edited by {head.author}" if edited else "retired"
        raise Refused(f"was {what} in the hub since it was imported; --overwrite takes the file.")

    def _said_before(self, text: ArticleText) -> bool:
        """Whether the page says what the last import said already, in a file that differs."""
        content = clean_content(
            title=self.page.title,
            summary=self.page.summary,
            questions=self.page.questions,
            body=self.converted.body,
        )
        return text.imported is not None and content.same_as(text.imported)

    def _article(self) -> Article:
        """Return the article that has other locales already, or a new one."""
        known = Article.objects.filter(public_id=self.match.public_id).first()
        return known or create_article(
            actor=self.actor,
            kind=self.options.kind,
            audience=self.options.audience,
            public_id=self.match.public_id,
            source=self.match.source,
            source_locale=self.group.source_locale() or self.group.in_order()[0].locale,
        )

    def _say_what_file_says(self, article: Article) -> Article:
        """Bring kind, topic, audience, tags and products to what the file says; keep what it
        doesn't. Where the locales differ, what holds for all of them."""
        page, group = self.page, self.group
        return update_article(
            actor=self.actor,
            article=article,
            kind=(page.kind and group.kind()) or article.kind,
            topic=self._topic(article),
            audience=(page.audience and group.audience()) or article.audience,
            owner=self.owner or article.owner,
            tags=article.tags if page.tags is None else group.tags() or (),
            products=None if page.products is None else group.products(),
            review_by=group.review_by() or article.review_by,
            source_locale=group.source_locale(),
            based_on=article.version,
        )

    def _topic(self, article: Article) -> Topic | None:
        """Return the topic that the file's field names, else the article's own, else another."""
        name = self.page.topic and self.group.topic()
        if not name and article.topic is None:
            name = self.options.topic or topic_said(self.group)
        if not name:
            return article.topic
        create, locales = self.options.create_topics, self.group.pages
        named = topic_named(name, actor=self.actor, create=create, locales=locales)
        return named or article.topic

    def _translated(self, article: Article, text: ArticleText | None) -> Revision | None:
        """Return what the source's file says where this one says something new: files of one run
        say the same. Who left a translation's file as it was has not looked at the source."""
        locale = article.source_locale
        if locale == self.page.locale or locale not in self.group.pages:
            return None
        if text is not None and self._said_before(text):
            return None
        source = ArticleText.objects.select_related("imported__text")
        taken = source.filter(article=article, locale=locale).first()
        return taken.imported if taken else None

    def _save(self, article: Article, text: ArticleText | None) -> Revision:
        head = text.head if text else None
        if not self.options.dry_run:
            for name in self.converted.pictures:
                self.pictures.store(actor=self.actor, name=name)
        return save_revision(
            actor=self.actor,
            article=article,
            locale=self.page.locale,
            title=self.page.title,
            summary=self.page.summary,
            questions=self.page.questions,
            body=self.converted.body,
            slug=self.slug,
            based_on=head.number if head else 0,
            translation_of=self._translated(article, text),
            note=f"Imported from {self.page.path}",
        )

    def _remember_addresses(self, text: ArticleText) -> bool:
        changed = [remember_address(text=text, address=address) for address in self.page.addresses]
        return any(changed)


def _standing(text: ArticleText | None) -> tuple[object, ...]:
    """What can change of a text without a new revision."""
    if text is None:
        return ()
    article = text.article
    said = (article.kind, article.topic_id, article.audience, article.tags, article.products)
    return (*said, text.slug)
