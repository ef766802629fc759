"""Texts in other languages: which are missing or behind, and what can be done about one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from articles.locales import locales
from articles.models import Article
from articles.operations.translating import convert_chinese, still_right
from articles.translation_standings import Translation, articles_standing, standings
from articles.translations import Standing
from channels.api.answers import Paged
from channels.api.authors.base import AuthorView
from channels.api.authors.contracts import changes, shows
from channels.api.authors.finding import MOST, article_of, text_of
from channels.api.authors.items import TextDetail, draft_path
from channels.api.authors.parameters import Number
from channels.api.authors.preconditions import number_based_on
from channels.api.authors.texts import told
from channels.api.parameters import Body, Locale, PageQuestion

_LACKING = (Standing.BEHIND, Standing.MAYBE, Standing.MISSING)


class TranslationsQuestion(PageQuestion):
    standing = serializers.ChoiceField(choices=[one.value for one in _LACKING], required=False)
    locale = Locale(required=False)


class StandingItem(serializers.Serializer[Translation]):
    """An article in one locale, against the language that it is translated from."""

    locale = serializers.CharField()
    standing = serializers.ChoiceField(choices=Standing.values)
    known = serializers.IntegerField(
        allow_null=True, help_text="The newest revision of the source that it says the same as."
    )


class TranslationsItem(serializers.Serializer[Article]):
    id = serializers.CharField(source="public_id")
    source_locale = serializers.CharField()
    url = serializers.SerializerMethodField()
    translations = serializers.SerializerMethodField()

    def get_url(self, article: Article) -> str:
        return draft_path(article.public_id)

    @extend_schema_field(StandingItem(many=True))
    def get_translations(self, article: Article) -> Any:
        found = self.context["standings"][article.pk]
        return [StandingItem(found[locale]).data for locale in locales()]


class TranslationsAnswer(Paged):
    results = TranslationsItem(many=True)


class StillRightBody(Body):
    source_revision = Number(
        min_value=1, max_value=MOST, help_text="The source's revision that was compared."
    )


class ConvertBody(Body):
    revision = Number(
        min_value=1, max_value=MOST, help_text="The newest of the text that is converted."
    )


class TranslationList(AuthorView):
    @shows("list_translations", TranslationsAnswer, question=TranslationsQuestion)
    def get(self, request: Request) -> HttpResponse:
        """The articles that lack something in some language, and how they stand in each."""
        wanted = (Standing(self.asked["standing"]),) if "standing" in self.asked else _LACKING
        within = (self.asked["locale"],) if "locale" in self.asked else locales()
        found: dict[int, dict[str, Translation]] = {}
        return self.listed(
            TranslationsItem,
            articles_standing(wanted, locales=within),
            order=("pk",),
            then=lambda rows: found.update(standings(rows)),
            standings=found,
        )


class StillRight(AuthorView):
    @changes("still_right", {200: TextDetail, 201: TextDetail}, body=StillRightBody, based=True)
    def post(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """Say that the text still says the same as its source: a new revision of the same words."""
        revision = still_right(
            actor=self.actor,
            text=text_of(public_id, locale),
            revision=number_based_on(request),
            source_revision=self.sent["source_revision"],
        )
        return told(public_id, locale, status=201, location=_path(public_id, locale, revision))


class Converting(AuthorView):
    @changes(
        "convert_text", {200: TextDetail, 201: TextDetail}, body=ConvertBody, based=True, new=True
    )
    def post(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """Make a draft in this one of Simplified and Traditional Chinese out of the other one."""
        based_on = number_based_on(request)
        revision = convert_chinese(
            actor=self.actor,
            article=article_of(public_id),
            to=locale,
            revision=self.sent["revision"],
            based_on=based_on,
        )
        if revision.number == based_on:
            return told(public_id, locale)
        return told(public_id, locale, status=201, location=_path(public_id, locale, revision))


def _path(public_id: str, locale: str, revision: Any) -> str:
    return f"{draft_path(public_id, locale)}revisions/{revision.number}/"
