"""What OpenSearch is asked: bodies of searches over the readers' documents alone.

It knows nothing of rarity: that is counted over what the readers get, and comes with the question,
so that neither a count nor an order tells of what others read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from channels.search.engine import Readers
from channels.search.indexed import SHORT, facet_term, readers_term
from channels.search.judging import K1, must_say, rarity
from channels.search.opensearch.fields import BETWEEN
from channels.search.question import MOST_WANTED, Option, Question, Wanted

Body = dict[str, Any]
Frequencies = Mapping[tuple[str, ...], int]

MOST_VALUES = 1_000  # of a facet
MOST_NEAR = 10_000  # words looked through for a slip
# OpenSearch refuses a query of more than 1,024 clauses; a question has up to MOST_WANTED words.
MOST_TERMS = 1_000 // MOST_WANTED  # of all ways to say one word


def counting(options: Sequence[tuple[str, ...]], readers: Readers) -> Body:
    """Ask how many documents the readers get, how many say each option, and how long they are."""
    parts: Body = {
        "length": {"avg": {"field": "length"}},
        "whole": {"global": {}, "aggs": {"edition": {"max": {"field": "edition"}}}},
    }
    if options:
        parts["said"] = {"filters": {"filters": [_says(terms) for terms in options]}}
    return {
        "size": 0,
        "track_total_hits": True,
        "query": {"bool": {"filter": [_for(readers)]}},
        "aggs": parts,
    }


def finding(
    question: Question,
    readers: Readers,
    frequencies: Frequencies,
    documents: int,
    *,
    chosen: Mapping[str, Collection[str]],
    counted: Collection[str],
    without: Collection[int],
    most: int,
) -> Body:
    """Ask for the documents that say something of the question, the likeliest first."""
    said = [_says_any(one) for one in must_say(question, frequencies)]
    narrowed: list[Body] = [_for(readers), {"bool": {"should": said}}]
    for facet, values in chosen.items():
        narrowed.append({"terms": {"facets": [facet_term(facet, value) for value in values]}})
    worths = (_worth(one, frequencies, documents) for one in question.wanted)
    query: Body = {
        "filter": narrowed,
        "should": [worth for worth in worths if worth],
    }
    if without:
        query["must_not"] = [{"terms": {"entry": [str(entry) for entry in without]}}]
    return {
        "size": most,
        "track_total_hits": True,
        "query": {"bool": query},
        "sort": [{"_score": "desc"}, {"public_id": "asc"}],
        "aggs": {
            facet: {
                "terms": {
                    "field": "facets",
                    "include": _literally(facet_term(facet, "")) + ".*",
                    "size": MOST_VALUES,
                }
            }
            for facet in counted
        },
    }


def near(word: str, slips: int, readers: Readers) -> Body:
    """Ask for the words, nearly as long, of those texts that say one like `word`: they are among
    them."""
    like = {
        "value": word,
        "fuzziness": slips,
        "transpositions": True,
        "rewrite": "constant_score",  # of all such words, not of the 50 first
    }
    length = f".{{{max(1, len(word) - slips)},{len(word) + slips}}}"
    return _words_of([_for(readers), {"fuzzy": {"spelled": like}}], "spelled", length)


def sounding(spoken: str, readers: Readers) -> Body:
    """Ask for the Chinese words that sound so."""
    beginning = f"{spoken}{BETWEEN}"
    query = [_for(readers), {"prefix": {"sounds": beginning}}]
    return _words_of(query, "sounds", _literally(beginning) + ".*")


def beginning(typed: Sequence[str], readers: Readers, most: int) -> Body:
    """Ask for what says these words in its title or a question, the last of them half typed."""
    *whole, last = typed
    narrowed = [_for(readers), *({"term": {"starts": word}} for word in whole)]
    narrowed.append({"term" if len(last) <= SHORT else "prefix": {"starts": last}})
    return {"size": most, "query": {"bool": {"filter": narrowed}}, "sort": ["_doc"]}


def named(public_ids: Collection[str], readers: Readers) -> Body:
    narrowed = [_for(readers), {"terms": {"public_id": list(public_ids)}}]
    return {"size": len(public_ids), "query": {"bool": {"filter": narrowed}}}


def _for(readers: Readers) -> Body:
    return {"term": {"readers": readers_term(readers.locale, readers.rank)}}


def _says(terms: Iterable[str]) -> Body:
    said: list[Body] = [{"term": {"words": term}} for term in terms]
    return said[0] if len(said) == 1 else {"bool": {"filter": said}}


def _says_any(one: Wanted) -> Body:
    options = list(_options(one))
    single = [option.terms[0] for option in options if len(option.terms) == 1]
    any_of = [_says(option.terms) for option in options if len(option.terms) > 1]
    return {"bool": {"should": [{"terms": {"words": single}}, *any_of]}}


def _options(one: Wanted) -> Iterator[Option]:
    left = MOST_TERMS
    for option in one.options:
        left -= len(option.terms)
        if left >= 0:
            yield option


def _worth(one: Wanted, frequencies: Frequencies, documents: int) -> Body | None:
    """Of several ways that a document says it, the best counts. None where no document does."""
    ways = []
    for option in _options(one):
        if count := frequencies.get(option.terms, 0):
            points = option.weight * one.share * rarity(count, documents) * (K1 + 1)
            ways.append(_often(option.terms, points))
    return {"dis_max": {"queries": ways}} if ways else None


def _often(terms: Sequence[str], points: float) -> Body:
    """So many points for saying it all the time, a part of them by how often it is said."""
    each: list[Body] = [
        {
            "rank_feature": {
                "field": f"weights.{term}",
                "saturation": {"pivot": K1},
                "boost": points / len(terms),
            }
        }
        for term in terms
    ]
    return each[0] if len(each) == 1 else {"bool": {"must": each}}


def _words_of(narrowed: list[Body], field: str, pattern: str) -> Body:
    words = {
        "field": field,
        "include": pattern,
        "size": MOST_NEAR,
        "execution_hint": "map",  # of few documents: nothing is prepared for all of them
    }
    query = {"bool": {"filter": narrowed}}
    return {"size": 0, "query": query, "aggs": {"words": {"terms": words}}}


def _literally(text: str) -> str:
    """Write `text` so that OpenSearch's patterns mean it as it stands."""
    return re.sub(r"([^\w\s:])", r"\\\1", text)
