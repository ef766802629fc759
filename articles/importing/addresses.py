"""The addresses of a page: the slug its file says, what else one can be made of, and the paths
where its site told it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from django.utils.text import slugify

from articles.importing.front_matter import FrontMatter
from articles.importing.refused import Refused

INDEX_NAMES = ("index", "_index", "readme")
_POST_DATE = re.compile(r"\d{4}-\d{2}-\d{2}-(?=.)")
_ORIGIN = re.compile(r"(?:https?:)?//[^/]*", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:md|markdown|html?)$", re.IGNORECASE)
_LONGEST_SLUG, _LONGEST_PATH = 120, 300


@dataclass(frozen=True, slots=True)
class Addresses:
    slug: str  # that the file says, "" if it says none
    parts: tuple[str, ...]  # the folders and the name that a slug can be made of then
    old: tuple[str, ...]  # paths of the site, with a leading slash


def read_addresses(matter: FrontMatter, *, key: str, local_name: str, title: str) -> Addresses:
    """Return the addresses of the page at the path `key`, which its site may call `local_name`.

    Raises Refused, naming the line.
    """
    said = matter.text("slug")
    # Docusaurus' slug may be a whole path; Jekyll's placeholders (/:year/) say nothing.
    paths = [said] if "/" in said else []
    paths += [path for name in ("permalink", "url") if (path := matter.text(name))]
    paths = [path for path in map(path_of, paths) if ":" not in path]
    folders = key.split("/")[:-1]
    named = "/".join([*folders, local_name]) if local_name else key
    slug = "" if "/" in said else _slug(said)
    made_of = (*map(path_parts, paths[:1]), path_parts(named), _slugs([slug]), _slugs([title]))
    parts = next((parts for parts in made_of if parts), None)
    if parts is None:
        raise Refused("has no letter in its name or title to make an address of.", line=1)
    old = [*matter.list("aliases"), *matter.list("redirect_from"), *paths]
    if local_name:
        old.append(local_name)
    return Addresses(slug, parts, tuple(_old_paths(old, folders, matter)))


def path_parts(path: str) -> tuple[str, ...]:
    """Return the folders and the name of a path, as parts of a slug: no index, no post's date."""
    *folders, name = _ENDING.sub("", path.strip("/")).split("/")
    if name.lower() in INDEX_NAMES:
        name = ""
    elif "_posts" in folders:
        name = _POST_DATE.sub("", name)
    return _slugs([*folders, name])


def path_of(address: str) -> str:
    """Return the path in an address of a site, without its host, query and fragment."""
    return unquote(re.split("[?#]", _ORIGIN.sub("", address, count=1), maxsplit=1)[0])


def _slugs(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(slug for name in names if (slug := _slug(name)))


def _slug(written: str) -> str:
    return slugify(written, allow_unicode=True)[:_LONGEST_SLUG].strip("-_")


def _old_paths(
    addresses: Iterable[str], folders: Iterable[str], matter: FrontMatter
) -> Iterable[str]:
    """Yield each path once; a relative one is meant from the page's folder."""
    paths = {}
    for address in addresses:
        path = posixpath.join("/", *folders, path_of(address))
        if len(path) > _LONGEST_PATH:
            line = matter.line("aliases", "redirect_from", "permalink", "url", "slug")
            raise Refused("An old address is longer than 300 characters.", line=line)
        paths["/" + posixpath.normpath(path).strip("/")] = True
    return (path for path in paths if path != "/")
