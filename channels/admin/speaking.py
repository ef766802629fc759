"""A script as a voice says it, by the system's espeak-ng where that is installed: to hear how a
text sounds, not what callers will hear."""

from __future__ import annotations

import shutil
import struct
import subprocess  # nosec B404
from functools import cache
from threading import BoundedSemaphore

from django.utils.translation import gettext

from articles.exceptions import OperationRefused

PROGRAM = "espeak-ng"
MOST_CHARACTERS = 2_000  # some minutes of speech, and 10 MB
MOST_BYTES = 16 * 1024 * 1024
PATIENCE = 10.0  # seconds
# The plain Mandarin voice reads Han badly.
_VOICES = {"en": "en-gb", "zh-hans": "cmn-latn-pinyin", "zh-hant": "cmn-latn-pinyin"}
_RIFF_HEADER = 44  # bytes of a WAV file before its sound

_voices_at_once = BoundedSemaphore(2)


class CannotSpeak(OperationRefused):
    """There is no voice, or it took too long."""


@cache
def program() -> str:
    """Return where espeak-ng is installed, "" where it is not."""
    return shutil.which(PROGRAM) or ""


def spoken(script: str, *, locale: str) -> bytes:
    """Return the first 2,000 characters of `script` as a WAV file. Raises CannotSpeak."""
    if not program():
        raise CannotSpeak(gettext("No voice is installed here."))
    if not _voices_at_once.acquire(blocking=False):
        raise CannotSpeak(gettext("Others are listening. Try again in a moment."))
    try:
        done = subprocess.run(  # nosec B603 - a fixed program; the words are its input
            [program(), "-v", _VOICES.get(locale, locale), "-b", "1", "--stdin", "--stdout"],
            input=script[:MOST_CHARACTERS].encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotSpeak(gettext("The voice took too long.")) from None
    finally:
        _voices_at_once.release()
    if done.returncode or len(done.stdout) <= _RIFF_HEADER:
        raise CannotSpeak(gettext("There is no voice for this language."))
    return _with_sizes(done.stdout[:MOST_BYTES])


def _with_sizes(wav: bytes) -> bytes:
    """Say in the header how long the sound is: what wrote it into a pipe could not know."""
    sound = wav[_RIFF_HEADER:]
    return b"".join(
        (
            wav[:4],
            struct.pack("<I", len(wav) - 8),
            wav[8 : _RIFF_HEADER - 4],
            struct.pack("<I", len(sound)),
            sound,
        )
    )
