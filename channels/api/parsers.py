"""JSON as RFC 8259 means it to be exchanged: what databases or other parsers would trip over, or
read differently, is refused before anything looks at it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from rest_framework.parsers import BaseParser

from channels.problem import Problem

DEEPEST = 32
MOST_BYTES = 2 * 1024 * 1024  # of a body; a program that sends more still has it


class SafeJSONParser(BaseParser):
    """Refuses with a Problem (400 or 413): bodies that are empty or too large, that are no UTF-8
    or no JSON, repeated names, NaN and infinities, NUL, lone surrogates, deep nesting."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise too_large(MOST_BYTES)
        return parse_json(body)


def too_large(limit: int) -> Problem:
    return Problem(413, "body-too-large", f"A body holds no more than {limit} bytes.")


def parse_json(body: bytes) -> Any:
    """Return the value that `body` writes. Raises Problem (400)."""
    if not body.strip():
        raise _refused("The body is empty.")
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except UnicodeDecodeError:
        raise _refused("The body is not UTF-8.") from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        # JSONDecodeError, and a whole number of more digits than Python reads.
        raise _refused("The body is not JSON.") from None
    _check(value)
    return value


def _check(value: Any) -> None:
    """Raise Problem where a text can't be stored, or where the nesting is too deep."""
    waiting = [(value, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST:
            raise _too_deep()
        match part:
            case str():
                _check_text(part)
            case list():
                waiting += [(item, depth + 1) for item in part]
            case dict():
                waiting += [(name, depth) for name in part]
                waiting += [(item, depth + 1) for item in part.values()]


def _check_text(text: str) -> None:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise _refused("A text contains NUL or half a surrogate pair.")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) < len(pairs):
        raise _refused("An object names a member twice.")
    return names


def _no_constant(name: str) -> NoReturn:
    raise _refused(f"{name} is not JSON.")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _refused("A number is too large.")
    return number


def _too_deep() -> Problem:
    return _refused(f"The body is nested deeper than {DEEPEST} levels.")


def _refused(detail: str) -> Problem:
    return Problem(400, "bad-json", detail)
