"""The desk's pages on translations: what is missing or behind, and what changed in the source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import chinese
from articles.admin.article_views import to_article
from articles.admin.comparisons import Line, as_text, compare
from articles.admin.desk import DeskAdmin, actor_of, refusals_told, require_role
from articles.admin.narrowing import NarrowForm, page_of, without_page
from articles.locales import locale_choices, locale_name, locales
from articles.models import Article, ArticleText, Revision
from articles.operations.translating import can_convert_to, convert_chinese, still_right
from articles.roles import WRITE
from articles.translation_standings import Translation, articles_standing, standings
from articles.translations import Standing

TO_DO = (Standing.BEHIND, Standing.MAYBE, Standing.MISSING)
MOST_NUMBER = 2_147_483_647  # that the column of revisions' numbers holds


class TranslationFilter(NarrowForm):
    standing = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("all")), *((one.value, one.label) for one in TO_DO)],
    )
    locale = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=lambda: [("", gettext_lazy("all")), *locale_choices()],
    )
    field_order = ("standing", "locale", "kind", "topic", "owner")

    def standings(self) -> tuple[Standing, ...]:
        one = self.cleaned_data.get("standing")
        return (Standing(one),) if one else TO_DO

    def locales(self) -> tuple[str, ...]:
        one = self.cleaned_data.get("locale")
        return (one,) if one else locales()


@dataclass(frozen=True, slots=True)
class Shown:
    """One language of an article, for its section: how it stands, what changed in the source since
    it was translated, and what it can be converted from."""

    article: Article
    translation: Translation
    known: Revision | None  # of the source
    source: Revision | None  # the approved one, where it is newer
    convertible: ArticleText | None = None

    @property
    def lacks_something(self) -> bool:
        return self.source is not None

    @property
    def source_name(self) -> str:
        return dict(locale_choices())[self.article.source_locale]

    @property
    def convertible_name(self) -> str:
        return dict(locale_choices())[self.convertible.locale] if self.convertible else ""

    @property
    def head_number(self) -> int:
        """The number of the translation's newest revision, 0 where there is none."""
        text = self.translation.text
        return text.head.number if text and text.head else 0

    def diff(self) -> list[Line]:
        return compare(as_text(self.known), as_text(self.source))


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the list, with its languages as columns."""

    article: Article
    title: str
    translations: list[Translation]


class StillRightForm(forms.Form):
    revision = forms.IntegerField(min_value=0, max_value=MOST_NUMBER)
    source_revision = forms.IntegerField(min_value=1, max_value=MOST_NUMBER)


class ConvertForm(forms.Form):
    revision = forms.IntegerField(min_value=1, max_value=MOST_NUMBER)
    based_on = forms.IntegerField(min_value=0, max_value=MOST_NUMBER)


class TranslationPages(DeskAdmin):
    """The list of translations to be done, and what can be done about each."""

    def get_urls(self) -> list[URLPattern]:
        text = "<path:object_id>/text/<str:locale>/"
        return [
            self.page_url("translations/", self.translations_view, "translations"),
            self.page_url(f"{text}translation/", self.translation_view, "translation"),
            self.page_url(f"{text}still-right/", self.still_right_view, "still_right"),
            self.page_url(f"{text}convert/", self.convert_view, "convert"),
            *super().get_urls(),
        ]

    def converted(self, articles: Sequence[Article]) -> dict[tuple[int, str], str]:
        """Return by article and locale the locale that readers get a converted text from. What
        readers get is known to channels alone."""
        return {}

    def translations_view(self, request: HttpRequest) -> HttpResponse:
        require_role(request, WRITE)
        form = TranslationFilter(request)
        found = articles_standing(form.standings(), locales=form.locales())
        page, articles = page_of(request, form.narrowed(found).order_by("-pk"))
        return self.page(
            request,
            "admin/articles/translations.html",
            title=_("Translations"),
            form=form,
            page=page,
            rows=_rows(articles, self.converted(articles)),
            languages=locale_choices(),
            query=without_page(request),
        )

    def translation_view(self, request: HttpRequest, object_id: str, locale: str) -> HttpResponse:
        """Show what changed in the source beside what the translation says."""
        article = self.found(request, object_id)
        shown = shown_translations(article).get(locale)
        if shown is None or locale == article.source_locale:
            raise Http404
        text = article.texts.select_related("head").filter(locale=locale).first()
        return self.page(
            request,
            "admin/articles/translation.html",
            title=_("Translation: %(title)s") % {"title": _title([shown.translation], article)},
            article=article,
            shown=shown,
            language=dict(locale_choices())[locale],
            said=as_text(text.head if text else None),
        )

    @method_decorator(require_POST)
    def still_right_view(self, request: HttpRequest, object_id: str, locale: str) -> HttpResponse:
        article = self.found(request, object_id)
        text = article.texts.select_related("article").filter(locale=locale).first()
        if text is None:
            raise Http404
        form = StillRightForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say which revisions say the same."))
            return to_article(article, locale)
        with refusals_told(request):
            still_right(actor=actor_of(request), text=text, **form.cleaned_data)
            messages.success(
                request, _("Noted as still right. It goes through review like any revision.")
            )
        return to_article(article, locale)

    @method_decorator(require_POST)
    def convert_view(self, request: HttpRequest, object_id: str, locale: str) -> HttpResponse:
        article = self.found(request, object_id)
        if locale not in locales():
            raise Http404
        form = ConvertForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say which revision is to be converted."))
            return to_article(article, locale)
        with refusals_told(request):
            revision = convert_chinese(
                actor=actor_of(request), article=article, to=locale, **form.cleaned_data
            )
            if revision.number == form.cleaned_data["based_on"]:
                messages.info(request, _("The conversion says what stands here already."))
            else:
                messages.success(
                    request,
                    _("Converted, as draft revision %d. Read it through.") % revision.number,
                )
        return to_article(article, locale)


def shown_translations(article: Article) -> dict[str, Shown]:
    """Return how each language of the article stands. At most three statements."""
    by_locale = standings([article])[article.pk]
    source = by_locale[article.source_locale].text if article.source_locale in by_locale else None
    bodies = _source_bodies(source, by_locale.values())
    shown = {}
    for locale, one in by_locale.items():
        approved = source.approved.number if source and source.approved else None
        other = by_locale.get(chinese.OTHER.get(locale, ""))
        shown[locale] = Shown(
            article=article,
            translation=one,
            known=bodies.get(one.known) if one.known and one.lacks_something else None,
            source=bodies.get(approved) if approved and one.lacks_something else None,
            convertible=other.text if other and can_convert_to(locale) else None,
        )
    return shown


def _source_bodies(
    source: ArticleText | None, translations: Iterable[Translation]
) -> dict[int, Revision]:
    """Return the source's revisions that are compared, by number."""
    lacking = [one for one in translations if one.lacks_something]
    if not lacking or source is None or source.approved is None:
        return {}
    numbers = {source.approved.number, *(one.known for one in lacking if one.known)}
    revisions = source.revisions.filter(number__in=numbers)
    return {revision.number: revision for revision in revisions}


def _rows(articles: Sequence[Article], converted: dict[tuple[int, str], str]) -> list[Row]:
    by_article = standings(articles)
    rows = []
    for article in articles:
        translations = [
            replace(
                by_article[article.pk][locale],
                converted_from=locale_name(converted.get((article.pk, locale), "")),
            )
            for locale in locales()
        ]
        rows.append(Row(article, _title(translations, article), translations))
    return rows


def _title(translations: Iterable[Translation], article: Article) -> str:
    """Return the article's title in the first of the installation's languages that it has."""
    titles = (one.text.head.title for one in translations if one.text and one.text.head)
    return next(titles, article.public_id)
