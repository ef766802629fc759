"""What agents did in calls, to be read by administrators while it is kept."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.desk import DeskAdmin
from articles.roles import ADMINISTER
from channels.admin.requests import LocaleFilter
from channels.models import Call, CallEvent

Kind = CallEvent.Kind


class SolvedFilter(admin.SimpleListFilter):
    title = gettext_lazy("solved")
    parameter_name = "solved"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Call]) -> QuerySet[Call]:
        solved = Call.objects.filter(events__kind=Kind.USED).values("pk")
        match self.value():
            case "yes":
                return queryset.filter(pk__in=solved)
            case "no":
                return queryset.exclude(pk__in=solved)
        return queryset


@admin.register(Call)
class CallAdmin(DeskAdmin):
    opens = ADMINISTER
    list_display = ("name", "by", "customer", "locale", "begun_at", "ended_at", "used", "flagged")
    list_filter = ("begun_at", LocaleFilter, SolvedFilter)
    list_select_related = ("agent",)
    list_per_page = 50
    ordering = ("-begun_at", "-pk")
    search_fields = ("reference", "customer", "agent__username")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Call]:
        flags = Q(events__kind__in=(Kind.WRONG, Kind.MISSING))
        return (
            super()
            .get_queryset(request)
            .annotate(
                uses=Count("events", filter=Q(events__kind=Kind.USED)),
                flags=Count("events", filter=flags),
            )
        )

    @admin.display(description=gettext_lazy("call"), ordering="reference")
    def name(self, call: Call) -> str:
        return str(call)

    @admin.display(description=gettext_lazy("agent"), ordering="agent__username")
    def by(self, call: Call) -> str:
        return call.agent.get_username()

    @admin.display(description=gettext_lazy("used"), ordering="uses")
    def used(self, call: Any) -> int:
        return int(call.uses)

    @admin.display(description=gettext_lazy("flagged"), ordering="flags")
    def flagged(self, call: Any) -> int:
        return int(call.flags)

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        call = self.found(request, object_id)
        return self.page(
            request,
            "admin/channels/call.html",
            title=_("Call %(reference)s") % {"reference": call},
            call=call,
            events=call.events.select_related("request").order_by("at", "pk"),
            ticks=call.ticks.count(),
        )
