"""A text as its readers will get it, before it is published: nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from articles.audiences import AGENT, PUBLIC, rank
from articles.document.blocks import Document
from articles.document.canonical import content_digest
from articles.document.expand import for_audience
from articles.models import ArticleText, Revision
from articles.snippet_values import Reading
from channels.operations.edition_values import EditionValues
from channels.operations.preparing import Unpublishable, build_document
from channels.operations.subjects import subject_of
from channels.registry import FORMATS
from channels.renderers.base import Context
from channels.renderers.speech_reading import parse_xml


@dataclass(frozen=True, slots=True)
class Preview:
    """What each kind of reader gets, or the problems that stop all of them from getting it."""

    website: str = ""  # HTML of our own renderer
    agent: str = ""
    script: str = ""  # what the phone says
    website_audience: str = PUBLIC
    problems: tuple[str, ...] = ()


def preview(text: ArticleText, revision: Revision) -> Preview:
    """Render a revision with the snippets' values that publishing would tell now."""
    article = text.article
    subject = subject_of(text, revision.pk)
    try:
        document = build_document(subject, revision, Reading(EditionValues({}), text.locale))
    except Unpublishable as refusal:
        return Preview(problems=refusal.reasons)
    # The widest audience that may read the article at all stands for the website.
    widest = article.audience if rank(article.audience) > rank(PUBLIC) else PUBLIC
    context = Context(digest=content_digest(document), slug=subject.slug, topic=subject.said.topic)
    website, agent = _cut(document, widest), _cut(document, AGENT)
    return Preview(
        website=FORMATS["html"].render(website, context).decode(),
        agent=FORMATS["html"].render(agent, context).decode(),
        script=spoken_script(FORMATS["ssml"].render(website, context)),
        website_audience=widest,
    )


def spoken_script(ssml: bytes) -> str:
    """Return what a voice says, a line for each breath: aliases as they are spoken."""
    lines: list[str] = [""]
    _speak(parse_xml(ssml), lines)
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _speak(element: etree._Element, lines: list[str]) -> None:
    name = etree.QName(element).localname
    if name in ("p", "s", "break"):
        lines.append("")
    if name == "sub":
        lines[-1] += element.get("alias", "")
    else:
        lines[-1] += element.text or ""
        for child in element:
            _speak(child, lines)
            lines[-1] += child.tail or ""
    if name in ("p", "s"):
        lines.append("")


def _cut(document: Document, audience: str) -> Document:
    return replace(document, body=for_audience(document.body, audience))
