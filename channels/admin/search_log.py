"""The search log: what readers asked, what they were told, and what editors should write next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.admin.desk import DeskAdmin, refuse_null, require_role
from articles.audiences import AUDIENCES
from articles.living import titles_of
from articles.locales import locale_choices, locale_name
from articles.models import Article
from articles.roles import EDIT_SEARCH_WORDS, WRITE
from articles.spreadsheets import csv_lines
from channels.admin.kept_words import LocaleFilter, page_of
from channels.models import SearchOutcome, SearchRecord
from channels.search.unanswered import GOOD, Unanswered, outcomes_of, unanswered

What = SearchOutcome.What
MOST_SHOWN, MOST_DOWNLOADED = 100, 5_000
SHORT = 100  # characters of a question in the list
COLUMNS = (
    *("asked_at", "query", "folded", "locale", "told_in", "channel", "audience", "edition"),
    *("found", "fits", "results", "opened", "helped", "not_helped"),
)


class AnswerFilter(admin.SimpleListFilter):
    title = gettext_lazy("answer")
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("nothing", gettext_lazy("nothing found")),
            ("unfit", gettext_lazy("nothing fits well")),
            ("fits", gettext_lazy("something fits")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[SearchRecord]
    ) -> QuerySet[SearchRecord]:
        match self.value():
            case "nothing":
                return queryset.filter(total=0)
            case "unfit":
                return queryset.filter(total__gt=0, fits=False)
            case "fits":
                return queryset.filter(total__gt=0, fits=True)
        return queryset


class OutcomeFilter(admin.SimpleListFilter):
    title = gettext_lazy("what came of it")
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", gettext_lazy("nothing opened")), *What.choices]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[SearchRecord]
    ) -> QuerySet[SearchRecord]:
        if self.value() == "none":
            return queryset.exclude(Exists(outcomes_of(*GOOD)))
        if self.value() in What.values:
            return queryset.filter(Exists(outcomes_of(str(self.value()))))
        return queryset


class UnansweredForm(forms.Form):
    PERIODS = (("7", 7), ("30", 30), ("90", 90), ("all", None))

    locale = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    period = forms.ChoiceField(
        label=gettext_lazy("Asked within"),
        required=False,
        choices=[
            ("7", gettext_lazy("7 days")),
            ("30", gettext_lazy("30 days")),
            ("90", gettext_lazy("90 days")),
            ("all", gettext_lazy("all that is kept")),
        ],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        choices = [("", gettext_lazy("all")), *locale_choices()]
        self.fields["locale"].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """Return what `unanswered` is to be told; what is no choice counts as not chosen."""
        self.full_clean()
        typed = self.cleaned_data
        days = dict(self.PERIODS)[typed.get("period") or "30"]
        since = timezone.now() - timedelta(days=days) if days else None
        return {"locale": typed.get("locale", ""), "since": since}


@admin.register(SearchRecord)
class SearchRecordAdmin(DeskAdmin):
    opens = WRITE
    more_pages = (
        (gettext_lazy("Asked most without an answer"), "channels_searchrecord_unanswered", WRITE),
    )
    list_display = ("asked", "asked_at", "language", "channel", "readers", "answer", "came_of_it")
    list_filter = (LocaleFilter, "channel", AnswerFilter, OutcomeFilter)
    list_per_page = 50
    ordering = ("-asked_at", "-pk")
    sortable_by = ("asked_at", "answer")
    search_fields = ("query", "folded")
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("unanswered/", self.unanswered_view, "searchrecord_unanswered"),
            self.page_url(
                "unanswered.csv", self.unanswered_download, "searchrecord_unanswered_csv"
            ),
            self.page_url("download.csv", self.download_view, "searchrecord_csv"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchRecord]:
        led_to = {f"led_{what}": Exists(outcomes_of(what)) for what in What.values}
        return super().get_queryset(request).annotate(**led_to)

    @admin.display(description=gettext_lazy("question"))
    def asked(self, search: SearchRecord) -> str:
        return Truncator(search.query).chars(SHORT) or "–"

    @admin.display(description=gettext_lazy("language"), ordering="locale")
    def language(self, search: SearchRecord) -> str:
        return locale_name(search.locale)

    @admin.display(description=gettext_lazy("readers"))
    def readers(self, search: SearchRecord) -> str:
        return search.get_audience_display()

    @admin.display(description=pgettext_lazy("a search", "found"), ordering="total")
    def answer(self, search: SearchRecord) -> SafeString:
        return answer_of(search)

    @admin.display(description=gettext_lazy("what came of it"))
    def came_of_it(self, search: SearchRecord) -> str:
        led = (choice.label for choice in What if getattr(search, f"led_{choice.value}"))
        return ", ".join(map(str, led)) or "–"

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        search = self.found(request, object_id)
        outcomes = list(SearchOutcome.objects.filter(search_id=search.search_id).order_by("at"))
        ids = {*search.results, *(outcome.public_id for outcome in outcomes)}
        known = {
            article.public_id: article for article in Article.objects.filter(public_id__in=ids)
        }
        titles = titles_of(known.values())

        def told(public_id: str) -> dict[str, Any]:
            article = known.get(public_id)
            return {
                "name": titles[article.pk] if article else public_id,
                "url": page_of(article) if article else "",
            }

        return self.page(
            request,
            "admin/channels/searchrecord.html",
            title=search.query or "–",
            search=search,
            answer=answer_of(search),
            language=locale_name(search.locale),
            told_in=locale_name(search.told_in) if search.told_in else "",
            results=[told(public_id) for public_id in search.results],
            outcomes=[(outcome, told(outcome.public_id)) for outcome in outcomes],
        )

    def unanswered_view(self, request: HttpRequest) -> HttpResponse:
        """Show what was asked most without an answer, and what an editor can do about it."""
        rows, form = self._unanswered(request, MOST_SHOWN)
        may_keep = request.user.has_perm(EDIT_SEARCH_WORDS)
        return self.page(
            request,
            "admin/channels/unanswered.html",
            title=_("Asked most without an answer"),
            form=form,
            rows=[_Row(row, may_keep=may_keep) for row in rows],
            most=MOST_SHOWN,
            query=urlencode({name: form.cleaned_data.get(name) or "" for name in form.fields}),
        )

    def unanswered_download(self, request: HttpRequest) -> HttpResponseBase:
        rows, _form = self._unanswered(request, MOST_DOWNLOADED)
        head = ("query", "folded", "locale", "times", "days", "last_asked")
        cells = (
            (row.query, row.folded, row.locale, row.times, row.days, _moment(row.last))
            for row in rows
        )
        return _csv("unanswered.csv", head, cells)

    def download_view(self, request: HttpRequest) -> HttpResponseBase:
        """Send the searches that the list's filters leave, as many as there are."""
        require_role(request, WRITE)
        refuse_null(request)
        if not self.list_parameters().issuperset(request.GET):
            return self.changelist_view(request)
        found = self.get_changelist_instance(request).get_queryset(request)
        return _csv("searches.csv", COLUMNS, _cells(found.iterator(chunk_size=1_000)))

    def _unanswered(
        self, request: HttpRequest, most: int
    ) -> tuple[list[Unanswered], UnansweredForm]:
        require_role(request, WRITE)
        refuse_null(request)
        form = UnansweredForm({"period": "30"} | request.GET.dict())
        return unanswered(**form.asked(), most=most), form


