"""Whoosh as its documentation shows it: two stemmed fields and a MultifieldParser."""

from __future__ import annotations

from collections.abc import Sequence

from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import AndGroup, MultifieldParser, OrGroup

from tests.bench.relevance.corpus import Page


class StockWhoosh:
    def __init__(self, pages: Sequence[Page]) -> None:
        schema = Schema(
            name=ID(stored=True),
            title=TEXT(analyzer=StemmingAnalyzer()),
            body=TEXT(analyzer=StemmingAnalyzer()),
        )
        index = RamStorage().create_index(schema)
        writer = index.writer()
        for page in pages:
            body = "\n".join((page.questions, page.summary, page.body))
            writer.add_document(name=page.name, title=page.title, body=body)
        writer.commit()
        self._searcher = index.searcher()
        fields = ["title", "body"]
        self._all = MultifieldParser(fields, schema=schema, group=AndGroup)
        self._any = MultifieldParser(fields, schema=schema, group=OrGroup)

    def ranked_by_all(self, question: str, most: int) -> list[str]:
        return self._ranked(self._all, question, most)

    def ranked_by_any(self, question: str, most: int) -> list[str]:
        return self._ranked(self._any, question, most)

    def _ranked(self, parser: MultifieldParser, question: str, most: int) -> list[str]:
        return [hit["name"] for hit in self._searcher.search(parser.parse(question), limit=most)]
