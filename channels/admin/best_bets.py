"""Best bets: what stands first where readers ask some questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_page import title_of
from articles.admin.desk import actor_of
from articles.admin.fields import LinesField
from articles.living import titles_of
from channels.admin.kept_words import KeptAdmin, KeptForm, LocaleFilter, article_named, page_of
from channels.models import BestBet
from channels.operations.best_bets import (
    MOST_ARTICLES,
    MOST_QUESTIONS,
    remove_best_bet,
    save_best_bet,
)


class BestBetForm(KeptForm):
    questions = LinesField(
        label=gettext_lazy("Questions"),
        most=MOST_QUESTIONS,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy(
            "One a line. It holds for all who ask with the same telling words, in any order: "
            "“How do I get a refund?” is also “refund”."
        ),
    )
    articles = LinesField(
        label=gettext_lazy("Articles"),
        most=MOST_ARTICLES,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "One a line, the first one first: an id, an address, or the whole title. Who may not "
            "read one does not get it."
        ),
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("The last day; always, if left empty."),
    )
    field_order = ("locale", "questions", "articles", "until", "note")


@admin.register(BestBet)
class BestBetAdmin(KeptAdmin):
    form_class = BestBetForm
    new_title = gettext_lazy("New best bet")
    list_display = ("asked", "language", "stand_first", "holds", "note", "changed_by", "changed_at")
    list_filter = (LocaleFilter,)
    search_fields = ("questions", "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet[BestBet]:
        return super().get_queryset(request).prefetch_related("places__article__texts__head")

    @admin.display(description=gettext_lazy("questions"))
    def asked(self, bet: BestBet) -> SafeString:
        return format_html_join(SafeString("<br>"), "{}", ((one,) for one in bet.asked))

    @admin.display(description=gettext_lazy("stand first"))
    def stand_first(self, bet: BestBet) -> SafeString:
        places = bet.places.all()
        return format_html_join(
            SafeString("<br>"), "{}. {}", ((one.place, title_of(one.article)) for one in places)
        )

    @admin.display(description=gettext_lazy("in force"), ordering="until")
    def holds(self, bet: BestBet) -> str:
        if bet.until is None:
            return _("always")
        day = {"day": date_format(bet.until, "SHORT_DATE_FORMAT")}
        if bet.holds_on(timezone.localdate()):
            return _("until %(day)s") % day
        return _("over since %(day)s") % day

    def typed_of(self, kept: BestBet) -> dict[str, Any]:
        return {
            "locale": kept.locale,
            "questions": kept.asked,
            "articles": [one.article.public_id for one in kept.places.all()],
            "until": kept.until,
            "note": kept.note,
        }

    def told(self, form: KeptForm, kept: BestBet | None) -> dict[str, Any]:
        pinned = [one.article for one in kept.places.all()] if kept else []
        titles = titles_of(pinned)
        return {"pinned": [(titles[article.pk], page_of(article)) for article in pinned]}

    def save(self, request: HttpRequest, typed: dict[str, Any], kept: BestBet | None) -> str:
        named = [
            article_named(name, typed["locale"], field="articles") for name in typed.pop("articles")
        ]
        save_best_bet(actor=actor_of(request), bet=kept, articles=named, **typed)
        return _("Saved. It holds from the next search on.")

    def remove(self, request: HttpRequest, kept: BestBet) -> None:
        remove_best_bet(actor=actor_of(request), bet=kept)
