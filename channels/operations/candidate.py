"""What an edition would bring: prepared outside the lock, written inside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from channels.models import Entry
    from channels.operations.subjects import Subject


@dataclass(frozen=True, slots=True)
class PreparedRendering:
    """A rendering whose bytes are stored already, under their SHA-256."""

    format: str
    audience_rank: int
    sha256: str
    media_type: str
    renderer_version: int


@dataclass(frozen=True, slots=True)
class PreparedLink:
    target: str  # public id
    audience_rank: int  # readers from this rank on see the link


@dataclass(frozen=True, slots=True)
class PreparedEntry:
    # What is said of the text to anybody, and what `Entry` has besides: all its frozen columns.
    TOLD: ClassVar = (
        "public_id",
        "locale",
        "slug",
        "title",
        "summary",
        "questions",
        "kind",
        "topic",
        "audience",
        "audience_rank",
        "content_digest",
        "converted_from",
        "products",
    )
    COLUMNS: ClassVar = ("article_id", "revision_id", *TOLD)

    article_id: int
    revision_id: int
    public_id: str
    locale: str
    slug: str
    title: str
    summary: str
    questions: tuple[str, ...]
    kind: str
    topic: str
    audience: str
    audience_rank: int
    content_digest: str
    converted_from: str  # "" for what people wrote in its locale
    products: tuple[str, ...]
    renderings: tuple[PreparedRendering, ...]
    snippets: frozenset[int] = frozenset()
    links: tuple[PreparedLink, ...] = ()

    @classmethod
    def of(
        cls,
        entry: Entry,
        *,
        renderings: Iterable[PreparedRendering],
        snippets: Iterable[int],
        links: Iterable[PreparedLink],
    ) -> PreparedEntry:
        """Return a stored entry as it was prepared."""
        columns: dict[str, Any] = {name: getattr(entry, name) for name in cls.COLUMNS}
        columns["questions"] = tuple(entry.questions)
        columns["products"] = tuple(entry.products)
        return cls(
            **columns,
            renderings=tuple(renderings),
            snippets=frozenset(snippets),
            links=tuple(links),
        )

    @property
    def key(self) -> tuple[str, str]:
        return (self.public_id, self.locale)

    def columns(self) -> dict[str, Any]:
        """Return the columns of the entry to be stored."""
        return {name: getattr(self, name) for name in self.COLUMNS}

    def digest(self) -> str:
        """SHA-256 (hex) of all that the entry tells anybody: what lists and pages say of it, and
        every rendering."""
        later = ("converted_from", "products")
        said = [getattr(self, name) for name in self.TOLD if name not in later]
        renderings = sorted(
            [r.format, r.audience_rank, r.sha256, r.media_type, r.renderer_version]
            for r in self.renderings
        )
        # Named only where there is one: what was published before there were any stays provable.
        converted = [self.converted_from] if self.converted_from else []
        products = [list(self.products)] if self.products else []
        return sha256_of([*said, renderings, *converted, *products])


@dataclass(frozen=True, slots=True)
class LiveEntry:
    """What publishing needs to know of an entry that is live now."""

    COLUMNS: ClassVar = (
        "id",
        "article_id",
        "public_id",
        "locale",
        "slug",
        "kind",
        "topic",
        "audience",
        "audience_rank",
        "entry_digest",
        "revision_id",
        "revision__text_id",
        "converted_from",
        "products",
    )

    id: int
    article_id: int
    public_id: str
    locale: str
    slug: str
    kind: str
    topic: str
    audience: str
    audience_rank: int
    entry_digest: str
    revision_id: int
    text_id: int
    converted_from: str
    products: list[str]

    @property
    def key(self) -> tuple[str, str]:
        return (self.public_id, self.locale)


@dataclass(frozen=True, slots=True)
class TopicState:
    slug: str
    parent: str
    position: int
    names: tuple[tuple[str, str], ...]  # (locale, name), sorted


@dataclass(slots=True)
class Candidate:
    """The state to be, as a difference to the edition `base`."""

    base: int
    # What the entries were made of; it must still hold when they go live.
    subjects: list[Subject] = field(default_factory=list)
    entries: list[PreparedEntry] = field(default_factory=list)
    # Live entries that `entries` replace, by key, and those that go without a successor.
    replaced: dict[tuple[str, str], LiveEntry] = field(default_factory=dict)
    removed: list[LiveEntry] = field(default_factory=list)
    # snippet id -> revision id, or None for one that is told no more.
    snippets: dict[int, int | None] = field(default_factory=dict)
    # slug -> state, or None for a topic that is told no more.
    topics: dict[str, TopicState | None] = field(default_factory=dict)

    def is_empty(self) -> bool:
        return not (self.entries or self.removed or self.snippets or self.topics)


def manifest_digest(
    *,
    number: int,
    previous: str,
    published_at: datetime,
    entries: Iterable[Sequence[str]],
    snippets: Iterable[Sequence[str | int | None]],
    topics: Iterable[Sequence[Any]],
) -> str:
    """SHA-256 (hex) of what an edition changed and of the manifest digest before it.

    `entries` are (change, public id, locale, entry digest), `snippets` (key, revision number or
    None), `topics` (slug, parent, position, names) or (slug,) where the topic is gone: public names
    and UTC, so that whoever holds what was told can compute it, without this database.
    """
    return sha256_of(
        [
            "knowledge-hub-manifest-1",
            number,
            previous,
            published_at.astimezone(UTC).isoformat(),
            sorted(list(row) for row in entries),
            sorted((list(row) for row in snippets), key=str),
            sorted((list(row) for row in topics), key=str),
        ]
    )


def sha256_of(value: Any) -> str:
    """SHA-256 (hex) of `value` as JSON without blanks."""
    return hashlib.sha256(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()
