"""Whether a file may be kept, and as what."""

from __future__ import annotations

from articles.document.text import clean_name
from articles.uploads import pdf, pictures
from articles.uploads.inspected import Inspected

# One byte more than this is enough to be refused.
MAX_BYTES = max(pdf.MAX_MEGABYTES, pictures.MAX_MEGABYTES) * 1024 * 1024
# Ending of a stored name -> media type.
MEDIA_TYPES = dict(pictures.FORMATS.values()) | {pdf.ENDING: pdf.MEDIA_TYPE}

_SHOWN_OF_NAME = 80  # characters


def inspect(content: bytes, original_name: str) -> Inspected:
    """Judge a file by its content; its name is only told in messages. Raises InvalidInput."""
    name = clean_name(original_name)[:_SHOWN_OF_NAME] or "?"
    if content.startswith(pdf.SIGNATURE):
        return pdf.inspect_pdf(content, name)
    return pictures.inspect_picture(content, name)
