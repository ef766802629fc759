"""The last gate of HTML: an allowlist of just those elements and attributes that we write."""

from __future__ import annotations

import nh3

_ALLOWED_ATTRIBUTES = {
    "a": {
        *("class", "href", "rel", "id", "role", "type"),
        *("data-article", "data-size", "data-snippet"),
    },
    "article": {"class", "lang", "data-article", "data-digest"},
    "aside": {"class", "role", "data-audience"},
    "code": {"class"},
    "div": {"class", "role", "tabindex", "aria-label", "id"},
    "h1": {"class"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "p": {"class"},
    "section": {"class"},
    "span": {"class", "data-snippet"},
    "sup": {"class"},
    "td": {"class"},
    "th": {"class", "scope"},
} | {f"h{level}": {"id"} for level in range(2, 7)}
_PLAIN_TAGS = {"blockquote", "br", "em", "hr", "li", "pre", "strong", "ul"}
_ALLOWED_TAGS = {*_ALLOWED_ATTRIBUTES, *_PLAIN_TAGS, "table", "thead", "tbody", "tr"}
_GATE = nh3.Cleaner(
    tags=_ALLOWED_TAGS,
    attributes=_ALLOWED_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
# What comparisons write around words; a rendering that readers get never has them.
_GATE_FOR_MARKED = nh3.Cleaner(
    tags=_ALLOWED_TAGS | {"del", "ins"},
    attributes=_ALLOWED_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


def through_the_gate(markup: str, *, marked: bool = False) -> str:
    """Return the markup without any element, attribute or URL scheme that is not ours; `marked`
    markup may say what was deleted and inserted."""
    return (_GATE_FOR_MARKED if marked else _GATE).clean(markup)
