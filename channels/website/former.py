"""Old addresses: where what they led to is told today."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, IntegerField, Value, When

from articles.models import FormerAddress
from channels.models import Entry
from channels.website.addresses import text_address
from channels.website.reading import RANK, Reading

LONGEST = 300  # characters, as FormerAddress has it


def address_of_former_slug(reading: Reading, slug: str) -> str | None:
    """Return where the article that once had `slug` is read now; None if nowhere."""
    renamed = (
        FormerAddress.objects.filter(locale=reading.locale, address=slug)
        .values_list("text__article__public_id", flat=True)
        .first()
    )
    told = renamed or (
        Entry.objects.visible_to(RANK)
        .filter(locale=reading.locale, slug=slug, from_edition__lte=reading.number)
        .order_by("-from_edition")
        .values_list("public_id", flat=True)
        .first()
    )
    return _present_address(reading, told, (reading.locale,)) if told else None


def address_of_old_path(reading: Reading, paths: Sequence[str]) -> str | None:
    """Return where what an imported site told at one of `paths` is read now; None if nowhere.

    The same path may have led to a text in several locales: the reader's own comes first.
    """
    candidates = [path for path in paths if len(path) <= LONGEST and "\x00" not in path]
    found = (
        FormerAddress.objects.filter(address__in=candidates)
        .annotate(
            foreign=Case(
                When(locale=reading.locale, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        .order_by("foreign", "pk")
        .values_list("text__article__public_id", "locale")
        .first()
    )
    if found is None:
        return None
    public_id, locale = found
    return _present_address(Reading(locale, reading.number, None), public_id, (locale,))


def _present_address(reading: Reading, public_id: str, locales: Sequence[str]) -> str | None:
    text = reading.texts().filter(public_id=public_id, locale__in=locales).first()
    if text is None:
        return None
    return text_address(
        locale=reading.locale, text_locale=text.locale, slug=text.slug, public_id=public_id
    )
