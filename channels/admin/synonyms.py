"""Synonyms: the editors' lines of the thesaurus, and what each means."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_forms import LINE
from articles.admin.desk import actor_of, blame
from articles.exceptions import InvalidInput
from channels.admin.kept_words import LONGEST_TYPED, KeptAdmin, KeptForm, LocaleFilter
from channels.models import Synonym
from channels.operations.synonyms import remove_synonym, save_synonym
from channels.search.synonym_line import read_line


class SynonymForm(KeptForm):
    words = forms.CharField(
        label=gettext_lazy("Words"),
        max_length=LONGEST_TYPED,
        # The line itself is judged by what reads it, which says more than this field can.
        strip=False,
        widget=LINE,
        help_text=gettext_lazy(
            "“refund, money back”: each finds the other. “died > bereavement”: the left finds the "
            "right, not the reverse."
        ),
    )
    field_order = ("locale", "words", "note")


@admin.register(Synonym)
class SynonymAdmin(KeptAdmin):
    form_class = SynonymForm
    new_title = gettext_lazy("New synonym")
    list_display = ("words", "language", "means", "note", "changed_by", "changed_at")
    list_filter = (LocaleFilter,)
    search_fields = ("words", "note")

    @admin.display(description=gettext_lazy("what it means"))
    def means(self, synonym: Synonym) -> str:
        return _in_words(synonym.words)

    def typed_of(self, kept: Synonym) -> dict[str, Any]:
        return {"locale": kept.locale, "words": kept.words, "note": kept.note}

    def told(self, form: KeptForm, kept: Synonym | None) -> dict[str, Any]:
        """Say what the line means: as it is kept, or as it is typed."""
        if not form.is_bound:
            return {"means": _in_words(kept.words) if kept else ""}
        words = form.cleaned_data.get("words", "") if hasattr(form, "cleaned_data") else ""
        if not words or form.has_error("words"):
            return {"means": ""}
        try:
            return {"means": read_line(words).in_words()}
        except InvalidInput as refusal:
            blame(form, refusal)
            return {"means": ""}

    def save(self, request: HttpRequest, typed: dict[str, Any], kept: Synonym | None) -> str:
        saved = save_synonym(actor=actor_of(request), synonym=kept, **typed)
        return _("Saved, and searched by from now on.") + " " + _in_words(saved.words)

    def remove(self, request: HttpRequest, kept: Synonym) -> None:
        remove_synonym(actor=actor_of(request), synonym=kept)


def _in_words(line: str) -> str:
    try:
        return read_line(line).in_words()
    except InvalidInput as refusal:  # Kept under rules that have changed since.
        return str(refusal)
