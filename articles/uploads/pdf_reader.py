"""A program of its own that reads a PDF from standard input and says in JSON what it is.

Whoever asks runs it apart (`articles.uploads.pdf`): a file can be made to take a reader endless
time or memory, and here the system ends that. It needs pypdf and nothing of ours.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MAX_OBJECTS = 50_000
# PDF 32000-1:2008, sections 7.11.4 (files inside), 12.6.4 (actions) and 13 (things that play).
_SCRIPT_ACTIONS = {"/JavaScript"}
_PROGRAM_ACTIONS = {"/Launch", "/ImportData", "/SubmitForm"}
_PLAYING = {"/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"}


def answer(content: bytes) -> dict[str, Any]:
    """Return what `say` does; what it fails at is broken, or too large."""
    try:
        return say(content)
    except (MemoryError, RecursionError):
        return {"refused": "objects"}
    except Exception:  # pypdf meets broken files with many kinds of errors
        return {"refused": "broken"}


def say(content: bytes) -> dict[str, Any]:
    """Return `pages`, or why the PDF is `refused`: broken, locked, objects, script, program, files
    or plays."""
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        return {"refused": "locked"}
    pages = len(reader.pages)
    if not pages:
        return {"refused": "broken"}
    for seen, dictionary in enumerate(_dictionaries(reader), start=1):
        if seen > MAX_OBJECTS:
            return {"refused": "objects"}
        if why := _active(dictionary):
            return {"refused": why}
    return {"pages": pages}


def _active(dictionary: DictionaryObject) -> str:
    """Return what the dictionary makes a PDF that does more than be read; "" for nothing."""
    action, kind = _name(dictionary, "/S"), _name(dictionary, "/Subtype")
    if action in _SCRIPT_ACTIONS or "/JS" in dictionary or "/XFA" in dictionary:
        return "script"
    if action in _PROGRAM_ACTIONS:
        return "program"
    if "/EF" in dictionary or "/EmbeddedFiles" in dictionary or kind == "/FileAttachment":
        return "files"
    return "plays" if kind in _PLAYING else ""


def _name(dictionary: DictionaryObject, key: str) -> str:
    value = dictionary.get(key)
    if isinstance(value, IndirectObject):
        value = value.get_object()
    return value if isinstance(value, str) else ""


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Yield every dictionary of the file, those inside others too, whether or not a page leads to
    it."""
    waiting: list[Any] = [reader.trailer]
    for generation, places in reader.xref.items():
        waiting += [IndirectObject(number, generation, reader) for number in places]
    waiting += [IndirectObject(number, 0, reader) for number in reader.xref_objStm]
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            value = reader.get_object(value)
        if isinstance(value, DictionaryObject):
            yield value
            inside: Any = value.values()
        elif isinstance(value, ArrayObject):
            inside = value
        else:
            continue
        waiting += [item for item in inside if isinstance(item, DictionaryObject | ArrayObject)]


def _limit(seconds: int, megabytes: int) -> None:
    try:
        import resource  # There is none on Windows.
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)


if __name__ == "__main__":
    logging.disable()
    _limit(int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read())))
