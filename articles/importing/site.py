"""The imported folder as the site it was: which page is told at which address."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import unquote

from articles.document.headings import anchors
from articles.document.parse import parse
from articles.importing.addresses import INDEX_NAMES
from articles.importing.groups import Group
from articles.importing.locale_names import locale_named
from articles.importing.pages import Page

_ENDING = re.compile(r"\.(?:md|markdown|html?)$", re.IGNORECASE)


class Site:
    """Leads from what a link says to the article that is meant."""

    def __init__(self, groups: Iterable[Group], public_ids: Mapping[str, str]) -> None:
        self.groups = {group.key: group for group in groups}
        self.public_ids = public_ids  # by key
        self._keys: dict[str, str] = {}  # by address
        self._anchors: dict[str, frozenset[str]] = {}  # by path
        pages = [(group.key, page) for group in self.groups.values() for page in group.in_order()]
        # What a file is called comes before what another one was once called.
        for key, page in pages:
            for address in (posixpath.splitext(page.path)[0], page.key):
                self._keys.setdefault(_canonical(address), key)
        for key, page in pages:
            for address in page.addresses:
                self._keys.setdefault(_canonical(address), key)

    def find(self, path: str, *, page: Page) -> str | None:
        """Return the key of the article that `path` means on `page`; None if it is not there."""
        for candidate in self._candidates(unquote(path), page):
            canonical = _canonical(candidate)
            if key := self._keys.get(canonical) or self._keys.get(_without_locale(canonical)):
                return key
        return None

    def page(self, key: str, locale: str) -> Page:
        """Return an article's page in `locale`, or in the first locale it is there in."""
        group = self.groups[key]
        return group.pages.get(locale) or group.in_order()[0]

    def anchor(self, written: str, *, page: Page) -> str | None:
        """Return the anchor that `#written` means on `page`, None if it has no such heading."""
        name = unquote(written)
        if page.path not in self._anchors:
            body = parse(page.body, locale=page.locale).body
            self._anchors[page.path] = anchors(body.blocks)
        wanted = (page.anchors.get(name, name), name.lower())
        return next((anchor for anchor in wanted if anchor in self._anchors[page.path]), None)

    def _candidates(self, path: str, page: Page) -> Iterable[str]:
        """A relative path is meant from the file, from the address that a site gave it, or from
        the root."""
        if path.startswith("/"):
            yield path
            return
        yield posixpath.join("/", posixpath.dirname(page.path), path)
        yield posixpath.join("/", posixpath.dirname(page.key), path)
        yield posixpath.join("/", page.key, path)
        yield posixpath.join("/", path)


def _canonical(address: str) -> str:
    """Return the one form of an address: no ending, no index, no slash at its end; Jekyll tells
    `_docs/page` at `/docs/page`."""
    path = posixpath.normpath(posixpath.join("/", address.replace("\\", "/").strip()))
    path = _ENDING.sub("", "/" + path.strip("/"))
    folder, _, name = path.rpartition("/")
    path = folder or "/" if name.lower() in INDEX_NAMES else path
    return path.replace("/_", "/")


def _without_locale(path: str) -> str:
    parts: Collection[str] = path.strip("/").split("/")
    kept = [part for part in parts if not locale_named(part)]
    return "/" + "/".join(kept)
