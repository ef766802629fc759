"""What an administrator looks for among the audit rows, as typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.audit_search import Search
from articles.time_zones import zones_to_choose

ZONE = "desk_zone"  # the cookie that keeps in which zone a person reads times
SHORT = {"class": "vTextField"}
MOST_SUGGESTED = 200
FIRST_YEAR, LAST_YEAR = 1970, 9000


class AuditForm(forms.Form):
    """Narrows by what is typed. Times are those of a clock in `zone`."""

    actor = forms.CharField(
        label=gettext_lazy("Who"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs=SHORT | {"list": "audit-people"}),
    )
    action = forms.ChoiceField(label=gettext_lazy("Did what"), required=False)
    subject = forms.CharField(
        label=gettext_lazy("To what"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "A title, an article’s id or address, a snippet’s key, an edition’s or a release’s "
            "number"
        ),
        widget=forms.TextInput(attrs=SHORT),
    )
    since = forms.CharField(
        label=gettext_lazy("From"),
        max_length=30,
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    until = forms.CharField(
        label=gettext_lazy("To"),
        max_length=30,
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Words in the detail"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=SHORT),
    )

    def __init__(self, request: HttpRequest, *, actions: Mapping[str, Any]) -> None:
        self.default_zone = zone_of(request)
        typed = request.GET.copy()
        typed.setdefault("zone", self.default_zone)
        super().__init__(typed)
        action, zone = self.fields["action"], self.fields["zone"]
        assert isinstance(action, forms.ChoiceField)  # noqa: S101 - for the type checker
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101 - for the type checker
        by_words = sorted(((code, str(words)) for code, words in actions.items()), key=_by_words)
        # What an older version did is found by its code.
        asked = typed.get("action", "")[:40]
        others = [(asked, asked)] if asked and asked not in actions else []
        action.choices = [("", _("all")), *by_words, *others]
        zone.choices = [(name, name.replace("_", " ")) for name in zones_to_choose()]
        # For the script that takes the browser's own zone where none was chosen yet.
        chosen = "1" if ZONE in request.COOKIES or "zone" in request.GET else ""
        zone.widget.attrs |= {"data-zone-kept": ZONE, "data-zone-chosen": chosen}

    def clean_actor(self) -> User | None:
        name = self.cleaned_data["actor"].strip()
        if not name:
            return None
        person = User.objects.filter(username=name).first()
        person = person or User.objects.filter(username__iexact=name).first()
        if person is None:
            raise forms.ValidationError(_("There is nobody of this name."))
        return person

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        zone = ZoneInfo(data.get("zone") or self.default_zone)
        for name, fold in (("since", 0), ("until", 1)):
            if data.get(name):
                try:
                    data[name] = _instant(data[name], zone, fold=fold)
                except ValueError:
                    self.add_error(name, _("Write a day and a time: 2026-03-29T09:00."))
        since, until = data.get("since"), data.get("until")
        if isinstance(since, datetime) and isinstance(until, datetime) and until < since:
            self.add_error("until", _("This is before the time from which to look."))
        return data

    @property
    def shown_in(self) -> ZoneInfo:
        """In which times are shown; needs a form that was looked at, right or wrong."""
        return ZoneInfo(self.cleaned_data.get("zone") or self.default_zone)

    def search(self, subjects: Callable[[str], Iterable[str]]) -> Search:
        """Return what a valid form looks for; `subjects` says what typed words may mean."""
        asked = self.cleaned_data
        subject = " ".join(asked["subject"].split())
        actor, until = asked["actor"], asked["until"]
        return Search(
            actor=actor.pk if actor else None,
            action=asked["action"],
            subjects=frozenset(subjects(subject)) if subject else None,
            since=asked["since"] or None,
            # A minute that is named is meant to its end.
            until=until + timedelta(minutes=1) if until else None,
            words=asked["words"].strip(),
        )


def zone_of(request: HttpRequest) -> str:
    """Return the zone in which the person read times last, or else the installation's."""
    kept = request.COOKIES.get(ZONE, "")
    return kept if kept in zones_to_choose() else settings.TIME_ZONE


def people() -> list[str]:
    """Return whom to suggest. One statement."""
    staff = User.objects.filter(is_staff=True).order_by("username")
    return list(staff.values_list("username", flat=True)[:MOST_SUGGESTED])


def _instant(typed: str, zone: ZoneInfo, *, fold: int) -> datetime:
    """Of a time that the clock shows twice the range takes both. Raises ValueError."""
    wall = datetime.fromisoformat(typed)
    if wall.tzinfo is not None or not FIRST_YEAR <= wall.year <= LAST_YEAR:
        raise ValueError(typed)
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _by_words(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
