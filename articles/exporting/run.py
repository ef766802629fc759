"""A whole export: pages, attachments and JSON, the same bytes for the same knowledge."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from articles.exported_form import (
    ARTICLES_BEGIN,
    ATTACHMENTS,
    FORMAT,
    KNOWLEDGE,
    VERSION,
    attachment_names,
    page_path,
)
from articles.exporting import history
from articles.exporting.folder import ExportFolder
from articles.exporting.pages import page
from articles.locales import locales
from articles.models import Article, ArticleText, Revision
from articles.operations.attachments import attachment_path

AT_ONCE = 100  # articles, each with all its revisions


class Which(StrEnum):
    """Which revision of a text becomes its page."""

    BEST = "best"  # what readers get, or else the newest, as a draft
    LIVE = "live"  # what readers get
    NEWEST = "newest"


# Told article ids; returns text id -> id of the revision that readers get.
LiveTexts = Callable[[Sequence[int]], Mapping[int, int]]
# Told what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


def no_progress(doing: str, done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Asked:
    folder: Path
    live_texts: LiveTexts
    live_snippets: Mapping[int, int] = field(default_factory=dict)  # snippet id -> revision id
    which: Which = Which.BEST
    locale: str = ""  # "" for all
    progress: Progress = no_progress

    @property
    def everything(self) -> bool:
        return not self.locale and self.which is not Which.LIVE


@dataclass(slots=True)
class Exported:
    """How much was written, and what is missing though it should have been."""

    articles: int = 0
    pages: int = 0
    attachments: int = 0
    snippets: int = 0
    topics: int = 0
    revisions: int = 0
    warnings: list[str] = field(default_factory=list)


def run_export(asked: Asked) -> Exported:
    """Write the export. Raises OperationRefused where the folder holds what no export wrote."""
    done = Exported()
    with ExportFolder(asked.folder) as folder:
        used: set[str] = set()
        lines = folder.path(KNOWLEDGE).with_name("articles.part")
        with lines.open("w", encoding="utf-8", newline="\n") as file:
            _write_list(file, _articles(asked, folder, used, done))
        with folder.path(KNOWLEDGE).open("w", encoding="utf-8", newline="\n") as file:
            _write_knowledge(file, asked, None if asked.everything else used, folder, done)
            with lines.open(encoding="utf-8", newline="\n") as part:
                for line in part:
                    file.write(line)
            file.write("]}\n")
        lines.unlink()
    return done


def _write_knowledge(
    file: IO[str], asked: Asked, used: set[str] | None, folder: ExportFolder, done: Exported
) -> None:
    """Write all but the articles, which are at the end: who reads the rest need not read them."""
    known = list(history.attachments(used))
    topics, snippets = list(history.topics()), list(history.snippets(asked.live_snippets))
    done.topics, done.snippets = len(topics), len(snippets)
    file.write(f'{{"format": "{FORMAT}", "version": {VERSION},\n')
    for name, items in (("topics", topics), ("snippets", snippets), ("attachments", known)):
        file.write(f'"{name}": [\n')
        _write_list(file, items)
        file.write("],\n")
    file.write(f"{ARTICLES_BEGIN}\n")
    for number, attachment in enumerate(known):
        asked.progress("copying attachments", number, len(known))
        _copy(attachment["name"], folder, done)


def _write_list(file: IO[str], items: Iterable[dict[str, Any]]) -> None:
    between = ""
    for item in items:
        file.write(between + json.dumps(item, ensure_ascii=False, sort_keys=True))
        between = ",\n"
    file.write("\n" if between else "")


def _articles(
    asked: Asked, folder: ExportFolder, used: set[str], done: Exported
) -> Iterator[dict[str, Any]]:
    """Write the pages of each article, and yield what is known of it, by public id."""
    chosen = (asked.locale,) if asked.locale else locales()
    ids = list(Article.objects.order_by("public_id").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        asked.progress("writing articles", start, len(ids))
        some = ids[start : start + AT_ONCE]
        live = asked.live_texts(some)
        rows = history.with_history(Article.objects.filter(pk__in=some), chosen)
        for row in rows.order_by("public_id"):
            texts = list(row.texts.all())
            written = sum(_write_page(text, asked, live, folder, used, done) for text in texts)
            if asked.everything or written:
                done.articles += 1
                done.revisions += sum(len(text.revisions.all()) for text in texts)
                yield history.article(row, live)


def _write_page(
    text: ArticleText,
    asked: Asked,
    live: Mapping[int, int],
    folder: ExportFolder,
    used: set[str],
    done: Exported,
) -> bool:
    """Write the page of a text; return whether there is one."""
    revision = _chosen(text, asked.which, live.get(text.pk))
    if revision is None:
        return False
    # Sorted here: databases sort texts each in their own way.
    addresses = sorted(old.address for old in text.former_addresses.all())
    content = page(text, revision, addresses=addresses, draft=revision.pk != live.get(text.pk))
    file = folder.path(page_path(text.article.public_id, text.locale))
    file.write_bytes(content.encode())
    used.update(attachment_names(revision.body))
    done.pages += 1
    return True


def _chosen(text: ArticleText, which: Which, live: int | None) -> Revision | None:
    told = next((row for row in text.revisions.all() if row.pk == live), None)
    if which is Which.LIVE or (which is Which.BEST and told is not None):
        return told
    return text.head


def _copy(name: str, folder: ExportFolder, done: Exported) -> None:
    try:
        content = attachment_path(name).read_bytes()
    except OSError as error:
        done.warnings.append(f"The attachment {name} cannot be read: {error.strerror}.")
        return
    if hashlib.sha256(content).hexdigest() != name.partition(".")[0]:
        done.warnings.append(f"The attachment {name} is not what its name says: left out.")
        return
    folder.path(f"{ATTACHMENTS}/{name}").write_bytes(content)
    done.attachments += 1
