"""What waits for a person, as lists to show: each row names a text or an article, and leads to the
page where the work is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Count, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import work
from articles.freshness import freshness
from articles.living import titles_of
from articles.locales import locale_choices
from articles.models import Article, ArticleText, Snippet, WorkingCopy
from articles.roles import PUBLISH, REVIEW
from articles.translation_standings import standings

MOST_SHOWN = 8  # of a list, where several stand on a page
MOST_SAID = 200  # characters of a reason


@dataclass(frozen=True, slots=True)
class WorkRow:
    title: str
    url: str
    facts: tuple[str, ...] = ()
    locale: str = ""
    state: str = ""  # as styles name it
    label: str = ""  # the state in words


@dataclass(frozen=True, slots=True)
class WorkList:
    """`found` in the order of its urgency; `rows` takes some of what it holds, and asks the
    database at most three times, however many they are."""

    key: str
    title: Any  # in the reader's language when it is shown
    found: QuerySet[Any]
    rows: Callable[[Sequence[Any]], list[WorkRow]]


@dataclass(frozen=True, slots=True)
class ShownList:
    """The first rows of a list, and how many there are in all."""

    key: str
    title: Any
    rows: list[WorkRow]
    total: int

    @property
    def more(self) -> bool:
        return self.total > len(self.rows)


def first_of(one: WorkList) -> ShownList:
    """Return the beginning of a list; it is counted by the statement that reads it."""
    # What is shown of a row is looked up for these alone: sorting and counting need little of all.
    all_of_it = one.found.values("pk")
    counted = all_of_it.order_by().annotate(whole=Value(1)).values("whole")
    total = Subquery(counted.annotate(total=Count("pk")).values("total"))
    found = list(one.found.filter(pk__in=all_of_it[:MOST_SHOWN]).annotate(total=total))
    return ShownList(one.key, one.title, one.rows(found), found[0].total if found else 0)


def lists_of(person: AbstractUser) -> list[WorkList]:
    """Return what waits for `person`, as far as their roles let them do it."""
    lists = [
        WorkList("unsaved", gettext_lazy("Typed and not saved"), work.unsaved(person), _unsaved),
        WorkList("sent-back", gettext_lazy("Sent back to me"), work.sent_back(person), _sent_back),
        WorkList(
            "snippets-sent-back",
            gettext_lazy("Snippets sent back to me"),
            work.snippets_sent_back(person),
            _snippets_sent_back,
        ),
    ]
    if person.has_perm(REVIEW):
        found = work.to_review(person)
        lists.append(WorkList("review", gettext_lazy("Waiting for my review"), found, _to_review))
        title = gettext_lazy("Snippets waiting for my review")
        values = work.snippets_to_review(person)
        lists.append(WorkList("snippets-review", title, values, _snippets_to_review))
    if person.has_perm(PUBLISH):
        title = gettext_lazy("Approved, not published yet")
        lists.append(WorkList("publish", title, work.to_publish(), _to_publish))
    due = work.due(person, today=timezone.localdate())
    return [
        *lists,
        WorkList("due", gettext_lazy("My articles to review again"), due, _due),
        WorkList(
            "behind", gettext_lazy("My articles’ translations behind"), work.behind(person), _behind
        ),
        WorkList("drafts", gettext_lazy("My drafts"), work.drafts(person), _drafts),
    ]


def _unsaved(copies: Sequence[WorkingCopy]) -> list[WorkRow]:
    return [
        WorkRow(
            title=copy.content.get("title", "").strip() or _("(no title)"),
            url=_article_url(copy.article_id, copy.locale),
            facts=(_when(_("typed %(when)s"), copy.saved_at),),
            locale=copy.locale,
        )
        for copy in copies
    ]


def _sent_back(texts: Sequence[Any]) -> list[WorkRow]:
    return [
        _text_row(
            text,
            _when(_("by %(person)s, %(when)s"), text.decided_at, person=text.decided_by),
            _("“%(reason)s”") % {"reason": _shortened(text.reason or "")},
        )
        for text in texts
    ]


def _to_review(texts: Sequence[Any]) -> list[WorkRow]:
    return [
        _text_row(
            text,
            _("by %(person)s") % {"person": text.head.author},
            _when(_("waiting since %(when)s"), text.submitted_at or text.changed_at),
            page="articles_review",
        )
        for text in texts
    ]


def _snippets_sent_back(snippets: Sequence[Any]) -> list[WorkRow]:
    return [
        _snippet_row(
            snippet,
            _when(_("by %(person)s, %(when)s"), snippet.decided_at, person=snippet.decided_by),
            _("“%(reason)s”") % {"reason": _shortened(snippet.reason or "")},
            page="articles_snippet_change",
        )
        for snippet in snippets
    ]


def _snippets_to_review(snippets: Sequence[Any]) -> list[WorkRow]:
    return [
        _snippet_row(
            snippet,
            _("by %(person)s") % {"person": snippet.head.author},
            _when(_("waiting since %(when)s"), snippet.submitted_at),
            page="articles_snippet_review",
        )
        for snippet in snippets
    ]


def _to_publish(texts: Sequence[ArticleText]) -> list[WorkRow]:
    return [
        _text_row(
            text,
            _("by %(person)s") % {"person": text.head.author if text.head else ""},
            _when(_("waiting since %(when)s"), text.changed_at),
        )
        for text in texts
    ]


def _drafts(texts: Sequence[ArticleText]) -> list[WorkRow]:
    return [_text_row(text, _when(_("changed %(when)s"), text.changed_at)) for text in texts]


def _due(articles: Sequence[Article]) -> list[WorkRow]:
    titles, today = titles_of(articles), timezone.localdate()
    rows = []
    for article in articles:
        state = freshness(article.review_by, today=today)
        day = date_format(article.review_by, "SHORT_DATE_FORMAT") if article.review_by else "–"
        fact = _("review by %(day)s") % {"day": day}
        url = _article_url(article.pk)
        rows.append(WorkRow(titles[article.pk], url, (fact,), "", state.value, str(state.label)))
    return rows


def _behind(articles: Sequence[Article]) -> list[WorkRow]:
    by_article, names = standings(articles), dict(locale_choices())
    rows = []
    for article in articles:
        of = by_article[article.pk]
        lacking = [one for one in of.values() if one.lacks_something]
        titles = [one.text.head.title for one in of.values() if one.text and one.text.head]
        worst = min((one.standing for one in lacking), key=work.LACKING.index, default=None)
        url = _article_url(article.pk)
        if lacking:
            url = reverse("admin:articles_translation", args=[article.pk, lacking[0].locale])
        rows.append(
            WorkRow(
                title=titles[0] if titles else article.public_id,
                url=url,
                facts=tuple(names[one.locale] for one in lacking),
                state=worst.value if worst else "",
                label=str(worst.label) if worst else "",
            )
        )
    return rows


def _text_row(text: ArticleText, *facts: str, page: str = "") -> WorkRow:
    url = _article_url(text.article_id, text.locale)
    if page:
        url = reverse(f"admin:{page}", args=[text.article_id, text.locale])
    title = text.head.title if text.head else text.article.public_id
    return WorkRow(title, url, facts, text.locale, text.state, text.get_state_display())


def _snippet_row(snippet: Snippet, *facts: str, page: str) -> WorkRow:
    url = reverse(f"admin:{page}", args=[snippet.pk])
    state, label = snippet.state, snippet.get_state_display()
    return WorkRow(snippet.key, url, facts, state=state, label=label)


def _article_url(article: int, locale: str = "") -> str:
    url = reverse("admin:articles_article_change", args=[article])
    return f"{url}?locale={locale}#text-{locale}" if locale else url


def _when(message: str, moment: datetime | None, **said: object) -> str:
    shown = date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else "–"
    return message % {"when": shown, **said}


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= MOST_SAID else f"{words[: MOST_SAID - 1]}…"
