"""What channels add to the desk's front page: releases, the last edition, what readers ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin.my_work import MyWorkPages
from articles.admin.work_lists import WorkList, WorkRow
from articles.roles import WRITE
from channels.admin.release_forms import failed_releases
from channels.models import Release, UpdateRequest
from channels.queries import current_edition
from channels.release_workflow import ReleaseState
from channels.request_workflow import RequestState

MOST_SCHEDULED = 5
MOST_WANTED = 5


class ToldWorkPages(MyWorkPages):
    def work_lists(self, person: AbstractUser) -> list[WorkList]:
        wishes = UpdateRequest.objects.open().filter(
            Q(article__owner=person.pk) | Q(answered_by__owner=person.pk)
        )
        found = wishes.order_by("-votes_count", "-created_at", "-pk")
        title = _("Readers’ requests on my articles")
        return [*super().work_lists(person), WorkList("requests", title, found, _wishes)]

    def front(self, request: HttpRequest) -> dict[str, Any]:
        if not request.user.has_perm(WRITE):
            return super().front(request)
        return super().front(request) | {
            "scheduled": next_releases(),
            "failed": failed_releases(),
            "wanted": most_wanted(),
            "edition": current_edition(),
        }


def next_releases() -> list[Release]:
    """Return the releases that go live next, the first first. One statement."""
    scheduled = Release.objects.filter(state=ReleaseState.SCHEDULED).select_related("owner")
    return list(scheduled.order_by("due_at", "pk")[:MOST_SCHEDULED])


def most_wanted() -> list[UpdateRequest]:
    """Return what readers want most and nobody has begun to write. One statement."""
    waiting = UpdateRequest.objects.filter(state__in=(RequestState.OPEN, RequestState.PLANNED))
    return list(waiting.order_by("-votes_count", "-created_at", "-pk")[:MOST_WANTED])


def _wishes(wishes: Sequence[UpdateRequest]) -> list[WorkRow]:
    return [
        WorkRow(
            title=wish.sentence,
            url=reverse("admin:channels_updaterequest_change", args=[wish.pk]),
            facts=(
                ngettext("%(votes)s vote", "%(votes)s votes", wish.votes_count)
                % {"votes": wish.votes_count},
            ),
            locale=wish.locale,
            state=wish.state,
            label=wish.get_state_display(),
        )
        for wish in wishes
    ]
