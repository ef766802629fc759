"""What one Markdown file says: its front matter as fields of ours, and its body."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from django.utils.text import slugify

from articles.audiences import AUDIENCES
from articles.document.headings import slug as anchor_of
from articles.document.text import clean_line
from articles.importing.files import SourceFile
from articles.importing.front_matter import FrontMatter, split
from articles.importing.locale_names import locale_named, take_locale
from articles.importing.passages import passages_of
from articles.importing.refused import Refused
from articles.models import Kind
from articles.public_ids import is_public_id

INDEX_NAMES = ("index", "_index", "readme")
_POST_DATE = re.compile(r"\d{4}-\d{2}-\d{2}-(?=.)")
_YES, _NO = ("true", "yes", "on"), ("false", "no", "off")
_INLINE_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"`+|\*\*|__|(?<!\w)[*_]|[*_](?!\w)")
_OWN_ANCHOR = re.compile(r"\s*\{:?\s*#([^{}\s]+)[^{}]*\}\s*$")
_NAMED = re.compile(r"</?a(?:\s+(?:name|id)\s*=\s*[\"']?([^\"'\s>]+)[\"']?)?\s*/?>", re.IGNORECASE)
_ORIGIN = re.compile(r"(?:https?:)?//[^/]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """One file: the text of an article in one locale. What is None or empty it does not say."""

    path: str  # in the folder
    key: str  # the path without locale and ending: the same for each locale of an article
    locale: str
    sha256: str
    title: str
    summary: str
    questions: tuple[str, ...]
    slug: str
    body: str
    body_line: int  # of the body's first line in the file
    article_id: str
    kind: str | None
    audience: str | None
    topic: str
    labels: tuple[str, ...]  # what may name a topic that exists
    folder: str  # the first folder, which may become a topic
    tags: tuple[str, ...] | None
    addresses: tuple[str, ...]  # old paths of the site, with a leading slash
    draft: bool
    anchors: dict[str, str]  # names that headings have in the source -> the anchors they get here
    lines: dict[str, int]  # of the fields, by our names for them

    def line(self, body_line: int) -> int:
        """Return the line in the file of the body's line `body_line`, which counts from 1."""
        return self.body_line + body_line - 1


def read_page(file: SourceFile, *, default_locale: str) -> Page:
    """Return what a file says. Raises Refused, naming the line."""
    matter, body = split(file.text)
    path = PurePosixPath(file.path)
    path_locale, key = take_locale(str(path.with_suffix("")))
    title, body = _title(matter, body)
    anchors, body = _own_anchors(body)
    folders = key.split("/")[:-1]
    permalinks = [
        address
        for name in ("permalink", "url")
        # Jekyll's placeholders (/:year/:title/) say nothing of this page.
        if (address := path_of(matter.text(name))) and ":" not in address
    ]
    return Page(
        path=file.path,
        key=key,
        locale=_locale(matter) or path_locale or default_locale,
        sha256=file.sha256,
        title=title,
        summary=matter.text("description", "summary", "excerpt"),
        questions=matter.list("questions"),
        slug=_slug(matter, permalinks, key, title),
        body=body,
        body_line=matter.body_line,
        article_id=_article_id(matter),
        kind=_choice(matter, "kind", Kind.values) or _kind_folder(folders),
        audience=_choice(matter, "audience", AUDIENCES),
        topic=matter.text("topic"),
        labels=(
            *matter.list("categories", separator=","),
            *matter.list("category"),
            *matter.list("section"),
            *matter.list("tags", separator=","),
        ),
        folder=folders[0] if folders else "",
        tags=_tags(matter),
        addresses=_addresses(matter, permalinks, folders),
        draft=matter.text("draft").lower() in _YES or matter.text("published").lower() in _NO,
        anchors=anchors,
        lines=_lines(matter),
    )


def _title(matter: FrontMatter, body: str) -> tuple[str, str]:
    """Return the title, and the body without the heading that says it."""
    title = matter.text("title")
    heading = passages_of(body).first_heading()
    if heading is None:
        if not title:
            line = matter.line("title") or 1
            raise Refused("has no title, neither in front matter nor as a # heading.", line=line)
        return title, body
    lines = body.split("\n")
    said = _plain(" ".join(lines[heading.start : heading.end]))
    if title and (said != title or any(line.strip() for line in lines[: heading.start])):
        return title, body
    end = heading.end
    if not lines[heading.start].lstrip().startswith("#"):
        end += 1  # the line of === under it
    # Empty lines keep the numbers of those after them.
    lines[heading.start : end] = [""] * (end - heading.start)
    if not (title or said):
        raise Refused("has no title: its heading is empty.", line=matter.body_line + heading.start)
    return title or said, "\n".join(lines)


