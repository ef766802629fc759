"""One statement from a question to the stored bytes: the pointer, the entry, the rendering.

Reading is so frequent that it goes by plain SQL; the statement is the same on SQLite and
PostgreSQL, and being one it sees one edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Found:
    """What was told. `body` is None where the reader has these very bytes already."""

    edition: int  # the edition that was read
    public_id: str
    locale: str
    slug: str
    title: str
    content_digest: str
    since: int  # the edition the entry began with
    media_type: str
    sha256: str
    body: bytes | None


@dataclass(frozen=True, slots=True)
class NotFound:
    """No such article, not for this reader, or not in that edition: nobody can tell which."""

    edition: int


_CURRENT = "e.until_edition_id IS NULL"
_AS_OF = "e.from_edition_id <= %s AND (e.until_edition_id IS NULL OR e.until_edition_id > %s)"

# The chosen row's bytes are joined last, so that no other row's bytes are ever read.
_STATEMENT = """
SELECT p.edition_id, f.public_id, f.locale, f.slug, f.title, f.content_digest, f.from_edition_id,
       f.media_type, f.blob_id, b.body
FROM channels_pointer p
LEFT JOIN (
    SELECT e.public_id, e.locale, e.slug, e.title, e.content_digest, e.from_edition_id,
           r.media_type, r.blob_id
    FROM channels_entry e
    JOIN channels_rendering r ON r.entry_id = e.id
    WHERE e.public_id = %s AND e.locale IN ({locales}) AND {when}
      AND e.audience_rank <= %s AND r.format = %s AND r.audience_rank <= %s
    ORDER BY CASE e.locale {order} END, r.audience_rank DESC
    LIMIT 1
) f ON TRUE
LEFT JOIN channels_blob b ON b.sha256 = f.blob_id AND f.blob_id <> %s
WHERE p.id = 1
"""


def find(
    *,
    public_id: str,
    locales: Sequence[str],
    format: str,
    rank: int,
    edition: int | None = None,
    known_sha256: str = "",
) -> Found | NotFound:
    """Return the stored bytes of an article for a reader of audience `rank`.

    The first of `locales` that has a text wins. With `edition` the answer is what was told then;
    an edition that is yet to come tells nothing. `known_sha256`: the bytes the reader has.
    """
    as_of = () if edition is None else (edition, edition)
    statement = _STATEMENT.format(
        locales=", ".join(["%s"] * len(locales)),
        when=_CURRENT if edition is None else _AS_OF,
        order=" ".join(f"WHEN %s THEN {n}" for n in range(len(locales))),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            (public_id, *locales, *as_of, rank, format, rank, *locales, known_sha256),
        )
        row = cursor.fetchone()
    current, public_id, locale, slug, title, digest, since, media_type, sha256, body = row
    current = current or 0
    if public_id is None or (edition is not None and edition > current):
        return NotFound(current)
    return Found(
        edition=current if edition is None else edition,
        public_id=public_id,
        locale=locale,
        slug=slug,
        title=title,
        content_digest=digest,
        since=since,
        media_type=media_type,
        sha256=sha256,
        body=None if body is None else bytes(body),
    )
