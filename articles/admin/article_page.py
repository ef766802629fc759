"""What an article's page shows: a section for each locale, with its text, state and next steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.article_forms import TextForm, error_count
from articles.admin.comparisons import Line, as_text, compare, said
from articles.admin.desk import actor_of
from articles.locales import default_locale, locale_choices
from articles.models import Article, ArticleText, AuditRecord, Revision
from articles.workflow import WORKFLOW, Action, State

# Where channels' pages do what leads out of this app. They are reached by name only.
PUBLISH_TEXT = "admin:channels_publish_text"
RETIRE = "admin:channels_retire"
PREVIEW = "admin:channels_preview"

L = TypeVar("L", bound=Any)  # something with a locale


@dataclass(frozen=True, slots=True)
class Button:
    """A step that is possible now and allowed to this person."""

    action: str
    label: str
    url: str
    asks_reason: bool = False
    confirmed_there: bool = False  # leads to a page that asks again
    main: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved first: what they changed in the text that both began with, and how
    what was typed differs from theirs."""

    base: Revision | None
    theirs: Revision
    changed: list[Line]
    diff: list[Line]


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
    sent_back: str = ""  # the reviewer's reason, while it stands
    links: dict[str, str] = field(default_factory=dict)


def build_sections(
    request: HttpRequest, article: Article, *, typed: Mapping[str, Section] | None = None
) -> list[Section]:
    """Return a section for each locale; `typed` are those that show what could not be saved."""
    typed = typed or {}
    texts = texts_of(article)
    reasons = _reasons(article) if any(t.state == State.REJECTED for t in texts.values()) else {}
    asked = request.GET.get("locale", "")
    if asked not in dict(locale_choices()):
        asked = (
            default_locale() if default_locale() in texts else next(iter(texts), default_locale())
        )
    sections = []
    for locale, name in locale_choices():
        text = texts.get(locale)
        section = typed.get(locale) or Section(
            locale=locale,
            name=name,
            text=text,
            form=text_form(locale, text),
            buttons=[],
            open=locale == asked and not typed,
        )
        if text is not None:
            if locale not in typed:  # A step would leave behind what was typed.
                section.buttons = _buttons(actor_of(request), article, text)
            section.links = _links(text)
            section.sent_back = reasons.get(locale, "") if text.state == State.REJECTED else ""
        sections.append(section)
    return sections


def texts_of(article: Article) -> dict[str, ArticleText]:
    """Return the texts of the article by locale."""
    rows = article.texts.select_related("head__author", "approved", "article")
    return {text.locale: text for text in rows}


def text_form(locale: str, text: ArticleText | None, **kwargs: Any) -> TextForm:
    """Return the form of a text; its fields' ids name the locale, as the page holds several."""
    return TextForm(text=text, auto_id=f"id_{locale}_%s", **kwargs)


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


def conflict_with(text: ArticleText, theirs: Revision, content: Mapping[str, Any]) -> Conflict:
    """Compare the newest revision with the one that was written on, and with what was typed."""
    base = text.revisions.filter(number=content["based_on"]).first()
    yours = said(
        title=content["title"],
        summary=content["summary"],
        questions=content["questions"],
        body=content["body"],
    )
    return Conflict(
        base=base,
        theirs=theirs,
        changed=compare(as_text(base), as_text(theirs)) if base else [],
        diff=compare(as_text(theirs), yours),
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


def _buttons(user: AbstractUser, article: Article, text: ArticleText) -> list[Button]:
    """The workflow's steps from this state that this person may take."""
    move = reverse("admin:articles_text_move", args=[article.pk, text.locale])
    buttons = []
    for (state, action), step in WORKFLOW.items():
        if state != text.state or action is Action.SAVE or not user.has_perm(step.permission):
            continue
        match action:
            case Action.PUBLISH:
                url = reverse(PUBLISH_TEXT, args=[text.pk])
                buttons.append(Button(action, _("Publish now"), url, main=True))
            case Action.RETIRE:
                url = reverse(RETIRE, args=[article.pk])
                buttons.append(Button(action, _("Retire…"), url, confirmed_there=True))
            case _:
                buttons.append(
                    Button(
                        action,
                        action.label.capitalize(),
                        move,
                        asks_reason=action is Action.REJECT,
                        main=action in (Action.SUBMIT, Action.APPROVE),
                    )
                )
    return buttons


def _links(text: ArticleText) -> dict[str, str]:
    return {
        "preview": reverse(PREVIEW, args=[text.pk]),
        "history": reverse("admin:articles_text_history", args=[text.article_id, text.locale]),
    }


def _reasons(article: Article) -> dict[str, str]:
    """Why each locale's text was last sent back."""
    records = AuditRecord.objects.filter(
        subject=f"article {article.public_id}", action=Action.REJECT.value
    ).order_by("pk")
    return {
        str(record.detail.get("locale", "")): str(record.detail.get("reason", ""))
        for record in records.only("detail")
    }
