"""What OpenSearch is asked: bodies of searches over the readers' documents alone.

It knows nothing of rarity: that is counted over what the readers get, and comes with the question,
so that neither a count nor an order tells of what others read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from channels.search.asked import rarity
from channels.search.engine import Readers
from channels.search.indexed import SHORT, facet_term, readers_term
from channels.search.judging import K1
from channels.search.opensearch.fields import BETWEEN
from channels.search.question import Question

Body = dict[str, Any]
Frequencies = Mapping[tuple[str, ...], int]

MOST_VALUES = 1_000  # of a facet
MOST_NEAR = 10_000  # words looked through for a slip
MOST_CLAUSES = 1_000  # OpenSearch refuses a query of more than 1,024


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
    narrowed: list[Body] = [_for(readers)]
    for facet, values in chosen.items():
        narrowed.append({"terms": {"facets": [facet_term(facet, value) for value in values]}})
    whole, parts = _worths(question, frequencies, documents)
    # Characters of words are so common that they alone find something only where no word does.
    query: Body = {"filter": narrowed, "must": [_any_of(whole or parts)]}
    if whole and parts:
        query["should"] = parts
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


def _any_of(clauses: list[Body]) -> Body:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _worths(
    question: Question, frequencies: Frequencies, documents: int
) -> tuple[list[Body], list[Body]]:
    """Return what it is worth to say each whole word, and each part of one, that some document
    says. Of several ways that a document says it, the best counts."""
    whole: list[Body] = []
    parts: list[Body] = []
    left = MOST_CLAUSES
    for one in question.wanted:
        ways = []
        for option in one.options:
            if count := frequencies.get(option.terms, 0):
                left -= len(option.terms)
                points = option.weight * one.share * rarity(count, documents) * (K1 + 1)
                ways.append(_often(option.terms, points))
        if ways and left >= 0:
            (whole if one.share == 1.0 else parts).append({"dis_max": {"queries": ways}})
    return whole, parts


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
