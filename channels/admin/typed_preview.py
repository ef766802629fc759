"""A text as its readers would get it, while it is typed: nothing is stored, and it is shown as far
as it can be even where something must be corrected."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.audiences import AGENT, AUDIENCES, rank
from articles.content_checks import attachment_sizes, line_of, missing_attachments
from articles.document.blocks import Body, Document, Fact, Link, Paragraph, SnippetRef, Text
from articles.document.canonical import content_digest
from articles.document.errors import DocumentError, MissingValue, UnknownRegion, UnknownSnippet
from articles.document.expand import expand, for_audience
from articles.document.parse import Problem, parse
from articles.document.references import article_links, linked_files, snippet_keys
from articles.document.text import clean_line, clean_name
from articles.document.words import document_words
from articles.models import Article
from articles.problem_messages import translated
from channels.envelopes.agent_card import card
from channels.envelopes.html_links import make_absolute
from channels.operations.edition_values import EditionValues
from channels.parity import ParityError, check
from channels.registry import FORMATS
from channels.renderers.base import Context
from channels.renderers.speech_time import seconds_of_speech
from channels.renderers.spoken_script import spoken_script

MOST_CHARACTERS = 200_000  # of a text that is previewed while it is typed
VIEWS = ("website", "phone", "agent", "feed")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form."""

    title: str
    summary: str
    questions: tuple[str, ...]
    body: str


@dataclass(slots=True)
class TypedPreview:
    """`html` or `script` is what one kind of reader gets; "" where nothing can be shown."""

    audience: str
    html: str = ""
    script: str = ""
    seconds: int = 0
    problems: list[Problem] = field(default_factory=list)
    same: bool = False  # whether all formats say the same words
    verdict: str = ""  # that in words


def typed_preview(
    article: Article,
    typed: Typed,
    *,
    locale: str,
    slug: str,
    view: str,
    audience: str,
    origin: str = "",
) -> TypedPreview:
    """Show `typed` as `view` (website, phone, agent, feed) gives it to readers of `audience`.

    Who may not read the article gets nothing of it: the widest audience that may stands for them.
    A feed's links begin with `origin`. A constant number of statements.
    """
    audience = AUDIENCES[max(rank(AGENT if view == "agent" else audience), rank(article.audience))]
    preview = TypedPreview(audience)
    document = _document(article, typed, locale, preview.problems)
    if document is None:
        preview.verdict = _("Nothing can be shown before this is corrected.")
        return preview
    shown = replace(document, body=for_audience(document.body, audience))
    context = Context(
        digest=content_digest(document),
        slug=slug,
        topic=article.topic.slug if article.topic else "",
        sizes=attachment_sizes(linked_files(document.body)),
    )
    rendered = {name: format.render(shown, context) for name, format in FORMATS.items()}
    _judge(preview, shown, rendered)
    match view:
        case "phone":
            preview.script = spoken_script(rendered["ssml"])
            preview.seconds = seconds_of_speech(preview.script)
        case "agent":
            preview.html = card(rendered["html"], locale=locale).decode()
        case "feed":
            preview.html = make_absolute(rendered["html"].decode(), origin)
        case _:
            preview.html = rendered["html"].decode()
    return preview


def _judge(preview: TypedPreview, shown: Document, rendered: dict[str, bytes]) -> None:
    """Compare what the formats say, as publishing will."""
    try:
        check(shown, rendered)
    except ParityError as error:
        preview.verdict = str(error)
        return
    preview.same = True
    words = len(document_words(shown))
    preview.verdict = (
        ngettext("All formats say the same %d word.", "All formats say the same %d words.", words)
        % words
    )


def _document(
    article: Article, typed: Typed, locale: str, problems: list[Problem]
) -> Document | None:
    """Parse and expand; None where not even a part can be shown."""
    parsed = parse(typed.body, locale=locale)
    problems += parsed.problems
    values = EditionValues.of_now(snippet_keys(parsed.body))
    reading = _Forgiving(values, locale, typed.body, problems)
    try:
        body = expand(parsed.body, reading.present)
    except DocumentError as error:
        key = getattr(error, "key", "")
        problems.append(Problem(line_of(typed.body, key), "snippet", str(error)))
        return None
    problems += missing_attachments(body, source=typed.body)
    problems += _unknown_articles(body, typed.body)
    title = clean_name(typed.title)
    if not title:
        problems.insert(0, Problem(None, "title", _("A text needs a title.")))
    return Document(
        article=article.public_id,
        locale=locale,
        kind=article.kind,
        audience=article.audience,
        title=title or "…",
        summary=clean_line(typed.summary),
        questions=tuple(q for q in map(clean_line, typed.questions) if q),
        body=body,
    )


class _Forgiving:
    """Presents snippets; where one has no value its key stands there, and a problem is noted."""

    def __init__(
        self, values: EditionValues, locale: str, source: str, problems: list[Problem]
    ) -> None:
        self._values, self._locale = values, locale
        self._source, self._problems = source, problems
        self._noted: set[str] = set()

    def present(self, snippet: SnippetRef) -> Fact | Link | Body:
        key = snippet.name
        try:
            return self._values.present(snippet, self._locale)
        except (UnknownSnippet, UnknownRegion, MissingValue) as error:
            if key not in self._noted:
                self._noted.add(key)
                self._problems.append(Problem(line_of(self._source, key), "snippet", str(error)))
            return Body((Paragraph((Text(f"⟨{key}⟩"),)),))


def _unknown_articles(body: Body, source: str) -> list[Problem]:
    """Return a problem for each link to an article that there is none of. One statement.

    Whether its readers can read the article is judged when publishing, by what is live then.
    """
    targets = {reference.link.article for reference in article_links(body)}
    if not targets:
        return []
    known = Article.objects.filter(public_id__in=targets).values_list("public_id", flat=True)
    return [
        Problem(
            line_of(source, f"article:{target}"),
            "link",
            _("There is no article %(id)s.") % {"id": target},
        )
        for target in sorted(targets - set(known))
    ]


def told(problem: Problem) -> str:
    """Return a problem in the editor's language."""
    return translated(problem.message)
