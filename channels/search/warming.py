"""What a process reads before it can search, read before the first reader comes."""

from __future__ import annotations

from contextlib import suppress
from itertools import product

from articles.audiences import AUDIENCES
from articles.locales import locales
from channels.search.editors_words import language_of
from channels.search.engine import Readers, entry_backend
from channels.search.exceptions import SearchUnavailable
from channels.search.sounds import sound
from channels.search.thesaurus import shipped
from channels.search.words import words


def warm_up() -> None:
    """Read dictionaries and the index as each reader gets it. Without an index: the rest alone."""
    for locale in locales():
        shipped(language_of(locale))
    list(words("ready 就绪"))
    sound("绪")
    with suppress(SearchUnavailable):
        for locale, rank in product(locales(), range(len(AUDIENCES))):
            entry_backend().frequencies(["ready"], Readers(locale, rank))
        # The first slip reads all words of the index.
        for slip in ("raedy", "就续"):
            entry_backend().spelled_like(slip, Readers(locales()[0], 0))
