"""Where a link or a picture may lead."""

from __future__ import annotations

import re
from urllib.parse import unquote

from articles.document.blocks import ArticleLink, Inline, Link

_WEB = re.compile(r"https?://[^/?#\\\s]+", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^@\s]+@[^@\s]+", re.IGNORECASE)
_PHONE = re.compile(r"tel:\+?[0-9][0-9().\-]*(?:;[!-~]*)?", re.IGNORECASE)
_ANCHOR = re.compile(r"#[^\s\"#<>\\^`{|}]+")
_ARTICLE = re.compile(r"article:([a-z0-9][a-z0-9-]{2,39})(#[^\s\"#<>\\^`{|}]+)?")
_FILE = re.compile(r"media:([0-9a-f]{64}\.pdf)")
_MEDIA = re.compile(r"media:([0-9a-f]{64}\.(?:png|jpg|gif|webp))")
_UNSAFE = re.compile(r"[\s\"<>\\^`{|}]")


def link_to(href: str, children: tuple[Inline, ...]) -> Link | ArticleLink | None:
    """Return the link to `href`, or None where an article may not lead there."""
    target = href.strip()
    if target.startswith("#"):
        anchor = unquote(target)
        return Link(anchor, children) if _ANCHOR.fullmatch(anchor) else None
    if found := _ARTICLE.fullmatch(unquote(target)):
        return ArticleLink(found[1], (found[2] or "")[1:], children)
    if _FILE.fullmatch(target):
        return Link(target, children)
    safe = _UNSAFE.sub(_percent, target)
    if _WEB.match(target) or _MAIL.fullmatch(safe) or _PHONE.fullmatch(safe):
        return Link(safe, children)
    return None


def picture(source: str) -> str | None:
    """Return the stored name that `media:<sha256>.<ending>` means, or None for anything else."""
    found = _MEDIA.fullmatch(source.strip())
    return found[1] if found else None


def file_linked(href: str) -> str | None:
    """Return the stored name of the file that a link leads to, None where it leads elsewhere."""
    found = _FILE.fullmatch(href)
    return found[1] if found else None


def _percent(unsafe: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in unsafe[0].encode())
