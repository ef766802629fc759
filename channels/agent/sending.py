"""What may leave the house of an article, in the customer's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from articles.audiences import CUSTOMER, PUBLIC, rank
from articles.locales import fallback_chain, locale_name
from channels.languages import html_lang
from channels.models import Entry
from channels.queries import entries_at

CALLER = rank(CUSTOMER)  # what the narrowest text may be for that a caller gets


@dataclass(frozen=True, slots=True)
class Sending:
    """The text that a customer gets: the one in their language, or what stands in for it."""

    locale: str
    lang: str
    language: str  # by its own name
    stands_in: bool  # for one in the customer's language
    allowed: bool  # whether it may be sent or read out at all
    public_url: str  # a path; "" where only some may read it


def may_be_sent(entry: Entry) -> bool:
    return entry.audience_rank <= CALLER


def sending(texts: Mapping[str, Entry], *, wanted: str, shown: str) -> Sending:
    """Return what a customer gets who speaks `wanted` ("" where nobody said, which is then the
    language that is `shown`), out of an article's texts by locale."""
    chain = fallback_chain(wanted) if wanted else (shown,)
    locale = next((locale for locale in chain if locale in texts), shown)
    entry = texts[locale]
    return Sending(
        locale=locale,
        lang=html_lang(locale),
        language=locale_name(locale),
        stands_in=bool(wanted) and locale != wanted,
        allowed=may_be_sent(entry),
        public_url=_path(entry) if entry.audience == PUBLIC else "",
    )


def addresses_of(entry: Entry, number: int) -> list[tuple[str, str]]:
    """Return title and path of each public article that the text links to, in its language: in
    plain text a link is words alone. One statement."""
    links = entry.links.filter(audience_rank__lte=entry.audience_rank)
    told = entries_at(number, rank=rank(PUBLIC)).filter(
        locale=entry.locale, public_id__in=links.values("target")
    )
    return [(target.title, _path(target)) for target in told.order_by("title", "public_id")]


def _path(entry: Entry) -> str:
    return f"/{entry.locale}/articles/{entry.slug}/"
