"""Releases: what goes live together, collected, checked, scheduled, published."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from articles.models.article import AUDIENCE_CHOICES
from articles.numbers import whole_number
from channels.api.answers import Paged
from channels.api.authors.base import AuthorView, answer, not_found
from channels.api.authors.contracts import changes, shows
from channels.api.authors.items import EditionMade
from channels.api.authors.preconditions import number_based_on
from channels.api.authors.release_items import (
    ItemsBody,
    NewReleaseBody,
    ReleaseChangesQuestion,
    ReleaseItemItem,
    ReleasesQuestion,
    RenameBody,
    ScheduleBody,
    items_named,
)
from channels.api.items import ConvertedFrom
from channels.api.parameters import PageQuestion
from channels.models import Release, ReleaseChange, ReleaseCheck
from channels.operations.release_check import check_release, is_of_now, is_running
from channels.operations.release_publishing import publish_release
from channels.operations.release_timing import schedule_release, unschedule_release
from channels.operations.releases import (
    add_items,
    cancel_release,
    create_release,
    remove_items,
    rename_release,
)
from channels.operations.rollback import go_back
from channels.release_workflow import ReleaseState

_MOST_ID = 9_223_372_036_854_775_807


class ReleaseDetailItem(serializers.Serializer[Release]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=ReleaseState.values)
    version = serializers.IntegerField(help_text="The ETag of the plan.")
    items = serializers.IntegerField(source="items_count", help_text="How many it holds.")
    owner = serializers.CharField(source="owner.username")
    created_by = serializers.CharField(source="created_by.username")
    created_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    due_local = serializers.CharField()
    due_zone = serializers.CharField()
    failure = serializers.CharField(help_text="Why it did not go live when it was due.")
    failed_at = serializers.DateTimeField(allow_null=True)
    edition = serializers.IntegerField(source="edition_id", allow_null=True)
    url = serializers.SerializerMethodField()

    def get_url(self, release: Release) -> str:
        return _path(release)


class ReleaseCheckItem(serializers.Serializer[ReleaseCheck]):
    """What publishing would do, and what stands in its way."""

    version = serializers.IntegerField(help_text="Of the plan that was checked.")
    base = serializers.IntegerField(help_text="The edition that it was compared with.")
    running = serializers.SerializerMethodField()
    of_now = serializers.SerializerMethodField(
        help_text="Whether neither the plan nor the edition changed since."
    )
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    problems = serializers.ListField(child=serializers.CharField())
    warnings = serializers.ListField(child=serializers.CharField())
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)

    def get_running(self, check: ReleaseCheck) -> bool:
        return is_running(check)

    def get_of_now(self, check: ReleaseCheck) -> bool:
        return is_of_now(check, check.release)


class ReleaseChangeItem(serializers.Serializer[ReleaseChange]):
    article = serializers.CharField(source="article.public_id")
    locale = serializers.CharField()
    converted_from = ConvertedFrom()
    title = serializers.CharField()
    change = serializers.ChoiceField(choices=("added", "changed", "removed"))
    audiences = serializers.ListField(
        child=serializers.ChoiceField(choices=[name for name, _ in AUDIENCE_CHOICES])
    )
    channels = serializers.ListField(child=serializers.CharField())
    seconds_before = serializers.FloatField(help_text="Of speech.")
    seconds_after = serializers.FloatField(help_text="Of speech.")


class ReleasesAnswer(Paged):
    results = ReleaseDetailItem(many=True)


class ReleaseItemsAnswer(Paged):
    results = ReleaseItemItem(many=True)


class ReleaseChangesAnswer(Paged):
    results = ReleaseChangeItem(many=True)


class ReleaseList(AuthorView):
    @shows("list_releases", ReleasesAnswer, question=ReleasesQuestion)
    def get(self, request: Request) -> HttpResponse:
        """All releases, the newest first."""
        releases = _releases()
        if "state" in self.asked:
            releases = releases.filter(state=self.asked["state"])
        return self.listed(ReleaseDetailItem, releases, order=("-pk",))

    @changes("create_release", {201: ReleaseDetailItem}, 412, body=NewReleaseBody)
    def post(self, request: Request) -> HttpResponse:
        """Make a plan, with items or without."""
        items = items_named(self.sent.get("items", []))
        release = create_release(actor=self.actor, name=self.sent["name"], items=items)
        return _told(release.pk, status=201, location=_path(release))


class ReleaseDetail(AuthorView):
    @shows("get_release", ReleaseDetailItem, 404, etag=True)
    def get(self, request: Request, release_id: str) -> HttpResponse:
        """A release; its version is the ETag that each change of it names."""
        return _told(_release(release_id).pk)

    @changes("rename_release", {200: ReleaseDetailItem}, body=RenameBody, based=True)
    def patch(self, request: Request, release_id: str) -> HttpResponse:
        """Give the release another name."""
        release = _release(release_id)
        version = number_based_on(request)
        rename_release(actor=self.actor, release=release, name=self.sent["name"], version=version)
        return _told(release.pk)


class ReleaseItems(AuthorView):
    @shows("list_release_items", ReleaseItemsAnswer, 404, question=PageQuestion)
    def get(self, request: Request, release_id: str) -> HttpResponse:
        """What the release publishes and retires."""
        rows = _release(release_id).items.select_related(
            "revision__text__article", "snippet_revision__snippet", "retired"
        )
        return self.listed(ReleaseItemItem, rows, order=("pk",))

    @changes("add_release_items", {200: ReleaseDetailItem}, body=ItemsBody, based=True)
    def post(self, request: Request, release_id: str) -> HttpResponse:
        """Put what is approved, and articles to retire, into the release."""
        release = _release(release_id)
        version = number_based_on(request)
        items = items_named(self.sent["items"])
        add_items(actor=self.actor, release=release, items=items, version=version)
        return _told(release.pk)


class ReleaseItemOne(AuthorView):
    @changes("remove_release_item", {200: ReleaseDetailItem}, based=True)
    def delete(self, request: Request, release_id: str, item_id: str) -> HttpResponse:
        """Take an item out of the release."""
        release = _release(release_id)
        version = number_based_on(request)
        wanted = whole_number(item_id, most=_MOST_ID)
        if wanted is None or not release.items.filter(pk=wanted).exists():
            raise not_found("item of this release")
        remove_items(actor=self.actor, release=release, item_ids=[wanted], version=version)
        return _told(release.pk)


class ReleaseChecking(AuthorView):
    @shows("get_release_check", ReleaseCheckItem, 404)
    def get(self, request: Request, release_id: str) -> HttpResponse:
        """The latest check, and how far it is."""
        checks = ReleaseCheck.objects.select_related("release")
        check = checks.filter(release=_release(release_id)).first()
        if check is None:
            raise not_found("check")
        return answer(ReleaseCheckItem(check).data)

    @changes("check_release", {200: ReleaseCheckItem}, owns_transaction=True)
    def post(self, request: Request, release_id: str) -> HttpResponse:
        """Find what publishing the release would do. Large ones take seconds; GET follows it."""
        check = check_release(actor=self.actor, release=_release(release_id))
        return answer(ReleaseCheckItem(check).data)


class ReleaseChanges(AuthorView):
    @shows("list_release_changes", ReleaseChangesAnswer, 404, question=ReleaseChangesQuestion)
    def get(self, request: Request, release_id: str) -> HttpResponse:
        """What readers would get otherwise, as the latest check found it."""
        asked = {name: self.asked.get(name, "") for name in ("channel", "audience", "locale")}
        rows = ReleaseChange.objects.filter(check_result__release=_release(release_id))
        rows = rows.narrowed(**asked)
        return self.listed(ReleaseChangeItem, rows.select_related("article"), order=("position",))


class Scheduling(AuthorView):
    @changes("schedule_release", {200: ReleaseDetailItem}, body=ScheduleBody, based=True)
    def post(self, request: Request, release_id: str) -> HttpResponse:
        """Publish it when a clock shows this time. A time that the clock does not show, or shows
        twice, is refused with `choices`."""
        release = _release(release_id)
        version = number_based_on(request)
        schedule_release(actor=self.actor, release=release, version=version, **self.sent)
        return _told(release.pk)


class Unscheduling(AuthorView):
    @changes("unschedule_release", {200: ReleaseDetailItem}, based=True)
    def post(self, request: Request, release_id: str) -> HttpResponse:
        """Take it off the schedule."""
        release = _release(release_id)
        unschedule_release(actor=self.actor, release=release, version=number_based_on(request))
        return _told(release.pk)


class Cancelling(AuthorView):
    @changes("cancel_release", {200: ReleaseDetailItem}, based=True)
    def post(self, request: Request, release_id: str) -> HttpResponse:
        """End the release unpublished."""
        release = _release(release_id)
        cancel_release(actor=self.actor, release=release, version=number_based_on(request))
        return _told(release.pk)


class PublishingRelease(AuthorView):
    @changes("publish_release", {200: EditionMade}, based=True, owns_transaction=True)
    def post(self, request: Request, release_id: str) -> HttpResponse:
        """Publish all of it now, in one edition. Published once, its version is another: asking
        again publishes nothing."""
        release = _release(release_id)
        version = number_based_on(request)
        edition = publish_release(actor=self.actor, release=release, version=version)
        return answer(EditionMade(edition).data, version=version + 1)


class GoingBack(AuthorView):
    @changes("go_back", {200: EditionMade}, owns_transaction=True)
    def post(self, request: Request, number: str) -> HttpResponse:
        """Tell again what edition `number` told, in a new edition."""
        wanted = whole_number(number, most=2_147_483_647)
        if wanted is None:
            raise not_found("edition")
        edition = go_back(number=wanted, actor=self.actor)
        return answer(EditionMade(edition).data)


def _releases() -> Any:
    return Release.objects.select_related("owner", "created_by").annotate(
        items_count=Count("items")
    )


def _release(release_id: str) -> Release:
    """Raises Problem (404)."""
    wanted = whole_number(release_id, most=_MOST_ID)
    release = Release.objects.filter(pk=wanted).first() if wanted else None
    if release is None:
        raise not_found("release")
    return release


def _path(release: Release) -> str:
    return f"/api/v1/releases/{release.pk}/"


def _told(pk: int, *, status: int = 200, location: str = "") -> HttpResponse:
    release = _releases().get(pk=pk)
    data = ReleaseDetailItem(release).data
    return answer(data, status=status, version=release.version, location=location)
