"""Whatever was published, narrowed, retired and merged, in whatever order: the index answers as one
that is made of the present edition."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from articles.audiences import AUDIENCES, rank
from articles.models import Article
from articles.operations.audit import system_user
from channels.operations.items import Retirement
from channels.operations.outbox import drain
from channels.operations.publishing import publish
from channels.search.embedded import backend
from channels.search.engine import Readers, entry_backend
from channels.search.indexing import rebuild_index
from channels.search.queries import search
from channels.tasks import compact_search_index
from tests.building import approved_texts, narrow, publish_texts, write_approved
from tests.search.engines import Index

STEPS = 24
WORDS = {
    "en": [
        "router",
        "modem",
        "charger",
        "battery",
        "signal",
        "invoice",
        "refund",
        "contract",
        "roaming",
        "reset",
    ],
    "zh-hans": ["路由器", "充电器", "电池", "信号", "发票", "退款", "合同", "漫游", "重置", "密码"],
}
ASKED = {
    "en": ("reset the router", "charger batery", "invoice refund contract", "rooter"),
    "zh-hans": ("重置路由器", "充电器", "发票 退款", "密马"),
}


class History:
    """What editors did, by chance, and what readers asked in between."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self._told: list[Article] = []

    def step(self) -> None:
        self.change()
        if self._chance.random() < 0.1:
            rebuild_index()
        if self._chance.random() < 0.4:
            compact_search_index()

    def change(self) -> None:
        steps = [self._begin, self._begin, self._change, self._narrow, self._retire]
        self._chance.choice(steps if self._told else steps[:1])()
        if self._chance.random() < 0.7:
            drain()
            everything_told()

    def _begin(self) -> None:
        texts = [self._text() for _ in range(self._chance.randint(1, 3))]
        publish_texts(*texts)
        self._told += [text.text.article for text in texts]

    def _change(self) -> None:
        publish_texts(self._text(self._chance.choice(self._told)))

    def _narrow(self) -> None:
        article = self._chance.choice(self._told)
        article.refresh_from_db()
        narrow(article, self._chance.choice([one for one in AUDIENCES if one != article.audience]))
        publish_texts(*approved_texts(article))

    def _retire(self) -> None:
        article = self._told.pop(self._chance.randrange(len(self._told)))
        publish(items=[Retirement(article)], actor=system_user())

    def _text(self, article: Article | None = None) -> Any:
        locale = self._chance.choice(list(WORDS))
        more = {} if article else {"audience": self._chance.choice(AUDIENCES)}
        note = f'::: agent "Agents"\n{self._said(locale)}\n:::'
        many = self._said(locale, many=self._chance.random() < 0.3)
        body = f"{self._said(locale)}\n\n## {self._said(locale)}\n\n{many}\n\n{note}"
        return write_approved(self._said(locale), body, article=article, locale=locale, **more)

    def _said(self, locale: str, many: bool = False) -> str:
        words = self._chance.choices(WORDS[locale], k=self._chance.randint(1, 60 if many else 4))
        return (" " if locale == "en" else "").join(words)


def everything_told() -> list[object]:
    """Return whatever any reader gets to any question."""
    engine = entry_backend()
    said: list[object] = []
    for locale, questions in ASKED.items():
        for audience in AUDIENCES:
            readers = Readers(locale, rank(audience))
            for q in questions:
                found = search(q, locale=locale, rank=readers.rank, counted=("kind", "audience"))
                said += [q, found.hits, found.total, found.did_you_mean, found.facets]
            for word in WORDS[locale]:
                said.append(sorted(engine.beginning_with(word[:3], readers, most=50)))
            said.append(engine.frequencies(WORDS[locale], readers))
    return said


@pytest.fixture
def history(seed: int, monkeypatch: pytest.MonkeyPatch) -> History:
    """Of an index whose segments are merged and compacted often, and while texts are published."""
    monkeypatch.setattr("channels.search.embedded.writer.MOST_MERGED", 6)
    monkeypatch.setattr("channels.search.embedded.writer.LEAST_MERGED", 4)
    monkeypatch.setattr("channels.search.embedded.backend.MOST_POSTINGS", 300)
    monkeypatch.setattr("channels.search.embedded.opening.LARGE", 5)
    monkeypatch.setattr("channels.search.embedded.compaction.MOST_SMALL", 2)
    monkeypatch.setattr("channels.search.embedded.compaction.MOST_GONE", 1)
    history, written = History(seed), backend.compacted

    def meanwhile(*args: Any) -> Any:
        history.change()
        told = written(*args)
        history.change()
        return told

    monkeypatch.setattr(backend, "compacted", meanwhile)
    return history


@pytest.mark.parametrize("seed", [1, 4, 5])
def test_the_index_answers_as_one_made_anew(db: None, engine: Index, history: History) -> None:
    for _ in range(STEPS):
        history.step()
    drain()
    as_it_grew = everything_told()
    engine.forget()
    assert everything_told() == as_it_grew
    rebuild_index()
    engine.forget()
    assert everything_told() == as_it_grew
