"""By what the blast radius of a release can be narrowed: channel, readers, language."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.locales import locale_choices
from articles.models.article import AUDIENCE_CHOICES

CHANNELS = {
    "website": _("website"),
    "phone": _("phone"),
    "feeds": _("feeds"),
    "agents": _("agents"),
    "api": _("API"),
}
_ALL = ("", _("all"))


class ChangesForm(forms.Form):
    """What is left empty, or is not known, narrows nothing."""

    channel = forms.ChoiceField(
        label=_("Channel"), required=False, choices=[_ALL, *CHANNELS.items()]
    )
    audience = forms.ChoiceField(
        label=_("Readers"), required=False, choices=[_ALL, *AUDIENCE_CHOICES]
    )
    locale = forms.ChoiceField(
        label=_("Language"), required=False, choices=lambda: [_ALL, *locale_choices()]
    )

    def __init__(self, asked: QueryDict, **kwargs: Any) -> None:
        super().__init__(asked, **kwargs)
        self.full_clean()

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for and is known."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The query string that asks for it again."""
        return urlencode(self.asked)
