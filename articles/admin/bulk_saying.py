"""Giving many articles to an owner, and changing the tags of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser, User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_page import title_of
from articles.admin.bulk_action import BulkAction, BulkForm, Line
from articles.admin.fields import TagsField
from articles.exceptions import InvalidInput
from articles.models import Article
from articles.operations.saying import assign, retag, tags_after
from articles.operations.tagging import clean_tags, folded

LINE = forms.TextInput(attrs={"class": "vTextField"})


class AssignForm(BulkForm):
    owner = forms.ModelChoiceField(
        User.objects.filter(is_staff=True, is_active=True).order_by("username"),
        label=gettext_lazy("Owner"),
        required=False,
        empty_label=gettext_lazy("nobody"),
    )


class TagsForm(BulkForm):
    add = TagsField(
        label=gettext_lazy("Add tags"),
        required=False,
        help_text=gettext_lazy("Separated by commas."),
        widget=LINE,
    )
    remove = TagsField(
        label=gettext_lazy("Remove tags"),
        required=False,
        help_text=gettext_lazy("Separated by commas."),
        widget=LINE,
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = self.cleaned_data
        add, remove = said.get("add", []), said.get("remove", [])
        if not self.errors and not add and not remove:
            raise forms.ValidationError(_("Say which tags."))
        both = {folded(tag) for tag in add} & {folded(tag) for tag in remove}
        if both:
            raise forms.ValidationError(_("A tag is either added or removed."))
        return said


class Assigning(BulkAction):
    name = "assign"
    label = gettext_lazy("Assign to an owner…")
    button = gettext_lazy("Assign")
    form = AssignForm

    def first(self, actor: AbstractUser) -> dict[str, Any]:
        return {"owner": actor.pk}

    def standing(self, articles: Sequence[Article]) -> list[Line]:
        return [_line(article, now=_owner(article.owner)) for article in articles]

    def planned(self, lines: list[Line], said: Mapping[str, Any]) -> list[Line]:
        owner: User | None = said["owner"]
        return [
            replace(line, why_not=_("Is theirs already.") if owner else _("Is nobody's already."))
            if line.article.owner_id == (owner.pk if owner else None)
            else replace(line, will=_("owner: %(owner)s") % {"owner": _owner(owner)})
            for line in lines
        ]

    def do(self, actor: AbstractUser, line: Line, said: Mapping[str, Any]) -> object:
        return assign(
            actor=actor, article=line.article, owner=said["owner"], based_on=int(line.seen)
        )


class Tagging(BulkAction):
    name = "tags"
    label = gettext_lazy("Add or remove tags…")
    button = gettext_lazy("Change tags")
    form = TagsForm

    def standing(self, articles: Sequence[Article]) -> list[Line]:
        return [_line(article, now=", ".join(article.tags) or "–") for article in articles]

    def planned(self, lines: list[Line], said: Mapping[str, Any]) -> list[Line]:
        add = clean_tags(said["add"])  # as other articles write them
        return [self._planned(line, add, said["remove"]) for line in lines]

    def _planned(self, line: Line, add: Sequence[str], remove: Sequence[str]) -> Line:
        before = line.article.tags
        try:
            after = tags_after(before, add=add, remove=remove)
        except InvalidInput as refusal:
            return replace(line, why_not=str(refusal))
        changes = [
            *(_("with “%(tag)s”") % {"tag": tag} for tag in after if tag not in before),
            *(_("without “%(tag)s”") % {"tag": tag} for tag in before if tag not in after),
        ]
        if not changes:
            return replace(line, why_not=_("Its tags are so already."))
        return replace(line, will=", ".join(changes))

    def do(self, actor: AbstractUser, line: Line, said: Mapping[str, Any]) -> object:
        return retag(
            actor=actor,
            article=line.article,
            add=said["add"],
            remove=said["remove"],
            based_on=int(line.seen),
        )


def _line(article: Article, *, now: str) -> Line:
    return Line(article, article.pk, str(article.version), title_of(article), now)


def _owner(owner: AbstractUser | None) -> str:
    return owner.get_username() if owner else _("nobody")
