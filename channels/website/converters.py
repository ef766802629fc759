"""What may stand in an address of the website."""

from __future__ import annotations


class TextSlug:
    """An article's slug: letters of any script, digits, `_` and `-`."""

    regex = r"[\w-]{1,120}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
