"""Pages that a hub exported: taken word for word, with nothing guessed."""

from __future__ import annotations

from pathlib import PurePosixPath

from articles.exported_form import (
    ATTACHMENTS,
    DIALECT,
    DIALECT_FIELD,
    KNOWLEDGE,
    attachment_names,
    with_names,
)
from articles.importing import pages
from articles.importing.conversion import Converted
from articles.importing.files import SourceFile
from articles.importing.front_matter import FrontMatter, split
from articles.importing.knowledge import Knowledge
from articles.importing.options import Options
from articles.importing.pages import Page
from articles.importing.passages import passages_of
from articles.importing.pictures import Pictures
from articles.importing.refused import Refused
from articles.importing.report import Notice, Report
from articles.operations.addresses import SLUG


def read_any_page(file: SourceFile, *, default_locale: str | None) -> Page:
    """Return what a file says, whoever wrote it. Raises Refused, naming the line."""
    matter, body = split(file.text)
    if matter.text(DIALECT_FIELD) != DIALECT:
        return pages.read_page(file, default_locale=default_locale)
    return _read(file, matter, body)


def take_as_it_is(page: Page, taken: Pictures, known: frozenset[str]) -> Converted:
    """Return the page's body with its attachments by name. `known` are those that the hub has."""
    body = with_names(page.body)
    found, warnings = [], []
    for name in attachment_names(body):
        try:
            stored = taken.find(f"/{ATTACHMENTS}/{name}", page_path=page.path)
        except Refused as refusal:
            stored, why = "", refusal.reason
        else:
            why = "is not what its name says"
        if stored == name:
            found.append(name)
        elif name not in known:
            warnings.append(Notice(page.path, None, f"The attachment {name} {why}."))
    return Converted(
        body=body,
        links=frozenset(),
        pictures=tuple(found),
        warnings=tuple(warnings),
        lines=tuple(range(1, body.count("\n") + 2)),
    )


def store_for_snippets(
    knowledge: Knowledge, taken: Pictures, *, options: Options, report: Report
) -> None:
    """Keep the attachments that the snippets of an export name. One that cannot be taken is named
    in `report`."""
    texts = (str(snippet.value) for snippet in knowledge.snippets if snippet.kind == "text")
    for name in attachment_names("\n".join(texts)):
        try:
            if taken.find(f"/{ATTACHMENTS}/{name}", page_path="") == name:
                taken.store(actor=options.actor(), name=name)
                continue
            why = "is not what its name says"
        except Refused as refusal:
            why = refusal.reason
        report.warn(KNOWLEDGE, None, f"The attachment {name} {why}.")


def _read(file: SourceFile, matter: FrontMatter, body: str) -> Page:
    key = str(PurePosixPath(file.path).with_suffix(""))
    path_locale, key = pages.take_locale(key)
    title = matter.text("title")
    locale = pages.locale_said(matter) or path_locale
    article_id, _ = pages.ids(matter)
    for name, value in (("title", title), ("locale", locale), ("article_id", article_id)):
        if not value:
            raise Refused(f"says no {name}.", line=1)
    assert locale is not None  # as was just looked at  # noqa: S101
    slug = matter.text("slug")
    former = _texts(matter, "former_slugs")
    for address in (slug, *former):
        if not SLUG.fullmatch(address):
            line = matter.line("slug" if address == slug else "former_slugs")
            raise Refused(f"“{address[:60]}” cannot be an address.", line=line)
    return Page(
        path=file.path,
        key=key,
        locale=locale,
        sha256=file.sha256,
        title=title,
        summary=matter.text("description"),
        questions=_texts(matter, "questions"),
        slug=slug,
        parts=(slug,),
        body=body,
        body_line=matter.body_line,
        passages=passages_of(""),
        article_id=article_id,
        kind=pages.kind_said(matter),
        audience=pages.audience_said(matter),
        topic=matter.text("topic"),
        labels=(),
        folder="",
        tags=_texts(matter, "tags"),
        addresses=(*_texts(matter, "aliases"), *former),
        draft=matter.text("draft").lower() in pages.YES,
        anchors={},
        lines=pages.lines_of(matter),
        owner=matter.text("owner"),
        review_by=pages.review_by_said(matter),
        source_locale=pages.source_locale_said(matter),
        own=True,
        products=_texts(matter, "products") if matter.line("products") else None,
    )


def _texts(matter: FrontMatter, name: str) -> tuple[str, ...]:
    """Return the texts of a list as they stand there, twice where they are there twice."""
    value = matter.values.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Refused(f"“{name}” must be a list of texts.", line=matter.line(name))
    return tuple(value)
