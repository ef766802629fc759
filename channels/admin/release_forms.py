"""What editors type about releases: a name, a time in a zone, which release to put things into."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.exceptions import InvalidInput
from articles.time_zones import zones_to_choose
from channels.models import Release
from channels.operations.schedule import AskWhichTime, Choice
from channels.release_workflow import ReleaseState

MOST_RELEASES = 100  # to choose from
MOST_FAILED = 5  # told beside what waits


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("What it is about; kept as the edition's note."),
    )


class ScheduleForm(forms.Form):
    """A wall clock's time in a zone; which of two, where the clock shows it twice."""

    local = forms.CharField(
        label=gettext_lazy("Day and time there"),
        max_length=19,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "60"}),
    )
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    fold = forms.TypedChoiceField(
        choices=[("", ""), ("0", "0"), ("1", "1")], coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["zone"]
        field.choices = [(name, name.replace("_", " ")) for name in zones_to_choose()]  # type: ignore[attr-defined]
        field.initial = settings.TIME_ZONE
        self.choices: tuple[Choice, ...] = ()
        self.next_time: Choice | None = None

    def ask(self, question: AskWhichTime) -> None:
        """Put what the clock shows otherwise than typed as a question below it."""
        self.add_error("local", str(question))
        if len(question.choices) == 1:
            self.next_time = question.choices[0]
        else:
            self.choices = question.choices


class PutForm(forms.Form):
    """Which release things are put into: one that takes any, or a new one by its name."""

    release = forms.ModelChoiceField(
        Release.objects.none(),
        label=gettext_lazy("Release"),
        required=False,
        empty_label=gettext_lazy("a new release"),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the new release"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["release"].queryset = releases_to_fill()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data.get("release") and not data.get("name"):
            raise forms.ValidationError(_("Choose a release, or name a new one."))
        return data


def releases_to_fill() -> QuerySet[Release]:
    """Return the plans that take items, the newest first."""
    taking = (ReleaseState.OPEN, ReleaseState.FAILED)
    ids = Release.objects.filter(state__in=taking).order_by("-pk").values("pk")[:MOST_RELEASES]
    return Release.objects.filter(pk__in=list(ids.values_list("pk", flat=True))).order_by("-pk")


def failed_releases() -> list[Release]:
    """Return those that did not go live when they were due, the newest first. One statement."""
    failed = Release.objects.filter(state=ReleaseState.FAILED).select_related("owner")
    return list(failed.order_by("-failed_at")[:MOST_FAILED])


def whole_numbers(values: Iterable[str]) -> list[int]:
    """Return ids that a page sent. Raises InvalidInput for what no page of ours sends."""
    numbers = []
    for value in values:
        if not (value.isascii() and value.isdigit() and len(value) <= 18):
            raise InvalidInput(_("Something that was chosen is not there any more. Look again."))
        numbers.append(int(value))
    return numbers
