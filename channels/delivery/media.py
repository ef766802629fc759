"""Pictures by their content's hash: served for ever, as nothing but the picture they are."""

from __future__ import annotations

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from articles.operations.attachments import FORMATS, attachment_path

NAME = re.compile(r"[0-9a-f]{64}\.(png|jpg|gif|webp)")
MEDIA_TYPES = dict(FORMATS.values())


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
    return response