class _Row:
    """A line of the list, with the ways on from it."""

    def __init__(self, row: Unanswered, *, may_keep: bool) -> None:
        self.row = row
        self.language = locale_name(row.locale)
        asked = urlencode({"q": row.query[:200], "locale": row.locale})
        self.searches = f"{reverse('admin:channels_searchrecord_changelist')}?{asked}"
        self.add_synonym = self.add_bet = ""
        if may_keep:
            words = urlencode({"locale": row.locale, "words": row.query})
            questions = urlencode({"locale": row.locale, "questions": row.query})
            self.add_synonym = f"{reverse('admin:channels_synonym_add')}?{words}"
            self.add_bet = f"{reverse('admin:channels_bestbet_add')}?{questions}"


def answer_of(search: SearchRecord) -> SafeString:
    """Say in words how good the answer was."""
    if not search.total:
        return format_html('<span class="desk-state desk-state-failed">{}</span>', _("nothing"))
    if not search.fits:
        return format_html(
            '{} <span class="desk-state desk-state-maybe">{}</span>',
            search.total,
            _("nothing fits well"),
        )
    return format_html("{}", search.total)


def _cells(found: Iterable[Any]) -> Iterator[Sequence[Any]]:
    for search in found:
        yield (
            *(_moment(search.asked_at), search.query, search.folded, search.locale),
            *(search.told_in, search.channel, AUDIENCES[search.audience_rank], search.edition),
            *(search.total, int(search.fits), " ".join(search.results)),
            *(int(search.led_opened), int(search.led_helped), int(search.led_not_helped)),
        )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _csv(name: str, head: Sequence[str], cells: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    def rows() -> Iterator[Sequence[Any]]:
        yield head
        yield from cells

    return StreamingHttpResponse(
        csv_lines(rows()),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
