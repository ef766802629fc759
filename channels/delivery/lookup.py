"""One statement from a question to the stored bytes: the pointer, the entry, the rendering.

Reading is so frequent that it goes by plain SQL; the statement is the same on SQLite and
PostgreSQL, and being one it sees one edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from django.db import connection

from channels.delivery.remembered import Remembered


class Found(NamedTuple):
    """What was told. `body` is None where the reader has these very bytes already."""

    edition: int  # the edition that was read
    public_id: str
    locale: str
    slug: str
    title: str
    content_digest: str
    converted_from: str  # the locale that the text was converted from, "" for what people wrote
    since: int  # the edition the entry began with
    media_type: str
    sha256: str
    body: bytes | None


class NotFound(NamedTuple):
    """No such article, not for this reader, or not in that edition: nobody can tell which."""

    edition: int


# Answers without a body, to readers who have it; each is about 1 kB.
_had: Remembered[Found] = Remembered(most=5000)

_CURRENT = "e.until_edition_id IS NULL"
_AS_OF = "e.from_edition_id <= %s AND (e.until_edition_id IS NULL OR e.until_edition_id > %s)"

# The chosen row's bytes are joined last, so that no other row's bytes are ever read.
_STATEMENT = """
SELECT p.edition_id, n.manifest_digest, f.*, b.body
FROM channels_pointer p
LEFT JOIN channels_edition n ON n.number = p.edition_id
LEFT JOIN (
    SELECT e.public_id, e.locale, e.slug, e.title, e.content_digest,
           e.converted_from, e.from_edition_id,
           r.media_type, r.blob_id
    FROM channels_entry e
    JOIN channels_rendering r ON r.entry_id = e.id
    WHERE e.public_id = %s AND e.locale IN ({locales}) AND {when}
      AND e.audience_rank <= %s AND r.format = %s AND r.audience_rank <= %s
    ORDER BY {order} r.audience_rank DESC
    LIMIT 1
) f ON TRUE
LEFT JOIN channels_blob b ON b.sha256 = f.blob_id AND f.blob_id <> %s
WHERE p.id = 1
"""


@cache
def _statement(locales: int, *, as_of: bool) -> str:
    """The statement for a number of locales; without line ends, as Django reads all of it for its
    placeholders each time."""
    order = " ".join(f"WHEN %s THEN {place}" for place in range(locales))
    statement = _STATEMENT.format(
        locales=", ".join(["%s"] * locales),
        when=_AS_OF if as_of else _CURRENT,
        order=f"CASE e.locale {order} END," if locales > 1 else "",
    )
    return " ".join(statement.split())


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
    question = (public_id, tuple(locales), format, rank, edition, known_sha256)
    if known_sha256 and (had := _had.recall(question)):
        return had
    as_of = () if edition is None else (edition, edition)
    order = locales if len(locales) > 1 else ()
    statement = _statement(len(locales), as_of=edition is not None)
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            (public_id, *locales, *as_of, rank, format, rank, *order, known_sha256),
        )
        row = cursor.fetchone()
    current, manifest, public_id, locale, slug, title, digest, converted_from, *stored = row
    since, media_type, sha256, body = stored
    current = current or 0
    if public_id is None or (edition is not None and edition > current):
        return NotFound(current)
    found = Found(
        edition=current if edition is None else edition,
        public_id=public_id,
        locale=locale,
        slug=slug,
        title=title,
        content_digest=digest,
        converted_from=converted_from,
        since=since,
        media_type=media_type,
        sha256=sha256,
        body=None if body is None else bytes(body),
    )
    if found.body is None:
        _had.keep(question, (current, manifest), found)
    return found
