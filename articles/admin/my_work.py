"""The desk's front page, and the page with all that waits for who opens it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from articles.admin.desk import DeskAdmin, actor_of, require_role
from articles.admin.narrowing import PER_PAGE, without_page
from articles.admin.work_lists import WorkList, first_of, lists_of
from articles.locales import locale_choices, locales
from articles.roles import WRITE
from articles.work import StateCount, counts_by_state
from articles.workflow import State

WIDEST = 100  # of a bar, in the units of its picture


@dataclass(frozen=True, slots=True)
class Bar:
    """A number of the chart, how long its bar is (to WIDEST), and the list it counts."""

    language: str
    texts: int
    width: int
    url: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    state: State
    bars: list[Bar]


class MyWorkPages(DeskAdmin):
    """What an editor sees on arrival. Channels know more of it: they override both hooks."""

    def work_lists(self, person: AbstractUser) -> list[WorkList]:
        """Return what waits for `person`, the most urgent first."""
        return lists_of(person)

    def front(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the front page shows who writes; nothing to others."""
        if not request.user.has_perm(WRITE):
            return {}
        lists = [first_of(one) for one in self.work_lists(actor_of(request))]
        return {
            "work": [one for one in lists if one.total],
            "chart": chart_of(counts_by_state(locales())),
            "languages": locale_choices(),
        }

    def get_urls(self) -> list[URLPattern]:
        return [self.page_url("my-work/", self.my_work_view, "my_work"), *super().get_urls()]

    def my_work_view(self, request: HttpRequest) -> HttpResponse:
        """Show all lists with their beginnings, or one of them whole (`?list=drafts`), paged."""
        require_role(request, WRITE)
        lists = self.work_lists(actor_of(request))
        key = request.GET.get("list", "")
        if not key:
            shown = [first_of(one) for one in lists]
            return self.page(
                request, "admin/articles/my_work.html", title=_("My work"), lists=shown
            )
        one = next((one for one in lists if one.key == key), None)
        if one is None:
            raise Http404
        page = Paginator(one.found, PER_PAGE).get_page(request.GET.get("page"))
        return self.page(
            request,
            "admin/articles/my_work_list.html",
            title=one.title,
            rows=one.rows(list(page.object_list)),
            page=page,
            query=without_page(request),
        )


def chart_of(counts: list[StateCount]) -> list[ChartRow]:
    """Return the counts as rows of bars, on one scale. A state that no text has is left out."""
    most = max((count.texts for count in counts), default=0)
    names = dict(locale_choices())
    rows = []
    for state, group in groupby(counts, key=lambda count: count.state):
        bars = [
            Bar(
                names[count.locale],
                count.texts,
                _width(count.texts, most),
                f"{reverse('admin:articles_article_changelist')}"
                f"?state={state.value}&locale={count.locale}",
            )
            for count in group
        ]
        if any(bar.texts for bar in bars):
            rows.append(ChartRow(state, bars))
    return rows


def _width(texts: int, most: int) -> int:
    """What there is can be seen, however much there is elsewhere."""
    return max(2, round(WIDEST * texts / most)) if texts else 0
