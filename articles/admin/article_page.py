"""What an article's page shows: a section for each locale, with its text, state and next steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.admin.article_forms import TextForm, error_count
from articles.admin.comparisons import Line, as_text, compare, said
from articles.admin.desk import actor_of
from articles.admin.editor_merging import MergedText, merge_texts
from articles.admin.review_standing import Standing, standings_of
from articles.admin.text_buttons import Button, buttons_of
from articles.document.text import clean_text
from articles.locales import locale_choices
from articles.models import Article, ArticleText, Revision, WorkingCopy
from articles.operations.working_copies import working_copies_of
from articles.workflow import State

# A page of channels', which is reached by name only.
PREVIEW = "admin:channels_preview"

L = TypeVar("L", bound=Any)  # something with a locale


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved first: what they changed in the text that both began with, and how
    what stands in the form now, typed or merged, differs from theirs."""

    base: Revision | None
    theirs: Revision
    changed: list[Line]
    diff: list[Line]
    merged: MergedText | None = None


@dataclass(slots=True)
class Section:
    """One locale of the article."""

    locale: str
    name: str
    text: ArticleText | None
    form: TextForm
    buttons: list[Button]
    open: bool
    conflict: Conflict | None = None
    errors: str = ""
    standing: Standing | None = None  # how far its text has come in review
    links: dict[str, str] = field(default_factory=dict)
    kept: WorkingCopy | None = None  # what this person typed and did not save
    taken: bool = False  # whether the form shows what was kept
    is_source: bool = False  # whether the other locales are translated from it

    @property
    def sent_back(self) -> str:
        """The reviewer's reason, while it stands."""
        rejected = self.text is not None and self.text.state == State.REJECTED
        return self.standing.sent_back if rejected and self.standing else ""

    @property
    def unsaved(self) -> bool:
        """Whether the form shows what is stored nowhere as a revision."""
        return self.taken or self.conflict is not None or bool(self.form.errors)


def build_sections(
    request: HttpRequest, article: Article, *, typed: Mapping[str, Section] | None = None
) -> list[Section]:
    """Return a section for each locale; `typed` are those that show what could not be saved."""
    typed = typed or {}
    user = actor_of(request)
    texts = texts_of(article)
    sources = sources_of(article, texts)
    kept = working_copies_of(user, article)
    standings = standings_of(article)
    shown = _open_locales(request, article, texts, typed)
    take = request.GET.get("take", "")
    sections = []
    for locale, name in locale_choices():
        text = texts.get(locale)
        section = typed.get(locale)
        if section is None:
            taken = kept.get(locale) if take == locale else None
            section = Section(
                locale=locale,
                name=name,
                text=text,
                form=_kept_form(locale, article, text, sources, taken)
                if taken
                else text_form(locale, article, text, sources),
                buttons=[],
                open=locale in shown or locale in kept,
                kept=kept.get(locale),
                taken=taken is not None,
            )
        section.is_source = locale == article.source_locale
        if text is not None:
            if locale not in typed:  # A step would leave behind what was typed.
                section.buttons = buttons_of(user, article, text)
            section.links = _links(text)
            section.standing = standings[locale]
        sections.append(section)
    return sections


def _open_locales(
    request: HttpRequest,
    article: Article,
    texts: Mapping[str, ArticleText],
    typed: Mapping[str, Section],
) -> set[str]:
    """The locales whose sections are open: the one that was asked for; beside a translation its
    source."""
    asked = next(iter(typed), "") or request.GET.get("locale", "")
    if asked not in dict(locale_choices()):
        source = article.source_locale
        asked = source if source in texts else next(iter(texts), source)
    beside = {article.source_locale} & texts.keys()
    return {asked} | beside


def texts_of(article: Article) -> dict[str, ArticleText]:
    """Return the texts of the article by locale, as they were when its page found it."""
    return {text.locale: text for text in article.texts.all()}


@dataclass(frozen=True, slots=True)
class Sources:
    """The revisions of the article's source text that a translation may name: number and words by
    id, newest first."""

    MOST: ClassVar = 50

    rows: Mapping[int, tuple[int, str]]

    def number(self, revision_id: int | None) -> int | None:
        return self.rows[revision_id][0] if revision_id and revision_id in self.rows else None

    def id(self, number: int | None) -> int | None:
        return next((pk for pk, (known, _) in self.rows.items() if known == number), None)


