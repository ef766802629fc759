"""What is said about an article: its form, and what to show where somebody else saved it first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst

from articles.admin.article_forms import MetadataForm
from articles.locales import locale_choices
from articles.models import Article, AuditRecord, Kind
from articles.models.article import AUDIENCE_CHOICES

NONE = "–"
SAID = ("kind", "topic", "audience", "tags", "products", "owner", "review_by", "source_locale")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two people say differently, in words to read."""

    what: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class AboutConflict:
    """Somebody else saved first: who, and how that differs from what was typed."""

    author: str
    differences: list[Difference]


def about_form(article: Article, **kwargs: Any) -> MetadataForm:
    """Return the form; its fields' ids are told from those of the texts on the same page."""
    return MetadataForm(article=article, auto_id="id_about_%s", **kwargs)


def overtaken_form(article: Article, typed: Mapping[str, Any]) -> MetadataForm:
    """Return the form that keeps what was typed, now on top of what came first."""
    return about_form(article, initial={**typed, "based_on": article.version})


def conflict_about(article: Article, typed: Mapping[str, Any]) -> AboutConflict:
    """Compare what is said of `article` now with what was typed on top of an older version."""
    theirs, yours = _in_words({name: getattr(article, name) for name in SAID}), _in_words(typed)
    changes = AuditRecord.objects.select_related("actor").filter(
        subject=f"article {article.public_id}", action="update-article"
    )
    last = changes.order_by("pk").last()
    return AboutConflict(
        author=last.actor.get_username() if last else NONE,
        differences=[
            Difference(capfirst(str(MetadataForm.base_fields[name].label)), said, yours[name])
            for name, said in theirs.items()
            if said != yours[name]
        ],
    )


def _in_words(said: Mapping[str, Any]) -> dict[str, str]:
    day = said["review_by"]
    return {
        "kind": str(dict(Kind.choices)[said["kind"]]),
        "topic": str(said["topic"] or NONE),
        "audience": str(dict(AUDIENCE_CHOICES)[said["audience"]]),
        "tags": ", ".join(said["tags"]) or NONE,
        "products": ", ".join(said["products"]) or NONE,
        "owner": str(said["owner"] or NONE),
        "review_by": date_format(day, "SHORT_DATE_FORMAT") if day else NONE,
        "source_locale": dict(locale_choices()).get(said["source_locale"], NONE),
    }
