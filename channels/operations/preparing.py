"""From a revision to its renderings: expand, cut for each audience, render, compare the words.

Nothing here needs the lock, and nothing is visible yet: bytes are stored by their own hash, and
no entry tells them until an edition is committed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from articles.audiences import rank
from articles.content_checks import missing_images
from articles.document.blocks import Document
from articles.document.canonical import content_digest
from articles.document.errors import DocumentError
from articles.document.expand import audience_levels, expand, for_audience
from articles.document.parse import parse
from articles.document.references import article_links, images
from articles.models import Revision
from articles.problem_messages import problem_lines, translated
from articles.snippet_values import Reading, SnippetValues
from channels.exceptions import ArticleProblem
from channels.models import Blob
from channels.operations.candidate import PreparedEntry, PreparedLink, PreparedRendering
from channels.operations.chunks import chunks
from channels.operations.subjects import Subject
from channels.parity import ParityError, check
from channels.registry import FORMATS
from channels.renderers.base import Context

BATCH = 50  # revisions whose bytes are in memory at a time


class Unpublishable(Exception):
    """A text can't be told; `reasons` are for its editor."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)


def prepare_entries(
    subjects: Sequence[Subject], values: SnippetValues
) -> tuple[list[PreparedEntry], list[ArticleProblem]]:
    """Render all subjects and store their bytes, a batch at a time; collect what is in the way."""
    entries: list[PreparedEntry] = []
    problems: list[ArticleProblem] = []
    for batch in chunks(subjects, BATCH):
        blobs: dict[str, bytes] = {}
        revisions = Revision.objects.in_bulk([subject.revision_id for subject in batch])
        for subject in batch:
            revision = revisions[subject.revision_id]
            try:
                entries.append(prepare_entry(subject, revision, values, blobs))
            except Unpublishable as refusal:
                problems += [
                    ArticleProblem(subject.public_id, subject.locale, revision.title, reason)
                    for reason in refusal.reasons
                ]
        Blob.objects.bulk_create(
            [Blob(sha256=sha256, body=body) for sha256, body in blobs.items()],
            ignore_conflicts=True,
        )
    return entries, problems


def prepare_entry(
    subject: Subject, revision: Revision, values: SnippetValues, blobs: dict[str, bytes]
) -> PreparedEntry:
    """Render one subject's revision for every audience in every format; its bytes go into `blobs`.

    Raises Unpublishable.
    """
    reading, said = Reading(values, subject.locale), subject.said
    document = build_document(subject, revision, reading)
    context = Context(digest=content_digest(document), slug=subject.slug, topic=said.topic)
    renderings: list[PreparedRendering] = []
    for audience in audience_levels(document):
        shown = replace(document, body=for_audience(document.body, audience))
        renderings += _render(shown, rank(audience), context, blobs)
    links = {
        PreparedLink(reference.link.article, max(rank(reference.audience), rank(said.audience)))
        for reference in article_links(document.body)
    }
    return PreparedEntry(
        article_id=subject.article_id,
        public_id=subject.public_id,
        locale=subject.locale,
        revision_id=revision.pk,
        slug=subject.slug,
        title=document.title,
        summary=document.summary,
        questions=document.questions,
        kind=said.kind,
        topic=said.topic,
        audience=said.audience,
        audience_rank=rank(said.audience),
        content_digest=context.digest,
        renderings=tuple(renderings),
        snippets=frozenset(value.snippet_id for value in reading.used.values()),
        links=tuple(sorted(links, key=lambda link: (link.target, link.audience_rank))),
    )


def build_document(subject: Subject, revision: Revision, reading: Reading) -> Document:
    """Parse and expand a revision. Raises Unpublishable with all that its editor must mend."""
    parsed = parse(revision.body, locale=subject.locale)
    reasons = problem_lines(parsed.problems)
    try:
        body = expand(parsed.body, reading.present)
    except DocumentError as error:
        raise Unpublishable([*reasons, translated(str(error))]) from None
    reasons += [problem.message for problem in missing_images({i.source for i in images(body)})]
    if reasons:
        raise Unpublishable(reasons)
    return Document(
        article=subject.public_id,
        locale=subject.locale,
        kind=subject.said.kind,
        audience=subject.said.audience,
        title=revision.title,
        summary=revision.summary,
        questions=tuple(revision.questions),
        body=body,
    )


def _render(
    document: Document, audience_rank: int, context: Context, blobs: dict[str, bytes]
) -> list[PreparedRendering]:
    rendered = {name: format.render(document, context) for name, format in FORMATS.items()}
    try:
        check(document, rendered)
    except ParityError as error:
        raise Unpublishable([str(error)]) from None
    prepared = []
    for name, body in rendered.items():
        sha256 = hashlib.sha256(body).hexdigest()
        blobs[sha256] = body
        prepared.append(
            PreparedRendering(
                format=name,
                audience_rank=audience_rank,
                sha256=sha256,
                media_type=FORMATS[name].media_type,
                renderer_version=FORMATS[name].version,
            )
        )
    return prepared
