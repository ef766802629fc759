"""The marks that tell states apart: one word in each text that no renderer changes, and one that
only agents may ever read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.consistency.records import States

ARTICLES = ("told-1", "told-2", "told-3", "told-4", "told-5")
SECRET_ARTICLE = "told-5"  # for agents alone
PASSING_ARTICLE = "told-6"  # it comes and goes, and nobody asks for it by name
CANARY = "quetzalcanary"
_MARK = re.compile(rb"kh([1-9])at([0-9]+)")


def mark(article: str, state: int) -> str:
    """Return `kh1at7` for article told-1 in state 7."""
    return f"kh{article.removeprefix('told-')}at{state}"


def states_in(body: bytes) -> tuple[States, str]:
    """Return the state of each article that a body names, and an article it names in two."""
    states: States = {}
    torn = ""
    for number, state in _MARK.findall(body):
        article = f"told-{number.decode()}"
        if states.setdefault(article, int(state)) != int(state):
            torn = article
    return states, torn


def state_of(article: str, title: str) -> int:
    """Return the state that a title is marked with. Raises KeyError for a title without a mark."""
    return states_in(title.encode())[0][article]


def same_state(articles: Iterable[str], state: int) -> States:
    return dict.fromkeys(articles, state)