def sources_of(article: Article, texts: Mapping[str, ArticleText]) -> Sources:
    """Return what the article's translations may name as what they say. One statement."""
    source = texts.get(article.source_locale)
    if source is None:
        return Sources({})
    named = [text.head.translation_of_id for text in texts.values() if text.head]
    rows = source.revisions.filter(
        Q(number__gt=(source.head.number if source.head else 0) - Sources.MOST) | Q(pk__in=named)
    )
    return Sources(
        {
            pk: (number, said_of_source(number, created_at))
            for pk, number, created_at in rows.values_list("pk", "number", "created_at")
        }
    )


def said_of_source(number: int, created_at: datetime) -> str:
    """Return a revision of the source text in words to choose it by."""
    when = date_format(timezone.localtime(created_at), "SHORT_DATETIME_FORMAT")
    return _("revision %(number)d of %(when)s") % {"number": number, "when": when}


def text_form(
    locale: str,
    article: Article,
    text: ArticleText | None,
    sources: Sources,
    **kwargs: Any,
) -> TextForm:
    """Return the form of a text; its fields' ids name the locale, as the page holds several."""
    translates = locale != article.source_locale
    form = TextForm(
        text=text,
        sources=list(sources.rows.values()) if translates else (),
        auto_id=f"id_{locale}_%s",
        **kwargs,
    )
    if translates and text is not None and text.head is not None:
        form.initial.setdefault("translation_of", sources.number(text.head.translation_of_id))
    elif translates:  # A first translation is of what the source says now.
        form.initial.setdefault("translation_of", next(iter(sources.rows.values()), (None,))[0])
    return form


def _kept_form(
    locale: str,
    article: Article,
    text: ArticleText | None,
    sources: Sources,
    kept: WorkingCopy,
) -> TextForm:
    """Return the form with what was typed and not saved, on top of the revision it was typed on."""
    initial = {**kept.content, "based_on": kept.based_on, "seen_slug": text.slug if text else ""}
    return text_form(locale, article, text, sources, initial=initial)


def typed_section(
    locale: str, text: ArticleText | None, form: TextForm, conflict: Conflict | None = None
) -> Section:
    """Return the section that shows again what was typed and could not be saved."""
    return Section(
        locale=locale,
        name=dict(locale_choices())[locale],
        text=text,
        form=form,
        buttons=[],
        open=True,
        conflict=conflict,
        errors=error_count(form) if form.errors else "",
    )


def conflict_with(
    text: ArticleText, theirs: Revision, content: Mapping[str, Any], *, merge_on: int | None = None
) -> Conflict:
    """Compare the newest revision with the one that was written on, and with what was typed.

    With `merge_on`, the number of the revision that both began with, both changes are merged.
    """
    number = content["based_on"] if merge_on is None else merge_on
    base = text.revisions.filter(number=number).first()
    merged = None if merge_on is None else merge_texts(base, theirs, content)
    in_form = content if merged is None else merged.content
    # A browser sends its own line ends: as they are, every line would differ from what was saved.
    yours = said(
        title=in_form["title"],
        summary=clean_text(in_form["summary"]),
        questions=in_form["questions"],
        body=clean_text(in_form["body"]),
    )
    return Conflict(
        base=base,
        theirs=theirs,
        changed=compare(as_text(base), as_text(theirs)) if base else [],
        diff=compare(as_text(theirs), yours),
        merged=merged,
    )


def title_of(article: Article) -> str:
    """Return the article's title in the default locale, or in the first that it has.

    Reads `article.texts`: prefetch it with its heads where many articles are shown.
    """
    titles = {text.locale: str(text) for text in article.texts.all()}
    order = [locale for locale, _name in locale_choices() if locale in titles]
    return titles[order[0]] if order else article.public_id


def in_locale_order(rows: Iterable[L]) -> list[L]:
    """Return texts or entries in the order of the installation's locales, others last."""
    order = {locale: place for place, (locale, _name) in enumerate(locale_choices())}
    return sorted(rows, key=lambda row: order.get(row.locale, len(order)))


def _links(text: ArticleText) -> dict[str, str]:
    return {
        "preview": reverse(PREVIEW, args=[text.pk]),
        "history": reverse("admin:articles_text_history", args=[text.article_id, text.locale]),
    }
