"""The files of one article together: the same path, or the same id, in several locales."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from articles.audiences import rank
from articles.importing.pages import Page
from articles.importing.report import Report
from articles.locales import locales


@dataclass(slots=True)
class Group:
    """The pages of one article by locale. `key` is the path that it is known by."""

    key: str
    article_id: str = ""
    pages: dict[str, Page] = field(default_factory=dict)

    def in_order(self) -> list[Page]:
        """Return the pages, that of the default locale first."""
        return [self.pages[locale] for locale in locales() if locale in self.pages]

    def kind(self) -> str | None:
        return next((page.kind for page in self.in_order() if page.kind), None)

    def topic(self) -> str:
        return next((page.topic for page in self.in_order() if page.topic), "")

    def tags(self) -> tuple[str, ...] | None:
        return next((page.tags for page in self.in_order() if page.tags is not None), None)

    def products(self) -> tuple[str, ...] | None:
        named = (page.products for page in self.in_order())
        return next((products for products in named if products is not None), None)

    def owner(self) -> str:
        return next((page.owner for page in self.in_order() if page.owner), "")

    def review_by(self) -> date | None:
        return next((page.review_by for page in self.in_order() if page.review_by), None)

    def source_locale(self) -> str | None:
        return next((page.source_locale for page in self.in_order() if page.source_locale), None)

    def audience(self) -> str | None:
        """Return the narrowest audience that a page names: none is told to more than it says."""
        named = [page.audience for page in self.pages.values() if page.audience]
        return max(named, key=rank) if named else None


def group_pages(pages: Iterable[Page], report: Report) -> list[Group]:
    """Return the articles that `pages` are, in the order of their paths; refuse those that clash
    with one before, and note in `report` what is left out."""
    gathering = _Gathering(report)
    for page in sorted(pages, key=lambda page: page.path):
        gathering.add(page)
    groups = list(gathering.groups.values())
    for group in groups:
        _note_differences(group, report)
    return groups


class _Gathering:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.groups: dict[str, Group] = {}
        self.keys_by_id: dict[str, str] = {}
        self.slugs: dict[tuple[str, str], Page] = {}
        self.addresses: dict[tuple[str, str], Page] = {}

    def add(self, page: Page) -> None:
        key = self.keys_by_id.get(page.article_id, page.key) if page.article_id else page.key
        group = self.groups.get(key) or Group(key)
        if reason := self._clash(page, group):
            self.report.refuse(page.path, *reason)
            return
        if page.slug:
            self.slugs[page.locale, page.slug] = page
        group.article_id = group.article_id or page.article_id
        if group.article_id:
            self.keys_by_id[group.article_id] = key
        group.pages[page.locale] = replace(page, addresses=self._free(page))
        self.groups[key] = group

    def _clash(self, page: Page, group: Group) -> tuple[int | None, str] | None:
        """Return the line and the reason why `page` cannot stand beside the pages before it."""
        if other := group.pages.get(page.locale):
            return None, f"is the same article in {page.locale} as {other.path}."
        if page.article_id and group.article_id not in ("", page.article_id):
            return page.lines.get("id"), f"names another id than {group.in_order()[0].path}."
        if same := self.slugs.get((page.locale, page.slug)):
            line = page.lines.get("slug")
            return line, f"says the same slug in {page.locale}, “{page.slug}”, as {same.path}."
        return None

    def _free(self, page: Page) -> tuple[str, ...]:
        """Return the page's old addresses without those that a page before it claims."""
        free = []
        for address in page.addresses:
            owner = self.addresses.setdefault((page.locale, address), page)
            if owner is page:
                free.append(address)
            else:
                self.report.warn(
                    page.path,
                    page.lines.get("aliases"),
                    f"The old address {address} already leads to {owner.path}.",
                )
        return tuple(free)


def _note_differences(group: Group, report: Report) -> None:
    """Say where the locales of an article differ in what holds for all of them."""
    pages: Sequence[Page] = group.in_order()
    for name, chosen in (
        ("kind", group.kind()),
        ("topic", group.topic()),
        ("audience", group.audience()),
    ):
        for page in pages:
            said = getattr(page, name)
            if said and said != chosen:
                message = f"The article has the {name} “{chosen}”, not “{said}”."
                report.warn(page.path, page.lines.get(name), message)
