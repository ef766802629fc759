"""Fills an installation with published articles in three locales, an edition for each thousand.

What an edition needs is made in bulk and committed as publishing does; only the format that the
index is made of is rendered, because the others would take hours.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils import timezone

from articles.audiences import PUBLIC, rank
from articles.document.blocks import AudienceBlock, Block, Body, Document, Heading, Paragraph, Text
from articles.document.canonical import content_digest
from articles.models import Article, ArticleText, Revision
from articles.models.article import Kind
from articles.operations.audit import operation, system_user
from articles.workflow import State
from channels.models import Blob, Edition
from channels.operations.candidate import Candidate, PreparedEntry, PreparedRendering
from channels.operations.committing import commit, hold_pointer
from channels.renderers.base import Context
from channels.renderers.document import DocumentRenderer
from tests.bench.search_words import CHINESE, CONVERTED, ENGLISH, Written, written

BATCH = 1_000
TOPICS = 40
FOR_AGENTS = 10  # one of so many articles has a part for agents, and thus two texts a locale
RENDERER = DocumentRenderer()


def fill(articles: int) -> None:
    """Publish articles 0 to `articles`."""
    for start in range(0, articles, BATCH):
        _edition(range(start, min(start + BATCH, articles)))
        print(f"{start + BATCH} articles", file=sys.stderr, flush=True)


@operation(durable=True)
def _edition(numbers: Sequence[int]) -> None:
    candidate = Candidate(base=hold_pointer())
    blobs: dict[str, bytes] = {}
    for locale, revisions in _revisions(numbers).items():
        for number, revision in zip(numbers, revisions, strict=True):
            candidate.entries.append(_entry(number, locale, revision, blobs))
            if locale == CHINESE:
                candidate.entries.append(_entry(number, CONVERTED, revision, blobs))
    Blob.objects.bulk_create(Blob(sha256=sha256, body=body) for sha256, body in blobs.items())
    commit(
        candidate,
        cause=Edition.Cause.PUBLISH,
        actor=system_user(),
        note="",
        now=timezone.now(),
    )


def _revisions(numbers: Sequence[int]) -> dict[str, list[Revision]]:
    """Store what is written by people: the words of the entries are made of their numbers."""
    author, now = system_user(), timezone.now()
    articles = Article.objects.bulk_create(
        Article(public_id=f"a-{number}", kind=_kind(number), audience=PUBLIC) for number in numbers
    )
    made = {}
    for locale in (ENGLISH, CHINESE):
        texts = ArticleText.objects.bulk_create(
            ArticleText(
                article=article, locale=locale, slug=article.public_id, state=State.APPROVED
            )
            for article in articles
        )
        made[locale] = Revision.objects.bulk_create(
            Revision(
                text=text, number=1, content_number=1, author=author, created_at=now, title="…"
            )
            for text in texts
        )
    return made


def _entry(number: int, locale: str, revision: Revision, blobs: dict[str, bytes]) -> PreparedEntry:
    told, slug, topic = written(number, locale), f"a-{number}", f"topic-{number % TOPICS}"
    converted_from = CHINESE if locale == CONVERTED else ""
    document = Document(
        article=f"a-{number}",
        locale=locale,
        kind=_kind(number),
        audience=PUBLIC,
        title=told.title,
        summary=told.summary,
        questions=told.questions,
        body=Body(tuple(_blocks(told))),
    )
    digest = content_digest(document)
    context = Context(digest=digest, slug=slug, topic=topic, converted_from=converted_from)
    renderings = [_rendering(document, context, 0, blobs)]
    if number % FOR_AGENTS == 0:
        note = Paragraph((Text(f"{told.topical[-1]} {told.topical[-2]}"),))
        part = AudienceBlock("agent", "For agents", (note,))
        blocks = (*document.body.blocks, part)
        whole = replace(document, body=replace(document.body, blocks=blocks))
        renderings.append(_rendering(whole, context, rank("agent"), blobs))
    return PreparedEntry(
        article_id=revision.text.article_id,
        revision_id=revision.pk,
        public_id=document.article,
        locale=locale,
        slug=slug,
        title=told.title,
        summary=told.summary,
        questions=told.questions,
        kind=document.kind,
        topic=topic,
        audience=PUBLIC,
        audience_rank=0,
        content_digest=digest,
        converted_from=converted_from,
        products=(),
        renderings=tuple(renderings),
    )


def _blocks(told: Written) -> Iterator[Block]:
    for number, (heading, text) in enumerate(told.sections):
        if number:
            yield Heading(2, f"s-{number}", (Text(heading),))
        yield Paragraph((Text(text),))


def _rendering(
    document: Document, context: Context, audience_rank: int, blobs: dict[str, bytes]
) -> PreparedRendering:
    body = RENDERER.render(document, context)
    sha256 = hashlib.sha256(body).hexdigest()
    blobs[sha256] = body
    return PreparedRendering(
        format=RENDERER.format,
        audience_rank=audience_rank,
        sha256=sha256,
        media_type=RENDERER.media_type,
        renderer_version=RENDERER.version,
    )


def _kind(number: int) -> str:
    return str(Kind.values[number % 3])


def main(arguments: list[str]) -> None:
    fill(int(arguments[0]))
    print(json.dumps({"articles": int(arguments[0])}))
