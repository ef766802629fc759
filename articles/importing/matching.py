"""Which article of the hub a group of files is: known by its source, its id, or its content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.importing.groups import Group
from articles.importing.notes import PREFIX, imported_sha256
from articles.models import Article, Revision
from articles.public_ids import derived_public_id

MAX_SOURCE = 500


@dataclass(frozen=True, slots=True)
class Match:
    """`article_pk` is None for a new article; `former_source` is where a renamed one was found."""

    source: str
    public_id: str
    article_pk: int | None = None
    former_source: str = ""


@dataclass(slots=True)
class Matches:
    by_key: dict[str, Match]
    refused: dict[str, str]  # key -> reason
    gone: list[str]  # sources of articles whose files are in the folder no more


def match_groups(
    groups: Sequence[Group], *, collection: str, keys_in_folder: Iterable[str]
) -> Matches:
    """Find the article of each group. `keys_in_folder` are the keys of all files there, whether
    they can be read or not: an article whose file is broken today is not gone."""
    return _Matching(groups, collection, set(keys_in_folder)).run()


class _Matching:
    def __init__(self, groups: Sequence[Group], collection: str, keys: set[str]) -> None:
        self.groups = groups
        self.prefix = f"{collection}:"
        known = Article.objects.filter(source__startswith=self.prefix).order_by("pk")
        self.known = {
            article.source: article
            for article in known
            # SQLite's LIKE knows no case.
            if article.source and article.source.startswith(self.prefix)
        }
        ids = [group.article_id for group in groups if group.article_id]
        self.by_id = Article.objects.in_bulk(ids, field_name="public_id")
        here = {self.prefix + key for key in keys}
        self.gone = {source: self.known[source] for source in self.known if source not in here}
        self.contents = _contents(self.gone.values(), self.prefix)
        self.taken_ids = set(ids)

    def run(self) -> Matches:
        matches = Matches({}, {}, [])
        for group in self.groups:
            try:
                matches.by_key[group.key] = self._match(group)
            except _NotOurs as refusal:
                matches.refused[group.key] = str(refusal)
        matches.gone = sorted(self.gone)
        return matches

    def _match(self, group: Group) -> Match:
        source = self.prefix + group.key
        if len(source) > MAX_SOURCE:
            raise _NotOurs(f"has a path of more than {MAX_SOURCE} characters.")
        article = self.known.get(source)
        if article is None:
            article = self._renamed(group)
        if article is None:
            public_id = group.article_id or self._free_id(source)
            return Match(source, public_id)
        former = article.source or ""
        if former != source:
            del self.gone[former]
        return Match(source, article.public_id, article.pk, former if former != source else "")

    def _renamed(self, group: Group) -> Article | None:
        """Return the article whose file this is under a new path: with the same id, or byte for
        byte the same, where only one that is gone can be meant."""
        if named := self.by_id.get(group.article_id):
            if named.source in self.gone:
                return named
            where = f"that of {named.source.removeprefix(self.prefix)}" if named.source else "taken"
            raise _NotOurs(f"names the id {group.article_id}, which is {where}.")
        if group.article_id:
            return None
        for page in group.in_order():
            articles = self.contents.get((page.locale, page.sha256), [])
            if len(articles) == 1 and articles[0].source in self.gone:
                return articles[0]
        return None

    def _free_id(self, source: str) -> str:
        """Return the id derived from `source`; an article that was renamed may have it still."""
        number = 1
        while True:
            public_id = derived_public_id(source if number == 1 else f"{source}#{number}")
            taken = Article.objects.filter(public_id=public_id).exists()
            if not taken and public_id not in self.taken_ids:
                self.taken_ids.add(public_id)
                return public_id
            number += 1


class _NotOurs(Exception):
    """The group cannot become what its files say it is."""


def _contents(articles: Iterable[Article], prefix: str) -> dict[tuple[str, str], list[Article]]:
    """Return the articles by locale and SHA-256 of the file that was imported last."""
    by_pk = {article.pk: article for article in articles}
    imported = (
        Revision.objects.filter(text__article__source__startswith=prefix, note__startswith=PREFIX)
        .order_by("text_id", "number")
        .values_list("text__article_id", "text__locale", "note")
    )
    last: dict[tuple[int, str], str] = {}
    for article_pk, locale, note in imported.iterator() if by_pk else ():
        if article_pk in by_pk:
            last[article_pk, locale] = imported_sha256(note)
    found: dict[tuple[str, str], list[Article]] = {}
    for (article_pk, locale), sha256 in last.items():
        found.setdefault((locale, sha256), []).append(by_pk[article_pk])
    return found
