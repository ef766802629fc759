"""What one Markdown file says: its front matter as fields of ours, and its body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from articles.audiences import AUDIENCES
from articles.document.headings import slug as anchor_of
from articles.document.markup_amount import MOST_MARKUP, markup_amount
from articles.document.text import clean_line
from articles.importing.addresses import read_addresses
from articles.importing.files import SourceFile
from articles.importing.front_matter import FrontMatter, split
from articles.importing.locale_names import locale_named, take_locale
from articles.importing.passages import Passages, passages_of
from articles.importing.refused import Refused
from articles.models import Kind
from articles.public_ids import is_public_id, was_made_here

YES, NO = ("true", "yes", "on"), ("false", "no", "off")
_INLINE_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"`+|\*\*|__|(?<!\w)[*_]|[*_](?!\w)")
# From the first of the blanks only, and none given back, or many would be tried in every split.
_OWN_ANCHOR = re.compile(r"(?<!\s)\s*+\{:?\s*+#([^{}\s]++)[^{}]*+\}\s*+$")
_NAMED = re.compile(r"</?a(?:\s+(?:name|id)\s*=\s*[\"']?([^\"'\s>]+)[\"']?)?\s*/?>", re.IGNORECASE)


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
    slug: str  # that the file says itself
    parts: tuple[str, ...]  # the folders and the name that a slug can be made of
    body: str
    body_line: int  # of the body's first line in the file
    passages: Passages  # of the body
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
    # Of pages that an export wrote (`own`), in our own Markdown; others may mean something else.
    owner: str = ""  # a user name
    review_by: date | None = None
    source_locale: str | None = None
    own: bool = False
    products: tuple[str, ...] | None = None

    def line(self, body_line: int) -> int:
        """Return the line in the file of the body's line `body_line`, which counts from 1."""
        return self.body_line + body_line - 1


def read_page(file: SourceFile, *, default_locale: str | None) -> Page:
    """Return what a file says; `default_locale` is None where a file must name its own. Raises
    Refused, naming the line."""
    matter, body = split(file.text)
    if markup_amount(body) > MOST_MARKUP:
        raise Refused(f"has more than {MOST_MARKUP:,} lines and marks of markup.")
    path_locale, key = take_locale(str(PurePosixPath(file.path).with_suffix("")))
    locale = locale_said(matter) or path_locale or default_locale
    if locale is None:
        raise Refused(
            "is in another language than the hub's, by its path. If it is not, say its locale in "
            "a field, or that of all such files with --locale."
        )
    title, body, passages = _title(matter, body)
    anchors, body = _own_anchors(body, passages)
    article_id, local_name = ids(matter)
    addresses = read_addresses(matter, key=key, local_name=local_name, title=title)
    folders = key.split("/")[:-1]
    return Page(
        path=file.path,
        key=key,
        locale=locale,
        sha256=file.sha256,
        title=title,
        summary=matter.text("description", "summary", "excerpt"),
        questions=matter.list("questions"),
        slug=addresses.slug,
        parts=addresses.parts,
        body=body,
        body_line=matter.body_line,
        passages=passages,
        article_id=article_id,
        kind=kind_said(matter) or _kind_folder(folders),
        audience=audience_said(matter),
        topic=matter.text("topic"),
        labels=(
            *matter.list("categories", separator=","),
            *matter.list("category"),
            *matter.list("section"),
            *matter.list("tags", separator=","),
        ),
        folder=folders[0] if folders else "",
        tags=_tags(matter),
        addresses=addresses.old,
        draft=matter.text("draft").lower() in YES or matter.text("published").lower() in NO,
        anchors=anchors,
        lines=lines_of(matter),
        products=matter.list("products") if matter.line("products") else None,
    )


def _title(matter: FrontMatter, body: str) -> tuple[str, str, Passages]:
    """Return the title, the body without the heading that says it, and the body's passages."""
    title = matter.text("title")
    passages = passages_of(body)
    heading = passages.first_heading()
    if heading is None:
        if not title:
            line = matter.line("title") or 1
            raise Refused("has no title, neither in front matter nor as a # heading.", line=line)
        return title, body, passages
    lines = body.split("\n")
    said = _plain(" ".join(lines[heading.start : heading.end]))
    if title and (said != title or any(line.strip() for line in lines[: heading.start])):
        return title, body, passages
    end = heading.end
    if not lines[heading.start].lstrip().startswith("#"):
        end += 1  # the line of === under it
    # Empty lines keep the numbers of those after them.
    lines[heading.start : end] = [""] * (end - heading.start)
    if not (title or said):
        raise Refused("has no title: its heading is empty.", line=matter.body_line + heading.start)
    return title or said, "\n".join(lines), passages.without(heading)


def _own_anchors(body: str, passages: Passages) -> tuple[dict[str, str], str]:
    """Return the names that `## Heading {#name}` or `## <a name="name"></a>Heading` give, and the
    body without them."""
    lines = body.split("\n")
    names: dict[str, str] = {}
    for passage in passages.found:
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
    words = _OWN_ANCHOR.sub("", _NAMED.sub("", heading).strip().strip("#"))
    return clean_line(_MARKS.sub("", _INLINE_LINK.sub(r"\1", words)))


def kind_said(matter: FrontMatter) -> str | None:
    return _choice(matter, "kind", Kind.values)


def audience_said(matter: FrontMatter) -> str | None:
    return _choice(matter, "audience", AUDIENCES)


def review_by_said(matter: FrontMatter) -> date | None:
    """Raises Refused for what is no day."""
    written = matter.text("review_by")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        line = matter.line("review_by")
        raise Refused(f"“{written[:40]}” is no day like 2027-01-31.", line=line) from None


def locale_said(matter: FrontMatter) -> str | None:
    return _locale_in(matter, "locale", "lang", "language")


def source_locale_said(matter: FrontMatter) -> str | None:
    return _locale_in(matter, "source_locale")


def _locale_in(matter: FrontMatter, *names: str) -> str | None:
    for name in names:
        if written := matter.text(name):
            locale = locale_named(written)
            if locale is None:
                raise Refused(f"There is no locale “{written[:40]}” here.", line=matter.line(name))
            return locale
    return None


def ids(matter: FrontMatter) -> tuple[str, str]:
    """Return the public id that a file names, and the name that its site knows it by: what other
    generators call `id` is unique in one folder only."""
    named = matter.text("article_id")
    if named and not is_public_id(named):
        raise Refused(
            f"“{named[:40]}” cannot be an article's id: 3 to 40 small letters, digits and dashes.",
            line=matter.line("article_id"),
        )
    local = matter.text("id")
    if not named and was_made_here(local):
        return local, ""
    return named, local


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


def lines_of(matter: FrontMatter) -> dict[str, int]:
    """Return the lines of the fields that the hub's operations may have to complain about."""
    sources = {
        "title": ("title",),
        "summary": ("description", "summary", "excerpt"),
        "questions": ("questions",),
        "slug": ("slug", "permalink", "url"),
        "aliases": ("aliases", "redirect_from", "permalink", "url", "slug"),
        "id": ("article_id", "id"),
        "kind": ("kind",),
        "audience": ("audience",),
        "topic": ("topic",),
        "owner": ("owner",),
        "tags": ("tags", "keywords"),
        "products": ("products",),
    }
    found = ((field, matter.line(*names)) for field, names in sources.items())
    return {field: line for field, line in found if line is not None}
