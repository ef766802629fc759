"""What a reader may be about to ask, while they type it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from articles.locales import fallback_chain, locales
from channels.queries import current_number, entries_at
from channels.search.engine import Readers, entry_backend
from channels.search.folding import fold

# So many are asked of the index for each that is told: several are of one article.
SPARE = 4

# (locale, rank, what is typed) -> questions that readers of this rank ask often.
Frequent = Callable[[str, int, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    locale: str
    public_id: str = ""  # "" for a question that readers ask often


def suggest(
    text: str,
    *,
    locale: str,
    rank: int,
    limit: int = 8,
    edition: int | None = None,
    frequent: Frequent | None = None,
) -> list[Suggestion]:
    """Return titles and questions that go on from `text`, of what `edition` (None: the current)
    tells readers of `rank`: one of each article. Then what readers ask often.

    Where nothing in `locale` does, the locales that stand in for it are looked at. Raises
    SearchUnavailable. One statement of its own, two without `edition`, none where nothing begins
    so.
    """
    if not (text.strip() and limit > 0 and locale in locales()):
        return []
    number = current_number() if edition is None else edition
    suggestions = list(_begun(text, locale, rank, limit, number))
    if frequent and len(suggestions) < limit:
        suggestions += [Suggestion(query, locale) for query in frequent(locale, rank, text)]
    once = {fold(" ".join(one.text.split())): one for one in reversed(suggestions)}
    return list(reversed(once.values()))[:limit]


def _begun(text: str, locale: str, rank: int, limit: int, number: int) -> Iterator[Suggestion]:
    """Yield what the index knows, as far as the edition says the same words to these readers."""
    for told_in in fallback_chain(locale):
        found = entry_backend().beginning_with(text, Readers(told_in, rank), most=limit * SPARE)
        if found:
            break
    else:
        return
    ids = {public_id for public_id, _ in found}
    entries = entries_at(number, rank=rank).filter(locale=told_in, public_id__in=ids)
    told = {
        public_id: {title, *questions}
        for public_id, title, questions in entries.values_list("public_id", "title", "questions")
    }
    for public_id, phrase in found:
        if phrase in told.get(public_id, ()):
            del told[public_id]
            yield Suggestion(phrase, told_in, public_id)
