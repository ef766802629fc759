"""From a revision to its renderings: expand, cut for each audience, render, compare the words.

Nothing here needs the lock, and nothing is visible yet: bytes are stored by their own hash, and
no entry tells them until an edition is committed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.audiences import rank
from articles.content_checks import attachment_sizes, missing_attachments
from articles.document.blocks import Document
from articles.document.canonical import content_digest
from articles.document.errors import DocumentError
from articles.document.expand import audience_levels, expand, for_audience
from articles.document.parse import parse
from articles.document.references import article_links, linked_files
from articles.exceptions import InvalidInput
from articles.models import Revision
from articles.operations.conversions import converted_content
from articles.operations.validation import Content
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

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """What a subject was rendered to: the same again, as long as the snippets that it used (key
    to revision id) have the same values."""

    entry: PreparedEntry
    used: Mapping[str, int]


Kept = dict[Subject, KeptEntry]


class Unpublishable(Exception):
    """A text can't be told; `reasons` are for its editor."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)


def prepare_entries(
    subjects: Sequence[Subject],
    values: SnippetValues,
    *,
    kept: Kept | None = None,
    progress: Progress | None = None,
) -> tuple[list[PreparedEntry], list[ArticleProblem]]:
    """Render all subjects and store their bytes, a batch at a time; collect what is in the way.

    What `kept` holds is not rendered again, and what is rendered goes into it once its bytes are
    stored.
    """
    entries: list[PreparedEntry] = []
    problems: list[ArticleProblem] = []
    kept, done = {} if kept is None else kept, 0
    for batch in chunks(subjects, BATCH):
        blobs: dict[str, bytes] = {}
        rendered: Kept = {}
        new = [subject.revision_id for subject in batch if not _still(kept, subject, values)]
        revisions = Revision.objects.in_bulk(new)
        for subject in batch:
            if subject.revision_id in revisions:
                revision = revisions[subject.revision_id]
                try:
                    rendered[subject] = prepare_entry(subject, revision, values, blobs)
                    entries.append(rendered[subject].entry)
                except Unpublishable as refusal:
                    problems += [
                        ArticleProblem.with_text(subject, title=revision.title, message=reason)
                        for reason in refusal.reasons
                    ]
            else:
                entries.append(kept[subject].entry)
            done += 1
            if progress:
                progress(done, len(subjects))
        Blob.objects.bulk_create(
            [Blob(sha256=sha256, body=body) for sha256, body in blobs.items()],
            ignore_conflicts=True,
        )
        kept.update(rendered)
    return entries, problems


def _still(kept: Kept, subject: Subject, values: SnippetValues) -> bool:
    """Whether what is kept of `subject` is what rendering it would make now."""
    if subject not in kept:
        return False
    try:
        return all(
            values.value(key).revision_id == revision_id
            for key, revision_id in kept[subject].used.items()
        )
    except DocumentError:
        return False  # A snippet that has no value any more.


def prepare_entry(
    subject: Subject,
    revision: Revision,
    values: SnippetValues,
    blobs: dict[str, bytes],
    *,
    was_told: bool = False,
) -> KeptEntry:
    """Render one subject's revision for every audience in every format; its bytes go into `blobs`.

    The pictures of what `was_told` are not looked for again. Raises Unpublishable.
    """
    reading, said = Reading(values, subject.locale), subject.said
    document = build_document(subject, _content(subject, revision), reading, was_told=was_told)
    context = context_of(document, subject)
    renderings: list[PreparedRendering] = []
    for audience in audience_levels(document):
        shown = replace(document, body=for_audience(document.body, audience))
        renderings += _render(shown, rank(audience), context, blobs)
    links = {
        PreparedLink(reference.link.article, max(rank(reference.audience), rank(said.audience)))
        for reference in article_links(document.body)
    }
    entry = PreparedEntry(
        article_id=subject.article_id,
        public_id=subject.public_id,
        locale=subject.locale,
        revision_id=subject.revision_id,
        slug=subject.slug,
        title=document.title,
        summary=document.summary,
        questions=document.questions,
        kind=said.kind,
        topic=said.topic,
        audience=said.audience,
        audience_rank=rank(said.audience),
        content_digest=context.digest,
        converted_from=subject.converted_from,
        products=said.products,
        renderings=tuple(renderings),
        snippets=frozenset(value.snippet_id for value in reading.used.values()),
        links=tuple(sorted(links, key=lambda link: (link.target, link.audience_rank))),
    )
    return KeptEntry(entry, {key: value.revision_id for key, value in reading.used.items()})


def context_of(document: Document, subject: Subject) -> Context:
    """Return what renderings of a subject's document say besides it."""
    return Context(
        digest=content_digest(document),
        slug=subject.slug,
        topic=subject.said.topic,
        sizes=attachment_sizes(linked_files(document.body)),
        converted_from=subject.converted_from,
    )


def _content(subject: Subject, revision: Revision) -> Revision | Content:
    """Return what the subject says: its revision's words, or what a conversion makes of them."""
    if not subject.converted_from:
        return revision
    try:
        return converted_content(revision, to=subject.locale)
    except InvalidInput as refusal:
        raise Unpublishable([str(refusal)]) from None


def build_document(
    subject: Subject,
    revision: Revision | Content,
    reading: Reading,
    *,
    was_told: bool = False,
) -> Document:
    """Parse and expand what a revision says, or its conversion. Raises Unpublishable with all that
    its editor must mend."""
    parsed = parse(revision.body, locale=subject.locale)
    reasons = problem_lines(parsed.problems)
    try:
        body = expand(parsed.body, reading.present)
    except DocumentError as error:
        raise Unpublishable([*reasons, translated(str(error))]) from None
    if not was_told:
        reasons += problem_lines(missing_attachments(body, source=revision.body))
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
