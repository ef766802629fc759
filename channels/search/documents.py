"""What the index is told about an entry: a document for each group of readers who get the same
words, made of the stored rendering, so that nobody can find a word that is not told to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from articles.audiences import AUDIENCES
from articles.document.blocks import Block, Body, Heading, Steps
from articles.document.words import read_blocks, read_footnote, read_inlines
from channels.models import Entry, Rendering
from channels.renderers.document import document_of
from channels.search.engine import Document, Section

BATCH = 100  # entries whose text is in memory at a time


class Classified(Protocol):
    """What hits are counted and narrowed by."""

    @property
    def kind(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def audience(self) -> str: ...
    @property
    def products(self) -> Sequence[str]: ...


class Told(Classified, Protocol):
    """What an entry says beside its renderings, published or prepared."""

    @property
    def public_id(self) -> str: ...
    @property
    def locale(self) -> str: ...
    @property
    def audience_rank(self) -> int: ...
    @property
    def content_digest(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def questions(self) -> Sequence[str]: ...


def documents_of(entry_ids: Sequence[int]) -> Iterator[Document]:
    """Yield the documents of these entries. Two statements for each BATCH of them."""
    for start in range(0, len(entry_ids), BATCH):
        ids = entry_ids[start : start + BATCH]
        bodies: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
        stored = Rendering.objects.filter(entry__in=ids, format="document")
        rows = stored.order_by("audience_rank")
        for entry_id, rank, body in rows.values_list("entry_id", "audience_rank", "blob__body"):
            bodies[entry_id].append((rank, bytes(body)))
        for entry in Entry.objects.filter(pk__in=ids).order_by("pk"):
            yield from documents_of_text(entry.pk, entry, bodies[entry.pk])


def documents_of_text(
    number: int, entry: Told, bodies: Sequence[tuple[int, bytes]]
) -> Iterator[Document]:
    """Yield a document for each rendering (rank, `document` format) of a text, which need not be
    published: it is for its rank and above, up to the next one's."""
    ends = [rank for rank, _ in bodies[1:]] + [len(AUDIENCES)]
    for (rank, body), end in zip(bodies, ends, strict=True):
        ranks = tuple(range(max(rank, entry.audience_rank), end))
        if not ranks:
            continue
        yield Document(
            entry=number,
            public_id=entry.public_id,
            digest=entry.content_digest,
            locale=entry.locale,
            ranks=ranks,
            title=entry.title,
            questions=tuple(entry.questions),
            summary=entry.summary,
            sections=tuple(sections_of(document_of(body).body)),
            facets=facets_of(entry),
        )


def facets_of(entry: Classified) -> dict[str, tuple[str, ...]]:
    """Return by what hits are counted and narrowed."""
    return {
        "kind": (entry.kind,),
        "topic": (entry.topic,) if entry.topic else (),
        "product": tuple(entry.products),
        "audience": (entry.audience,),
    }


def sections_of(body: Body) -> Iterator[Section]:
    """Yield what stands above the first heading, then each heading with what stands under it."""
    anchor, heading = "", ""
    blocks: list[Block] = []
    for block in body.blocks:
        if isinstance(block, Heading):
            yield from _section(anchor, heading, _lines(blocks))
            anchor, heading, blocks = block.anchor, read_inlines(block.children), []
        else:
            blocks.append(block)
    notes = (line for footnote in body.footnotes for line in read_footnote(footnote))
    yield from _section(anchor, heading, [*_lines(blocks), *notes])


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of reading, the number of a step as it is written."""
    for block in blocks:
        if isinstance(block, Steps):
            for number, item in enumerate(block.items, start=block.start):
                yield f"{number}."
                yield from _lines(item)
        else:
            yield from read_blocks((block,))


def _section(anchor: str, heading: str, lines: Iterable[str]) -> Iterator[Section]:
    text = " ".join(" ".join(lines).split())
    if heading or text:
        yield Section(anchor, " ".join(heading.split()), text)
