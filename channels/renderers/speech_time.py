"""How long a voice takes to say something: an estimate, the same for ever for the same words."""

from __future__ import annotations

import re

# Seconds at an unhurried pace: 150 English words a minute, as recorded prompts and audiobooks are
# read (150 to 160; espeak-ng's default is 175), or 240 Chinese characters, as Mandarin is read
# out (about 240 to 300 a minute), and a breath at the end of each line.
_WORD = 0.4
_CHARACTER = 0.25
_BREATH = 0.5

_SAID = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])|[^\W_]+(?:['’.,-][^\W_]+)*")


def seconds_of_speech(script: str) -> int:
    """Return the seconds, rounded, that a voice takes for `script`, a line for each breath."""
    seconds = 0.0
    for line in script.splitlines():
        said = [_CHARACTER if found[1] else _WORD for found in _SAID.finditer(line)]
        seconds += sum(said) + (_BREATH if said else 0)
    return round(seconds)
