"""PDFs: judged by what is in them, read in a process that time and memory are measured out to."""

from __future__ import annotations

import json
import subprocess
import sys
from math import ceil
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from articles.exceptions import InvalidInput
from articles.uploads.inspected import Inspected

MAX_MEGABYTES = 20
SIGNATURE = b"%PDF-"
ENDING, MEDIA_TYPE = "pdf", "application/pdf"

_SECONDS = 10
_MEMORY = 768  # megabytes
_READER = Path(__file__).with_name("pdf_reader.py")


def inspect_pdf(content: bytes, name: str) -> Inspected:
    """Return the PDF as it is. Raises InvalidInput for one that is broken, locked, too large, or
    that holds scripts, programs, other files or films."""
    if len(content) > MAX_MEGABYTES * 1024 * 1024:
        message = gettext("%(name)s is larger than %(most)d MB.")
        raise InvalidInput(message % {"name": name, "most": MAX_MEGABYTES}, field="file")
    said = _read(content)
    if why := said.get("refused"):
        raise InvalidInput(_message(why) % {"name": name}, field="file")
    return Inspected(content, ENDING, MEDIA_TYPE, pages=said["pages"])


def _read(content: bytes) -> dict[str, Any]:
    # Isolated (-I): what lies in the current folder or in PYTHONPATH is none of its business.
    command = [sys.executable, "-I", "-B", str(_READER), str(ceil(_SECONDS)), str(_MEMORY)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=3 * _SECONDS)
        said = json.loads(done.stdout) if done.returncode == 0 else {"refused": "objects"}
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return {"refused": "objects"}
    return said if isinstance(said, dict) else {"refused": "broken"}


def _message(why: str) -> str:
    match why:
        case "locked":
            return gettext("%(name)s is locked by a password. Save it without one.")
        case "script":
            return gettext("%(name)s holds scripts. Print it to PDF and upload that.")
        case "program":
            return gettext(
                "%(name)s starts programs or sends forms. Print it to PDF and upload that."
            )
        case "files":
            return gettext("%(name)s has other files inside. Print it to PDF and upload that.")
        case "plays":
            return gettext("%(name)s holds sound or film. Print it to PDF and upload that.")
        case "objects":
            return gettext("%(name)s takes too long to read. Print it to PDF and upload that.")
    return gettext("%(name)s is no whole PDF: it is cut short or broken.")
