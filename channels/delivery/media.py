"""Attachments by their content's hash: served for ever, as nothing but what they are.

Who knows the address gets the file, whatever the audience of the article that names it: it is as
good as a key of 256 bits, told only to those who may read the article.
"""

from __future__ import annotations

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from articles.models import Attachment
from articles.operations.attachments import attachment_path
from articles.uploads.inspection import MEDIA_TYPES
from articles.uploads.pdf import ENDING as PDF

_ENDING = re.compile(rf"\.{PDF}$", re.IGNORECASE)
NAME = re.compile(rf"[0-9a-f]{{64}}\.({'|'.join(MEDIA_TYPES)})")
# A header is no place for paths, controls, or characters that turn the reading direction.
_NOT_IN_FILE_NAMES = re.compile(r"[^\w .()+&,;=@~-]|^\.+")


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve an attachment. Its name is its hash, so it can't be guessed and never changes."""
    match = NAME.fullmatch(name)
    if match is None:
        raise Http404
    try:
        content = attachment_path(name).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, content_type=MEDIA_TYPES[match[1]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["ETag"] = f'"{name[:64]}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    if match[1] == PDF:
        # Kept and opened by the reader's own program, not shown inside our site: what a viewer in
        # the browser lets a file do is not ours to know.
        header = content_disposition_header(True, _file_name(name))
        response["Content-Disposition"] = header or "attachment"
    return response


def _file_name(name: str) -> str:
    """Return what the file is called when it is kept: as it was uploaded, with its true ending."""
    known = Attachment.objects.filter(name=name).values_list("original_name", flat=True).first()
    stem = _ENDING.sub("", (known or "").replace("\\", "/").rpartition("/")[2])
    return f"{_NOT_IN_FILE_NAMES.sub('_', stem)[:100].strip() or name[:12]}.{PDF}"
