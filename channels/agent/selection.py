"""What an agent chose to see in the list, and in which call: as it stands in the address."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.audiences import AUDIENCES
from articles.document.text import clean_line
from articles.exceptions import InvalidInput
from articles.locales import default_locale, locales
from articles.models.article import Kind
from channels.delivery.negotiation import match_language
from channels.operations.calls import NO_REFERENCE, CallName

LONGEST_QUESTION = 300  # characters
LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Selection:
    locale: str
    kind: str = ""
    topic: str = ""
    audience: str = ""
    q: str = ""
    page: int = 1
    call: CallName = NO_REFERENCE
    refused: tuple[str, ...] = field(default=(), compare=False)  # said to the agent

    def query(self, **changes: str | int) -> str:
        """Return the query string for this selection with some changes."""
        chosen = replace(self, **changes)  # type: ignore[arg-type]
        values = {
            "locale": chosen.locale,
            "kind": chosen.kind,
            "topic": chosen.topic,
            "audience": chosen.audience,
            "q": chosen.q,
            "page": chosen.page if chosen.page > 1 else "",
        }
        given = {name: value for name, value in values.items() if value}
        return urlencode(given | chosen.of_call)

    @property
    def of_call(self) -> dict[str, str]:
        """What addresses say of the call: also that nobody has said what the customer speaks, so
        that the language of a list is not taken for it."""
        call = self.call
        customer = {"customer": call.customer} if call.customer else {}
        return {"call": call.reference, **customer, "speaks": call.locale} if call.reference else {}

    @property
    def call_query(self) -> str:
        """The query string of another article in the same call, and of the empty list."""
        return urlencode({"locale": self.locale, **self.of_call})

    @property
    def is_filtered(self) -> bool:
        return bool(self.q) or self.is_narrowed

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.topic or self.audience)


def read_selection(params: QueryDict, topics: Collection[str]) -> Selection:
    """Return what the address asks for. What can't be is left out, and `refused` says so."""
    refused: list[str] = []

    def one_of(name: str, known: Collection[str]) -> str:
        value = params.get(name, "")
        if value and value not in known:
            refused.append(
                _("Unknown %(filter)s: “%(value)s”.")
                % {"filter": name, "value": clean_line(value)[:60]}
            )
            return ""
        return value

    def language(name: str) -> str:
        # Telephone systems name a customer's language by its region or script: zh-CN, zh-Hant.
        return match_language(params.get(name, "")[:40].lower()) or one_of(name, locales())

    locale = language("locale")
    return Selection(
        locale=locale or own_locale(),
        kind=one_of("kind", Kind.values),
        topic=one_of("topic", topics),
        audience=one_of("audience", AUDIENCES),
        q=clean_line(params.get("q", "")[:LONGEST_QUESTION]),
        page=_page(params.get("page", "1"), refused),
        call=_call(params, language("speaks") if "speaks" in params else locale, refused),
        refused=tuple(refused),
    )


def _call(params: QueryDict, locale: str, refused: list[str]) -> CallName:
    """Return the call of a screen-pop, whose customer speaks its `locale` (unless `speaks` says
    otherwise); a call without a reference is named by nothing."""
    reference = params.get("call", "")
    try:
        name = CallName(reference, params.get("customer", ""), locale if reference else "").check()
    except InvalidInput as refusal:
        refused.append(str(refusal))
        return NO_REFERENCE
    if not reference and name.customer:
        refused.append(_("“customer” is kept only together with “call”."))
    return name if reference else NO_REFERENCE


def own_locale() -> str:
    """Return the content locale of the language that the agent's browser asks for."""
    language = get_language() or ""
    return language if language in locales() else default_locale()


def _page(value: str, refused: list[str]) -> int:
    if value.isascii() and value.isdigit() and len(value) <= 6 and 1 <= int(value) <= LAST_PAGE:
        return int(value)
    refused.append(_("A page is a whole number from 1."))
    return 1
