"""Fills an installation with what editors have after years: articles in each locale, every text
with its history, its review, its words, its tags, what it uses, and an audit row for each save.

In bulk: operations would take longer than what is measured. What is there once (snippets, a
picture, the first edition, a release) goes through its operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from django.contrib.auth.models import Group, User
from django.db.models import F
from django.utils import timezone
from PIL import Image

from articles.audiences import PUBLIC
from articles.document.snippet_texts import keys_in_text
from articles.exported_form import attachment_names
from articles.full_text.words import index_words
from articles.locales import locales
from articles.models import (
    Article,
    ArticleTag,
    ArticleText,
    AttachmentUse,
    ReviewStep,
    Revision,
    SnippetUse,
    TextWords,
)
from articles.models.article import Kind
from articles.operations.attachments import store_attachment
from articles.operations.audit import operation, record, system_user
from articles.operations.snippets import save_snippet, submit_snippet
from articles.operations.tagging import folded
from articles.operations.writing import newest_changes
from articles.workflow import Action, State
from channels.operations.publishing import publish
from channels.operations.releases import create_release
from tests.bench.content import BODY, CHINESE_BODY
from tests.building import snippet

PERSON, OWNERS = "paula", 20
BATCH = 500  # articles a transaction; a multiple of those below
WAITING = (State.DRAFT, State.IN_REVIEW, State.REJECTED, State.APPROVED)
PRICE = "price.plan-m"
RELEASED = 500  # texts in the release that is planned


@dataclass(frozen=True, slots=True)
class _Desk:
    people: list[User]  # the first one is who looks at the pages
    now: datetime
    picture: str  # the name of an attachment

    def person(self, number: int) -> User:
        return self.people[number % len(self.people)]

    def body(self, text: ArticleText, number: int, about: str) -> str:
        """Of twenty articles, one tells a price and one shows a picture."""
        body = (BODY if text.locale == "en" else CHINESE_BODY).format(number=about)
        match number % 20:
            case 0:
                body += f"\n{{{{ {PRICE} }}}}\n"
            case 1:
                body += f"\n![eSIM](media:{self.picture})\n"
        return body


def fill(articles: int, revisions: int) -> None:
    """Make articles with a text in each locale and that many revisions of each; publish one
    locale, and plan a release of approved texts of the others."""
    person = User.objects.create_user(PERSON, is_staff=True)
    person.groups.set(Group.objects.filter(name__in=["publisher", "administrator"]))
    others = [User.objects.create_user(f"owner-{number}") for number in range(OWNERS)]
    Group.objects.get(name="author").user_set.add(*others)
    price = snippet(PRICE, "money", {"amount": "9.99", "currency": "EUR"})
    drawn = BytesIO()
    Image.new("RGB", (320, 200), "navy").save(drawn, "PNG")
    picture = store_attachment(actor=person, content=drawn.getvalue(), original_name="card.png")
    desk = _Desk([person, *others], timezone.now() - timedelta(days=1), picture.name)
    for start in range(0, articles, BATCH):
        _batch(desk, range(start, min(start + BATCH, articles)), revisions)
    source = Revision.objects.filter(text__locale=locales()[0], text__approved=F("pk"))
    publish(items=[price, *source], actor=system_user())
    waiting = Revision.objects.filter(text__state=State.APPROVED, text__approved=F("pk"))
    planned = waiting.select_related("text__article").order_by("pk")[:RELEASED]
    create_release(actor=person, name="Large", items=planned)
    newer = save_snippet(
        actor=others[0],
        key=PRICE,
        kind="money",
        value={"amount": "10.99", "currency": "EUR"},
        based_on=price.number,
    )
    submit_snippet(actor=others[0], snippet=newer.snippet, revision=newer.number)


@operation()
def _batch(desk: _Desk, numbers: Sequence[int], revisions: int) -> None:
    articles = Article.objects.bulk_create(
        Article(
            public_id=f"desk-{number}",
            kind=Kind.values[number % 3],
            audience=PUBLIC,
            owner=desk.person(number) if number % 10 else None,
            tags=_tags(number),
            review_by=(desk.now + timedelta(days=number % 400 - 20)).date() if number % 4 else None,
        )
        for number in numbers
    )
    ArticleTag.objects.bulk_create(
        ArticleTag(article=article, name=tag, folded=folded(tag))
        for article in articles
        for tag in article.tags
    )
    texts = ArticleText.objects.bulk_create(
        ArticleText(article=article, locale=locale, slug=f"about-{article.public_id}")
        for article in articles
        for locale in locales()
    )
    written: list[Revision] = []
    for number in range(1, revisions + 1):
        written = _revisions(desk, numbers, texts, number, written)
    for place, (text, revision) in enumerate(zip(texts, written, strict=True)):
        text.head = revision
        source = place % len(locales()) == 0
        number = numbers[place // len(locales())]
        text.state = State.APPROVED if source else WAITING[number % len(WAITING)]
        text.approved = revision if text.state == State.APPROVED else None
    ArticleText.objects.bulk_update(texts, ["head", "approved", "state"], batch_size=100)
    _beside(desk, texts)


def _tags(number: int) -> list[str]:
    """Of a hundred articles, fourteen have a tag, and two of them another one."""
    return ["Tariffs", "eSIM"][: (number % 7 == 0) + (number % 49 == 0)]


def _revisions(
    desk: _Desk,
    numbers: Sequence[int],
    texts: Sequence[ArticleText],
    number: int,
    before: Sequence[Revision],
) -> list[Revision]:
    """The next revision of each text. Of ten articles, eight have translations that know the newest
    one of their source, one has them behind, and one has translations that name none."""
    width = len(locales())

    def revision(place: int, known: Revision | None) -> Revision:
        text, last = texts[place], before[place] if before else None
        about = f"{text.article.public_id} {number}"
        return Revision(
            text=text,
            number=number,
            based_on=last,
            author=desk.person(place),
            created_at=desk.now + timedelta(minutes=number),
            title=f"Activate an eSIM, {about}",
            summary="Move your number to the SIM card that is built into your phone.",
            body=desk.body(text, numbers[place // width], about),
            translation_of=known,
            **newest_changes(last, number, "content"),
        )

    def known(place: int) -> Revision | None:
        start = place - place % width
        match numbers[place // width] % 10:
            case 0:
                return None
            case 1:
                return before[start] if before else None
            case _:
                return written[start]

    sources = [revision(place, None) for place in range(0, len(texts), width)]
    Revision.objects.bulk_create(sources)
    written = {place * width: source for place, source in enumerate(sources)}
    written |= {
        place: revision(place, known(place)) for place in range(len(texts)) if place % width
    }
    Revision.objects.bulk_create(row for place, row in written.items() if place % width)
    rows = [written[place] for place in range(len(texts))]
    _said(rows)
    return rows


def _said(rows: Iterable[Revision]) -> None:
    """What each save writes beside its revision."""
    uses = []
    for row in rows:
        uses += [AttachmentUse(name=name, revision=row) for name in attachment_names(row.body)]
        record(
            actor=row.author,
            action="save",
            subject=f"article {row.text.article.public_id}",
            now=row.created_at,
            detail={
                "locale": row.text.locale,
                "revision": row.number,
                "significance": row.significance,
                "note": row.note,
            },
        )
    AttachmentUse.objects.bulk_create(uses)


def _beside(desk: _Desk, texts: Sequence[ArticleText]) -> None:
    """What stands beside the newest revisions: words, uses of snippets, steps of review."""
    words, uses, steps = [], [], []
    for text in texts:
        head = text.head
        assert head is not None
        parts = (head.title, head.summary, *head.questions, head.body)
        words.append(TextWords(text=text, words=index_words(parts)))
        uses += [SnippetUse(text=text, key=key) for key in set(keys_in_text(head.body))]
        done = [Action.SUBMIT] if text.state != State.DRAFT else []
        match text.state:
            case State.APPROVED:
                done.append(Action.APPROVE)
            case State.REJECTED:
                done.append(Action.REJECT)
        steps += [
            ReviewStep(
                revision=head,
                action=action,
                person=desk.person(text.pk + at),
                reason="The price is missing." if action == Action.REJECT else "",
                at=head.created_at,
            )
            for at, action in enumerate(done)
        ]
    TextWords.objects.bulk_create(words)
    SnippetUse.objects.bulk_create(uses)
    ReviewStep.objects.bulk_create(steps)
