"""The audit's pages with what channels do: releases, editions, requests, keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.audit import AuditRecordAdmin
from articles.admin.audit_subjects import MOST_MEANT, SubjectKind, SubjectPage
from articles.models import AuditRecord
from articles.workflow import Action
from channels.models import (
    ApiKey,
    BestBet,
    Edition,
    GoldenQuery,
    Release,
    Synonym,
    UpdateRequest,
)

MOST_NUMBER = 2_147_483_647  # that the columns of ids and numbers hold

ACTIONS = {
    Edition.Cause.PUBLISH.value: _("published an edition"),
    Edition.Cause.ROLLBACK.value: _("went back to an earlier edition"),
    Action.RETIRE.value: _("retired an article"),
    "create-release": _("made a release"),
    "rename-release": _("renamed a release"),
    "add-to-release": _("put something into a release"),
    "remove-from-release": _("took something out of a release"),
    "check-release": _("checked a release"),
    "schedule-release": _("scheduled a release"),
    "unschedule-release": _("took a release off the schedule"),
    "cancel-release": _("cancelled a release"),
    "publish-release": _("published a release"),
    "fail-release": _("could not publish a due release"),
    "change-request": _("changed an update request"),
    "create-api-key": _("made an API key"),
    "revoke-api-key": _("revoked an API key"),
    "save-synonym": _("kept a synonym"),
    "remove-synonym": _("removed a synonym"),
    "save-best-bet": _("kept a best bet"),
    "remove-best-bet": _("removed a best bet"),
    "save-golden-query": _("kept a golden query"),
    "remove-golden-query": _("removed a golden query"),
    "check-golden-queries": _("looked whether golden queries hold"),
}


def _editions_meant(typed: str) -> Iterable[str]:
    return _number(typed)


def _edition_pages(names: Collection[str]) -> dict[str, SubjectPage]:
    known = Edition.objects.filter(pk__in=_numbers(names)).values_list("pk", "note")
    return {str(pk): _page("channels_edition_change", pk, note) for pk, note in known}


def _releases_meant(typed: str) -> Iterable[str]:
    found = Release.objects.filter(name__icontains=typed).order_by("-pk")
    return [*_number(typed), *map(str, found.values_list("pk", flat=True)[:MOST_MEANT])]


def _release_pages(names: Collection[str]) -> dict[str, SubjectPage]:
    known = Release.objects.filter(pk__in=_numbers(names)).values_list("pk", "name")
    return {str(pk): _page("channels_release_change", pk, name) for pk, name in known}


def _requests_meant(typed: str) -> Iterable[str]:
    found = UpdateRequest.objects.filter(sentence__icontains=typed).order_by("-pk")
    return [*_number(typed), *map(str, found.values_list("pk", flat=True)[:MOST_MEANT])]


def _request_pages(names: Collection[str]) -> dict[str, SubjectPage]:
    known = UpdateRequest.objects.filter(pk__in=_numbers(names)).values_list("pk", "sentence")
    return {str(pk): _page("channels_updaterequest_change", pk, said) for pk, said in known}


def _keys_meant(typed: str) -> Iterable[str]:
    found = ApiKey.objects.filter(Q(prefix=typed) | Q(name__icontains=typed))
    return found.values_list("prefix", flat=True)[:MOST_MEANT]


def _key_pages(names: Collection[str]) -> dict[str, SubjectPage]:
    known = ApiKey.objects.filter(prefix__in=names).values_list("prefix", "pk", "name")
    return {prefix: _page("channels_apikey_change", pk, name) for prefix, pk, name in known}


def _synonyms_meant(typed: str) -> Iterable[str]:
    found = Synonym.objects.filter(words__icontains=typed).order_by("-pk")
    return [*_number(typed), *map(str, found.values_list("pk", flat=True)[:MOST_MEANT])]


def _synonym_pages(names: Collection[str]) -> dict[str, SubjectPage]:
    known = Synonym.objects.filter(pk__in=_numbers(names)).values_list("pk", "words")
    return {str(pk): _page("channels_synonym_change", pk, words) for pk, words in known}


def _bets_meant(typed: str) -> Iterable[str]:
    return _number(typed)


def _bet_pages(names: Collection[str]) -> dict[str, SubjectPage]:
    known = BestBet.objects.filter(pk__in=_numbers(names))
    return {str(bet.pk): _page("channels_bestbet_change", bet.pk, str(bet)) for bet in known}


def _golden_meant(typed: str) -> Iterable[str]:
    found = GoldenQuery.objects.filter(query__icontains=typed).order_by("-pk")
    return [*_number(typed), *map(str, found.values_list("pk", flat=True)[:MOST_MEANT])]


def _golden_pages(names: Collection[str]) -> dict[str, SubjectPage]:
    known = GoldenQuery.objects.filter(pk__in=_numbers(names)).values_list("pk", "query")
    return {str(pk): _page("channels_goldenquery_change", pk, query) for pk, query in known}


def _number(typed: str) -> list[str]:
    return [str(number) for number in _numbers([typed])]


def _numbers(names: Collection[str]) -> list[int]:
    digits = (name for name in names if name.isascii() and name.isdigit() and len(name) <= 10)
    return [number for number in map(int, digits) if number <= MOST_NUMBER]


def _page(view: str, pk: int, name: str) -> SubjectPage:
    return SubjectPage(reverse(f"admin:{view}", args=[pk]), name)


class ToldAuditRecordAdmin(AuditRecordAdmin):
    actions_in_words = {**AuditRecordAdmin.actions_in_words, **ACTIONS}
    subjects = (
        *AuditRecordAdmin.subjects,
        SubjectKind("edition", _editions_meant, _edition_pages),
        SubjectKind("release", _releases_meant, _release_pages),
        SubjectKind("request", _requests_meant, _request_pages),
        SubjectKind("key", _keys_meant, _key_pages),
        SubjectKind("synonym", _synonyms_meant, _synonym_pages),
        SubjectKind("best bet", _bets_meant, _bet_pages),
        SubjectKind("golden query", _golden_meant, _golden_pages),
    )


admin.site.unregister(AuditRecord)
admin.site.register(AuditRecord, ToldAuditRecordAdmin)
