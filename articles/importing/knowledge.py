"""The topics and snippets of an export (knowledge.json): what its pages need to say the same."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from articles.document.text import clean_text
from articles.exceptions import OperationRefused
from articles.exported_form import ARTICLES_BEGIN, FORMAT, KNOWLEDGE, VERSION
from articles.importing.options import Options
from articles.importing.refused import Refused
from articles.importing.report import Report
from articles.models import Snippet, SnippetRevision, Topic
from articles.operations.snippets import save_snippet
from articles.operations.topics import save_topic

_HEAD = 200  # bytes, within which an export names its format
MAX_BYTES = 64 * 1024 * 1024  # before the articles, which are not read from here


@dataclass(frozen=True, slots=True)
class KnownTopic:
    slug: str
    parent: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class KnownSnippet:
    """The value that readers got, or else the approved one, or else the newest."""

    key: str
    kind: str
    value: Any
    approved: bool


@dataclass(frozen=True, slots=True)
class Knowledge:
    topics: tuple[KnownTopic, ...] = ()
    snippets: tuple[KnownSnippet, ...] = ()
    original_names: dict[str, str] = field(default_factory=dict)  # of attachments
    is_export: bool = False

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(snippet.key for snippet in self.snippets)


def read_knowledge(folder: Path) -> Knowledge:
    """Return what the folder's knowledge.json says; nothing where there is none of ours.

    Raises Refused where it cannot be read.
    """
    file = folder / KNOWLEDGE
    if not file.is_file():
        return Knowledge()
    head = _head(folder, file)
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        return Knowledge()
    if head.get("version") != VERSION:
        raise Refused(f"is an export of version {head.get('version')!r}; {VERSION} is read here.")
    try:
        return Knowledge(
            topics=tuple(_topic(row) for row in head["topics"]),
            snippets=tuple(_snippet(row) for row in head["snippets"]),
            original_names={
                clean_text(row["name"]): clean_text(row["original_name"])
                for row in head["attachments"]
            },
            is_export=True,
        )
    except (AttributeError, KeyError, TypeError, ValueError, StopIteration):
        raise Refused("is not as an export writes it.") from None


def save_knowledge(knowledge: Knowledge, *, options: Options, report: Report) -> None:
    """Make the topics and snippets that the hub lacks; others stay as they are here, unless they
    are to be overwritten. One that is refused is named in `report`."""
    for topic in knowledge.topics if options.create_topics else ():
        _or_refused(_save_topic, topic, topic.slug, options, report)
    for snippet in knowledge.snippets:
        _or_refused(_save_snippet, snippet, snippet.key, options, report)


def _or_refused(save: Any, row: Any, name: str, options: Options, report: Report) -> None:
    try:
        save(row, options, report)
    except OperationRefused as refusal:
        report.refuse(KNOWLEDGE, None, f"“{name[:80]}”: {refusal}")


def _save_topic(topic: KnownTopic, options: Options, report: Report) -> None:
    known = Topic.objects.filter(slug=topic.slug).exists()
    if known and not options.overwrite:
        return
    parent = Topic.objects.filter(slug=topic.parent).first() if topic.parent else None
    save_topic(actor=options.actor(), slug=topic.slug, names=topic.names, parent=parent)


def _save_snippet(snippet: KnownSnippet, options: Options, report: Report) -> None:
    known = Snippet.objects.select_related("head").filter(key=snippet.key).first()
    head: SnippetRevision | None = known.head if known else None
    if head and head.value != snippet.value and not options.overwrite:
        message = f"The snippet “{snippet.key}” has another value here, which stays."
        report.warn(KNOWLEDGE, None, message)
        return
    saved = save_snippet(
        actor=options.actor(),
        key=snippet.key,
        kind=snippet.kind,
        value=snippet.value,
        based_on=head.number if head else 0,
    )
    if snippet.approved:
        report.snippets.append(saved)


def _head(folder: Path, file: Path) -> Any:
    """Return the file's JSON without the articles."""
    if not file.resolve().is_relative_to(folder):
        raise Refused("is a link out of the folder.")
    with file.open("rb") as opened:
        start = opened.read(MAX_BYTES + 1)
    begin = start.find(f"\n{ARTICLES_BEGIN}\n".encode())
    if begin >= 0:
        start = start[:begin] + f"\n{ARTICLES_BEGIN}]}}".encode()
    elif len(start) > MAX_BYTES:
        raise Refused("is too large to be read.")
    try:
        return json.loads(start.decode())
    except (ValueError, RecursionError):
        # Somebody else's file of this name is passed over, ours is missed.
        if f'"{FORMAT}"'.encode() in start[:_HEAD]:
            raise Refused("is cut short or broken: export again.") from None
        return None


def _topic(row: Any) -> KnownTopic:
    names = {str(locale): str(name) for locale, name in row["names"].items()}
    return KnownTopic(_text(row["slug"]), _text(row["parent"] or ""), names)


def _snippet(row: Any) -> KnownSnippet:
    number = row["live"] or row["approved"] or row["revisions"][-1]["number"]
    value = next(old["value"] for old in row["revisions"] if old["number"] == number)
    approved = bool(row["live"] or row["approved"])
    return KnownSnippet(_text(row["key"]), _text(row["kind"]), value, approved)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return clean_text(value)