def _own_anchors(body: str) -> tuple[dict[str, str], str]:
    """Return the names that `## Heading {#name}` or `## <a name="name"></a>Heading` give, and the
    body without them."""
    lines = body.split("\n")
    names: dict[str, str] = {}
    for passage in passages_of(body).found:
        line = lines[passage.start]
        if not passage.tag.startswith("h") or ("#" not in line and "<" not in line):
            continue
        found = [*_OWN_ANCHOR.findall(line), *filter(None, _NAMED.findall(line))]
        if found:
            heading = _NAMED.sub("", _OWN_ANCHOR.sub("", line))
            lines[passage.start] = heading
            names |= dict.fromkeys(found, anchor_of(heading.lstrip("#> ").rstrip()))
    return names, "\n".join(lines)


def _plain(heading: str) -> str:
    """Return what a heading's Markdown says."""
    words = _OWN_ANCHOR.sub("", heading.strip().strip("#"))
    return clean_line(_MARKS.sub("", _INLINE_LINK.sub(r"\1", words)))


def _locale(matter: FrontMatter) -> str | None:
    for name in ("locale", "lang", "language"):
        if written := matter.text(name):
            locale = locale_named(written)
            if locale is None:
                raise Refused(f"There is no locale “{written[:40]}” here.", line=matter.line(name))
            return locale
    return None


def _slug(matter: FrontMatter, permalinks: Sequence[str], key: str, title: str) -> str:
    *folders, name = key.split("/")
    if name.lower() in INDEX_NAMES:
        name = folders[-1] if folders else title
    elif "_posts" in folders:
        name = _POST_DATE.sub("", name)
    last_part = ""
    if permalinks:
        parts = PurePosixPath(permalinks[0]).parts
        last_part = parts[-1].removesuffix(".html") if parts and parts[-1] != "/" else ""
    for candidate in (matter.text("slug"), last_part, name, title):
        slug = slugify(candidate, allow_unicode=True)[:120].strip("-_")
        if slug:
            return slug
    raise Refused("has no letter in its name or title to make an address of.", line=1)


def _article_id(matter: FrontMatter) -> str:
    article_id = matter.text("id")
    if article_id and not is_public_id(article_id):
        raise Refused(
            f"“{article_id[:40]}” cannot be an id: 3 to 40 small letters, digits and dashes.",
            line=matter.line("id"),
        )
    return article_id


def _choice(matter: FrontMatter, name: str, choices: Sequence[str]) -> str | None:
    written = matter.text(name).lower()
    if written and written not in choices:
        raise Refused(
            f"There is no {name} “{written[:40]}”; there are {', '.join(choices)}.",
            line=matter.line(name),
        )
    return written or None


def _kind_folder(folders: Sequence[str]) -> str | None:
    return next((folder for folder in folders if folder in Kind.values), None)


def _tags(matter: FrontMatter) -> tuple[str, ...] | None:
    if not matter.line("tags", "keywords"):
        return None
    named = (*matter.list("tags", separator=","), *matter.list("keywords", separator=","))
    return tuple(dict.fromkeys(named))


def _addresses(
    matter: FrontMatter, permalinks: Sequence[str], folders: Sequence[str]
) -> tuple[str, ...]:
    """Return the paths where the site told this page; a relative one is meant from its folder."""
    named = [*matter.list("aliases"), *matter.list("redirect_from"), *permalinks]
    paths = []
    for address in named:
        path = posixpath.join("/", *folders, path_of(address))
        paths.append("/" + posixpath.normpath(path).strip("/"))
        if len(path) > 300:
            line = matter.line("aliases", "redirect_from", "permalink", "url")
            raise Refused("An old address is longer than 300 characters.", line=line)
    return tuple(dict.fromkeys(path for path in paths if path != "/"))


def path_of(address: str) -> str:
    """Return the path in an address of a site, without its host, query and fragment."""
    return unquote(re.split("[?#]", _ORIGIN.sub("", address, count=1), maxsplit=1)[0])


def _lines(matter: FrontMatter) -> dict[str, int]:
    """Return the lines of the fields that the hub's operations may have to complain about."""
    sources = {
        "title": ("title",),
        "summary": ("description", "summary", "excerpt"),
        "questions": ("questions",),
        "slug": ("slug", "permalink", "url"),
        "aliases": ("aliases", "redirect_from", "permalink", "url"),
        "id": ("id",),
        "kind": ("kind",),
        "audience": ("audience",),
        "topic": ("topic",),
    }
    found = ((field, matter.line(*names)) for field, names in sources.items())
    return {field: line for field, line in found if line is not None}
