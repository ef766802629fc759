"""The addresses of texts: slugs, their renames, and the old ones that keep leading here."""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext

from articles.document.text import clean_text
from articles.exceptions import InvalidInput
from articles.models import ArticleText, FormerAddress

SLUG = re.compile(r"[\w-]{1,120}")


def free_slug(*, locale: str, title: str) -> str:
    """Return an address made from `title` that no text of the locale has."""
    base = slugify(title, allow_unicode=True)[:100].strip("-_") or "article"
    taken = set(
        ArticleText.objects.filter(locale=locale, slug__startswith=base).values_list(
            "slug", flat=True
        )
    )
    if base not in taken:
        return base
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{base}-{n}") not in taken)


def check_slug(slug: str) -> None:
    """Raise InvalidInput unless `slug` can be an address."""
    if not SLUG.fullmatch(slug) or clean_text(slug) != slug:
        raise InvalidInput(
            gettext("“%(slug)s” cannot be an address.") % {"slug": slug[:60]}, field="slug"
        )


def take_slug(*, text: ArticleText, slug: str) -> None:
    """Give `text` the address `slug`; the one it had leads here from now on. Runs inside the
    caller's transaction. Raises InvalidInput where another text has the address."""
    check_slug(slug)
    if text.slug == slug:
        return
    if ArticleText.objects.filter(locale=text.locale, slug=slug).exclude(pk=text.pk).exists():
        raise slug_taken(slug)
    if text.head_id:
        remember_address(text=text, address=text.slug)
    FormerAddress.objects.filter(locale=text.locale, address=slug).delete()
    text.slug = slug
    try:
        with transaction.atomic():
            text.save(update_fields=["slug", "changed_at"])
    except IntegrityError:  # Somebody else took it at the same moment.
        raise slug_taken(slug) from None


def slug_taken(slug: str) -> InvalidInput:
    """Return the refusal of an address that another text has."""
    return InvalidInput(
        gettext("Another article has the address “%(slug)s”.") % {"slug": slug}, field="slug"
    )


def remember_address(*, text: ArticleText, address: str) -> bool:
    """Let the old `address` (a slug, or a path with a leading slash) lead to `text`.

    Returns whether anything changed. The newest claim to an address wins.
    """
    if len(address) > 300:
        raise InvalidInput(
            gettext("An old address is longer than 300 characters."), field="aliases"
        )
    known = FormerAddress.objects.filter(locale=text.locale, address=address).first()
    if known and known.text_id == text.pk:
        return False
    FormerAddress.objects.update_or_create(
        locale=text.locale, address=address, defaults={"text": text}
    )
    return True
