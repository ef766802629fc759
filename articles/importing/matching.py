"""Which article of the hub a group of files is: known by its source, its id, or its content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.importing.groups import Group
from articles.models import Article, ArticleText
from articles.public_ids import derived_public_id

MAX_SOURCE = 500


@dataclass(frozen=True, slots=True)
class KnownText:
    """A text that the hub has, and what an import took of it last."""

    slug: str
    sha256: str  # of the file, "" if none was taken
    title: str


@dataclass(frozen=True, slots=True)
class Match:
    """`article_pk` is None for a new article; `former_source` is where a moved one was found."""

    source: str
    public_id: str
    article_pk: int | None = None
    former_source: str = ""
    texts: dict[str, KnownText] = field(default_factory=dict)  # by locale


@dataclass(slots=True)
class Matches:
    by_key: dict[str, Match]
    refused: dict[str, str]  # key -> reason
    gone: list[str]  # sources of articles whose files are in the folder no more
    known: int  # how many articles of the collection there were
    found_again: int  # how many of these the folder holds: other ones may only share their paths


def match_groups(
    groups: Sequence[Group], *, collection: str, keys_in_folder: Iterable[str]
) -> Matches:
    """Find the article of each group. `keys_in_folder` are the keys of all files there, whether
    they can be read or not: an article whose file is broken today is not gone."""
    return _Matching(groups, collection, set(keys_in_folder)).run()


@dataclass(slots=True)
class _Known:
    pk: int
    public_id: str
    source: str
    texts: dict[str, KnownText] = field(default_factory=dict)

    def is_told_by(self, group: Group) -> bool:
        """Whether a file of the group says what was imported, or at least calls it the same."""
        return any(
            (known := self.texts.get(page.locale))
            and (known.sha256 == page.sha256 or known.title == page.title)
            for page in group.pages.values()
        )


class _Matching:
    def __init__(self, groups: Sequence[Group], collection: str, keys: set[str]) -> None:
        self.groups = groups
        self.prefix = f"{collection}:"
        self.known = _known(self.prefix)
        self.by_id = {known.public_id: known for known in self.known.values()}
        self.taken_ids = {group.article_id for group in groups if group.article_id}
        self.foreign_ids = set(
            Article.objects.filter(public_id__in=self.taken_ids - self.by_id.keys()).values_list(
                "public_id", flat=True
            )
        )
        here = {self.prefix + key for key in keys}
        self.gone = {source: self.known[source] for source in self.known if source not in here}
        self.contents: dict[tuple[str, str], list[_Known]] = {}
        for known in self.gone.values():
            for locale, text in known.texts.items():
                self.contents.setdefault((locale, text.sha256), []).append(known)
        self.others = 0  # files at the path of an article that tell another one

    def run(self) -> Matches:
        by_key, refused = {}, {}
        for group in self.groups:
            try:
                by_key[group.key] = self._match(group)
            except _NotOurs as refusal:
                refused[group.key] = str(refusal)
        return Matches(
            by_key,
            refused,
            gone=sorted(self.gone),
            known=len(self.known),
            found_again=len(self.known) - len(self.gone) - self.others,
        )

    def _match(self, group: Group) -> Match:
        source = self.prefix + group.key
        if len(source) > MAX_SOURCE:
            raise _NotOurs(f"has a path of more than {MAX_SOURCE} characters.")
        known = self.known.get(source)
        if known is not None:
            self.others += not known.is_told_by(group)
            return Match(source, known.public_id, known.pk, texts=known.texts)
        known = self._moved(group)
        if known is None:
            return Match(source, group.article_id or self._free_id(source))
        del self.gone[known.source]
        return Match(source, known.public_id, known.pk, known.source, known.texts)

    def _moved(self, group: Group) -> _Known | None:
        """Return the article whose file this is under a new path: with the same id, or byte for
        byte the same, where only one that is gone can be meant."""
        if named := self.by_id.get(group.article_id):
            if named.source in self.gone:
                return named
            where = f"that of {named.source.removeprefix(self.prefix)}"
            raise _NotOurs(f"names the id {group.article_id}, which is {where}.")
        if group.article_id in self.foreign_ids:
            raise _NotOurs(f"names the id {group.article_id}, which is taken.")
        if group.article_id:
            return None
        for page in group.in_order():
            articles = self.contents.get((page.locale, page.sha256), [])
            if len(articles) == 1 and articles[0].source in self.gone:
                return articles[0]
        return None

    def _free_id(self, source: str) -> str:
        """Return the id derived from `source`; an article that was moved may have it still."""
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


def _known(prefix: str) -> dict[str, _Known]:
    """Return the articles of a collection, and their texts, by source."""
    articles = Article.objects.filter(source__startswith=prefix).order_by("pk")
    found = {
        source: _Known(pk, public_id, source)
        for pk, public_id, source in articles.values_list("pk", "public_id", "source")
        # SQLite's LIKE knows no case.
        if source and source.startswith(prefix)
    }
    texts = ArticleText.objects.filter(article__source__startswith=prefix).values_list(
        "article__source", "locale", "slug", "imported_sha256", "imported__title"
    )
    for source, locale, slug, sha256, title in texts.iterator():
        if source in found:
            found[source].texts[locale] = KnownText(slug, sha256, title or "")
    return found
