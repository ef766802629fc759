"""A text as its readers will get it, before it is published: nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace

from articles.audiences import AGENT, PUBLIC, rank
from articles.document.blocks import Document
from articles.document.expand import for_audience
from articles.models import ArticleText, Revision
from articles.snippet_values import Reading
from channels.operations.edition_values import EditionValues
from channels.operations.preparing import Unpublishable, build_document, context_of
from channels.operations.subjects import subject_of
from channels.registry import FORMATS
from channels.renderers.spoken_script import spoken_script


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
    context = context_of(document, subject)
    website, agent = _cut(document, widest), _cut(document, AGENT)
    return Preview(
        website=FORMATS["html"].render(website, context).decode(),
        agent=FORMATS["html"].render(agent, context).decode(),
        script=spoken_script(FORMATS["ssml"].render(website, context)),
        website_audience=widest,
    )


def _cut(document: Document, audience: str) -> Document:
    return replace(document, body=for_audience(document.body, audience))
