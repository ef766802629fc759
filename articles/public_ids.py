"""Public ids: short, opaque, stable names for articles, safe in a URL and over the phone."""

from __future__ import annotations

import hashlib
import re
import secrets

# No vowels and no look-alikes: an id never spells a word and can be read out.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 12
PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{2,39}")


def new_public_id() -> str:
    """Return a random id; 27**12 of them make a clash a matter for the unique constraint."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def derived_public_id(source: str) -> str:
    """Return the id that `source` (an import's collection and path) always gets."""
    number = int.from_bytes(hashlib.sha256(source.encode()).digest()[:8], "big")
    letters = []
    for _ in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)


def was_made_here(value: str) -> bool:
    """Whether `value` could be an id that `new_public_id` or `derived_public_id` made."""
    return len(value) == LENGTH and set(value) <= set(ALPHABET)


def is_public_id(value: str) -> bool:
    """Whether `value` could be an article's public id."""
    return PATTERN.fullmatch(value) is not None
