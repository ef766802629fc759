"""What the index is told about an entry: a document for each group of readers who get the same
words, made of the stored plain text, so that nobody can find a word that is not told to them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from articles.audiences import AUDIENCES
from channels.models import Entry, Rendering
from channels.search.engine import Document
from channels.search.words import index_terms

BATCH = 100  # entries whose text is in memory at a time

# How often a word counts that stands there; the text below counts once, title and summary too.
TITLE, QUESTIONS, SUMMARY = 5, 4, 1

# The plain text puts the address of a link in angle brackets: no word of the article.
_ADDRESS = re.compile(r" ?<(?:https?://|mailto:|tel:)[^<>\s]*>", re.IGNORECASE)
_BULLET = re.compile(r"^[ |]*(?:- )*(?:---$)?", re.MULTILINE)


def documents_of(entry_ids: Sequence[int]) -> Iterator[Document]:
    """Yield the documents of these entries. Two statements for each BATCH of them."""
    for start in range(0, len(entry_ids), BATCH):
        ids = entry_ids[start : start + BATCH]
        texts: dict[int, list[tuple[int, str]]] = defaultdict(list)
        stored = Rendering.objects.filter(entry__in=ids, format="text").order_by("audience_rank")
        for entry_id, rank, body in stored.values_list("entry_id", "audience_rank", "blob__body"):
            texts[entry_id].append((rank, bytes(body).decode()))
        for entry in Entry.objects.filter(pk__in=ids):
            yield from _documents(entry, texts[entry.pk])


def _documents(entry: Entry, texts: list[tuple[int, str]]) -> Iterator[Document]:
    """One document for each stored text: it is for its rank and above, up to the next text's."""
    ends = [rank for rank, _ in texts[1:]] + [len(AUDIENCES)]
    for (rank, text), end in zip(texts, ends, strict=True):
        ranks = tuple(range(max(rank, entry.audience_rank), end))
        if not ranks:
            continue
        said = _ADDRESS.sub("", text)
        yield Document(
            entry=entry.pk,
            public_id=entry.public_id,
            digest=entry.content_digest,
            locale=entry.locale,
            ranks=ranks,
            words=_weighted(entry, said),
            text=_body(entry, said),
        )


def _weighted(entry: Entry, said: str) -> Counter[str]:
    words: Counter[str] = Counter(index_terms(said))
    for text, weight in (
        (entry.title, TITLE),
        ("\n".join(entry.questions), QUESTIONS),
        (entry.summary, SUMMARY),
    ):
        for term in index_terms(text):
            words[term] += weight
    return words


def _body(entry: Entry, said: str) -> str:
    """What stands below title and summary, in one line."""
    above = 2 if entry.summary else 1
    parts = said.split("\n\n", above)
    return " ".join(_BULLET.sub("", parts[above]).split()) if len(parts) > above else ""
