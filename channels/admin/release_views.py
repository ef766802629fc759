"""What people do with a release at the desk: fill it, check it, schedule it, publish it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.desk import CONFLICT, DeskAdmin, actor_of, blame, refusals_told, require_role
from articles.exceptions import InvalidInput, OperationRefused
from articles.models import Article, ArticleText, Snippet
from articles.roles import PUBLISH, WRITE
from channels.admin.release_forms import NameForm, PutForm, ScheduleForm, whole_numbers
from channels.admin.release_page import check_context, items_page
from channels.models import Release, ReleaseCheck
from channels.operations.items import Item, Retirement
from channels.operations.release_check import check_release, is_running
from channels.operations.release_items import name_of
from channels.operations.release_publishing import publish_release
from channels.operations.release_timing import schedule_release, unschedule_release
from channels.operations.releases import (
    add_items,
    cancel_release,
    create_release,
    remove_items,
    rename_release,
)
from channels.operations.schedule import AskWhichTime
from channels.release_workflow import actions_of

MOST_PUT = 500  # things in one address


class ReleaseViews(DeskAdmin):
    """The pages and steps of one release."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("put/", self.put_view, "release_put"),
            self.page_url("<int:pk>/act/", self.act_view, "release_act"),
            self.page_url("<int:pk>/schedule/", self.schedule_view, "release_schedule"),
            self.page_url("<int:pk>/check/", self.check_view, "release_check"),
            self.page_url("<int:pk>/check/progress/", self.progress_view, "release_progress"),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        require_role(request, WRITE)
        form = NameForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                release = create_release(actor=actor_of(request), name=form.cleaned_data["name"])
            except OperationRefused as refusal:
                blame(form, refusal)
            else:
                messages.success(request, _("The release was made. Put into it what is approved."))
                return to_release(release)
        return self.page(
            request,
            "admin/channels/release_new.html",
            title=_("New release"),
            status=CONFLICT if form.errors else HTTPStatus.OK,
            form=form,
        )

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.release_page(request, self.found(request, object_id))

    def release_page(
        self,
        request: HttpRequest,
        release: Release,
        *,
        schedule: ScheduleForm | None = None,
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        page, items = items_page(request, release)
        known = actions_of(release.state)
        may_publish = request.user.has_perm(PUBLISH)
        initial = {"local": release.due_local} | (
            {"zone": release.due_zone} if release.due_zone else {}
        )
        return self.page(
            request,
            "admin/channels/release.html",
            title=release.name,
            status=status,
            release=release,
            items_page=page,
            items=items,
            may_collect="collect" in known,
            may={str(action) for action in known} if may_publish else set(),
            schedule=schedule or ScheduleForm(initial=initial),
            schedule_open=schedule is not None,
            **check_context(request, release),
        )

    @method_decorator(require_POST)
    def act_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do one thing with a release, and say so."""
        release = self.found(request, pk)
        with refusals_told(request):
            _act(request, release)
        return to_release(release)

    @method_decorator(require_POST)
    def schedule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say when a release goes live; a time that a clock does not show once is asked about."""
        release = self.found(request, pk)
        form = ScheduleForm(request.POST)
        if form.is_valid():
            try:
                release = schedule_release(
                    actor=actor_of(request),
                    release=release,
                    version=_version(request),
                    **form.cleaned_data,
                )
            except AskWhichTime as question:
                form.ask(question)
            except OperationRefused as refusal:
                blame(form, refusal)
            else:
                message = _("Scheduled for %(local)s, %(zone)s.")
                at = {"local": release.due_local.replace("T", " "), "zone": release.due_zone}
                messages.success(request, message % at)
                return to_release(release)
        return self.release_page(request, release, schedule=form, status=CONFLICT)

    @method_decorator(require_POST)
    def check_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Check a release, however long it takes; others, and the page itself, follow it."""
        release = self.found(request, pk)
        with refusals_told(request):
            check_release(actor=actor_of(request), release=release)
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"done": True})
        return HttpResponseRedirect(_url(release) + "#check")

    def progress_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say how far the check of a release is."""
        release = self.found(request, pk)
        check = ReleaseCheck.objects.filter(release=release).defer("problems", "warnings").first()
        if check is None:
            return JsonResponse({"running": False, "done": 0, "total": 0})
        progress = {"running": is_running(check), "done": check.done, "total": check.total}
        return JsonResponse(progress, headers={"Cache-Control": "no-store"})

    def put_view(self, request: HttpRequest) -> HttpResponse:
        """Put what an address names (`text`, `snippet`, `retire`, by id) into a release."""
        require_role(request, WRITE)
        form = PutForm(request.POST if request.method == "POST" else None)
        items: list[Item] = []
        ids: dict[str, list[int]] = {}
        with refusals_told(request):
            ids = _ids(request)
            items = _items(ids)
        if items and form.is_bound and form.is_valid():
            try:
                release = put_into(request, form.cleaned_data, items)
            except OperationRefused as refusal:
                blame(form, refusal)
            else:
                return to_release(release)
        return self.page(
            request,
            "admin/channels/release_put.html",
            title=_("Put into a release"),
            status=CONFLICT if form.errors or not items else HTTPStatus.OK,
            form=form,
            names=[name_of(item) for item in items],
            named=[(name, pk) for name, pks in ids.items() for pk in pks],
        )


def put_into(request: HttpRequest, chosen: dict[str, Any], items: list[Item]) -> Release:
    """Put items into the release that was chosen, or into a new one, and say so."""
    release = chosen["release"]
    if release is None:
        release = create_release(actor=actor_of(request), name=chosen["name"], items=items)
    else:
        release = add_items(actor=actor_of(request), release=release, items=items)
    messages.success(request, _("Put into “%(release)s”.") % {"release": release.name})
    return release


def to_release(release: Release) -> HttpResponseRedirect:
    return HttpResponseRedirect(_url(release))


def _url(release: Release) -> str:
    return reverse("admin:channels_release_change", args=[release.pk])


def _act(request: HttpRequest, release: Release) -> None:
    actor, version = actor_of(request), _version(request)
    match request.POST.get("act"):
        case "publish":
            edition = publish_release(actor=actor, release=release, version=version)
            messages.success(request, _("Published in edition %d.") % edition.number)
        case "cancel":
            cancel_release(actor=actor, release=release, version=version)
            messages.success(request, _("Cancelled. Nothing of it was published."))
        case "unschedule":
            unschedule_release(actor=actor, release=release, version=version)
            messages.success(request, _("Taken off the schedule."))
        case "rename":
            name = request.POST.get("name", "")
            rename_release(actor=actor, release=release, name=name, version=version)
            messages.success(request, _("Saved."))
        case "remove":
            only = request.POST.get("only")
            ids = whole_numbers([only] if only else request.POST.getlist("item"))
            if not ids:
                raise InvalidInput(_("Choose what to remove."))
            remove_items(actor=actor, release=release, item_ids=ids)
            messages.success(request, _("Removed from the release."))
        case _:
            raise InvalidInput(_("This step is not known."))


def _version(request: HttpRequest) -> int:
    """Return the version of the plan that the page showed."""
    return whole_numbers([request.POST.get("version", "0")])[0]


def _ids(request: HttpRequest) -> dict[str, list[int]]:
    """Return the ids that the address, or the form, names. Raises InvalidInput."""
    source = request.POST if request.method == "POST" else request.GET
    ids = {name: whole_numbers(source.getlist(name)) for name in ("text", "snippet", "retire")}
    if sum(map(len, ids.values())) > MOST_PUT:
        raise InvalidInput(_("At most %d at once.") % MOST_PUT)
    return ids


def _items(ids: dict[str, list[int]]) -> list[Item]:
    """Return what is named, as far as it is approved."""
    texts = ArticleText.objects.filter(pk__in=ids["text"], approved__isnull=False)
    items: list[Item] = []
    for text in texts.select_related("approved").order_by("pk"):
        if text.approved:
            text.approved.text = text
            items.append(text.approved)
    snippets = Snippet.objects.filter(pk__in=ids["snippet"], approved__isnull=False)
    for snippet in snippets.select_related("approved__snippet").order_by("key"):
        if snippet.approved:
            items.append(snippet.approved)
    articles = Article.objects.filter(pk__in=ids["retire"]).order_by("pk")
    return [*items, *(Retirement(article) for article in articles)]
