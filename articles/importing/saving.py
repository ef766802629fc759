"""One page of an import into the hub, in one transaction: all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction

from articles.exceptions import InvalidInput, OperationRefused
from articles.importing.conversion import Converted
from articles.importing.groups import Group
from articles.importing.matching import Match
from articles.importing.notes import PREFIX, import_note, imported_sha256
from articles.importing.options import Options
from articles.importing.pages import Page
from articles.importing.pictures import Pictures
from articles.importing.refused import Refused
from articles.importing.report import Outcome
from articles.importing.topics import topic_named, topic_said
from articles.models import Article, ArticleText, Revision
from articles.operations.addresses import remember_address
from articles.operations.sources import move_source
from articles.operations.validation import clean_content
from articles.operations.writing import create_article, save_revision, update_article
from articles.workflow import State


@dataclass(frozen=True, slots=True)
class Piece:
    """A page with all that is needed to save it."""

    page: Page
    group: Group
    match: Match
    converted: Converted


@dataclass(frozen=True, slots=True)
class Saved:
    revision: Revision
    outcome: Outcome


def save_piece(piece: Piece, *, options: Options, pictures: Pictures) -> Saved:
    """Save one page; in a dry run, take it back again. Raises Refused."""
    try:
        with transaction.atomic():
            saved = _Saving(piece, options, pictures).run()
            if options.dry_run:
                transaction.set_rollback(True)
            return saved
    except InvalidInput as refusal:
        raise Refused(str(refusal), line=piece.page.lines.get(refusal.field)) from None
    except OperationRefused as refusal:
        raise Refused(str(refusal)) from None
    except IntegrityError:
        raise Refused("was written by somebody else at the same time; run it again.") from None


class _Saving:
    def __init__(self, piece: Piece, options: Options, pictures: Pictures) -> None:
        self.page, self.group, self.match = piece.page, piece.group, piece.match
        self.converted = piece.converted
        self.options, self.pictures = options, pictures
        self.actor: AbstractUser = options.actor()

    def run(self) -> Saved:
        article = Article.objects.filter(public_id=self.match.public_id).first()
        text = self._text(article)
        head = text.head if text else None
        renamed = bool(article and self.match.former_source)
        taken = head is None or renamed or self._file_changed(text)
        if text and head and not self.options.overwrite and not self._is_ours(text, head):
            return Saved(head, Outcome.UNCHANGED)
        before = _standing(article, text)
        if article is None:
            article = self._create()
        elif renamed:
            move_source(actor=self.actor, article=article, source=self.match.source)
        if taken or self.options.overwrite:
            self._say_what_files_say(article)
        revision = self._save(article, head, taken or self.options.overwrite)
        text = self._text(article)
        moved = self._remember_addresses(text)
        if head is None:
            return Saved(revision, Outcome.CREATED)
        if renamed:
            return Saved(revision, Outcome.RENAMED)
        changed = revision.pk != head.pk or moved or _standing(article, text) != before
        return Saved(revision, Outcome.CHANGED if changed else Outcome.UNCHANGED)

    def _text(self, article: Article | None) -> ArticleText | None:
        texts = ArticleText.objects.select_related("head__author")
        return texts.filter(article=article, locale=self.page.locale).first() if article else None

    def _file_changed(self, text: ArticleText | None) -> bool:
        last = _last_import(text)
        return last is None or imported_sha256(last.note) != self.page.sha256

    def _is_ours(self, text: ArticleText, head: Revision) -> bool:
        """Whether the file may be taken over the newest revision; False where the hub has a
        later word and the file nothing new. Raises Refused where both have."""
        edited = not imported_sha256(head.note)
        retired = text.state == State.RETIRED
        if not edited and not retired:
            return True
        if not self._file_changed(text) or self._said_before(text):
            return False
        what = f"edited by {head.author}" if edited else "retired"
        raise Refused(f"was {what} in the hub since it was imported; --overwrite takes the file.")

    def _said_before(self, text: ArticleText) -> bool:
        """Whether the page says what the last import said already, in a file that differs."""
        last = _last_import(text)
        content = clean_content(
            title=self.page.title,
            summary=self.page.summary,
            questions=self.page.questions,
            body=self.converted.body,
        )
        return last is not None and content.same_as(last)

    def _create(self) -> Article:
        return create_article(
            actor=self.actor,
            kind=self.options.kind,
            audience=self.options.audience,
            public_id=self.match.public_id,
            source=self.match.source,
        )

    def _say_what_files_say(self, article: Article) -> None:
        """Bring kind, topic, audience and tags to what the files say; keep what they don't."""
        default_topic = self.options.topic if article.topic is None else ""
        name = self.group.topic() or default_topic or topic_said(self.group)
        topic = article.topic
        if name:
            topic = topic_named(
                name,
                actor=self.actor,
                create=self.options.create_topics,
                locales=self.group.pages,
            )
        tags = self.group.tags()
        update_article(
            actor=self.actor,
            article=article,
            kind=self.group.kind() or article.kind,
            topic=topic or article.topic,
            audience=self.group.audience() or article.audience,
            owner=article.owner,
            tags=article.tags if tags is None else tags,
            review_by=article.review_by,
        )

    def _save(self, article: Article, head: Revision | None, rename: bool) -> Revision:
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
            slug=self.page.slug if rename else None,
            based_on=head.number if head else 0,
            note=import_note(sha256=self.page.sha256, path=self.page.path),
        )

    def _remember_addresses(self, text: ArticleText | None) -> bool:
        changed = [
            remember_address(text=text, address=address)
            for address in self.page.addresses
            if text is not None
        ]
        return any(changed)


def _last_import(text: ArticleText | None) -> Revision | None:
    if text is None:
        return None
    imported = Revision.objects.filter(text=text, note__startswith=PREFIX)
    return imported.order_by("-number").first()


def _standing(article: Article | None, text: ArticleText | None) -> tuple[object, ...]:
    """What can change of a text without a new revision."""
    if article is None or text is None:
        return ()
    return (article.kind, article.topic_id, article.audience, article.tags, text.slug)
