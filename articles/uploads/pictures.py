"""Pictures: PNG, JPEG, GIF and WebP as Pillow knows them, within limits.

No pixel is ever unpacked here: width, height and frames stand in the file, and a file that lies
about them is cut off at what it says by whoever shows it.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable

from django.utils.translation import gettext
from PIL import Image

from articles.exceptions import InvalidInput
from articles.uploads.disguises import why_refused
from articles.uploads.gif import strip_gif
from articles.uploads.inspected import Inspected
from articles.uploads.jpeg import strip_jpeg
from articles.uploads.orientation import on_its_side
from articles.uploads.png import strip_png
from articles.uploads.stripped import Broken, Stripped
from articles.uploads.webp import strip_webp

MAX_MEGABYTES = 10
MAX_SIDE = 16_000  # pixels
MAX_MEGAPIXELS = 40
MAX_FRAMES = 500
MAX_MEGAPIXELS_IN_FRAMES = 400

# Pillow's name of a format -> (ending, media type). What a browser can't be trusted with (SVG,
# HTML in disguise) is not in the list.
FORMATS = {
    "PNG": ("png", "image/png"),
    "JPEG": ("jpg", "image/jpeg"),
    "GIF": ("gif", "image/gif"),
    "WEBP": ("webp", "image/webp"),
}
_STRIPPERS: dict[str, Callable[[bytes], Stripped]] = {
    "PNG": strip_png,
    "JPEG": strip_jpeg,
    "GIF": strip_gif,
    "WEBP": strip_webp,
}
# A phone's photo may hold several pictures (MPO). What reads JPEG shows the first of them.
_READ_AS = {"MPO": "JPEG"}
# With what Pillow meets a file that is broken.
_UNREADABLE = (
    *(ArithmeticError, EOFError, LookupError, OSError, RuntimeError, SyntaxError, ValueError),
    struct.error,
)
_MILLION = 1_000_000


def inspect_picture(content: bytes, name: str) -> Inspected:
    """Return what is kept of the picture `name`. Raises InvalidInput for what is no picture, is
    broken, or is too large in bytes, pixels or frames."""
    if len(content) > MAX_MEGABYTES * 1024 * 1024:
        raise _refused(gettext("%(name)s is larger than %(most)d MB."), name, MAX_MEGABYTES)
    format, width, height = _opened(content, name)
    if max(width, height) > MAX_SIDE:
        message = gettext(
            "%(name)s is %(width)d × %(height)d pixels. The longer side may have %(most)d."
        )
        raise _refused(message, name, MAX_SIDE, width=width, height=height)
    if width * height > MAX_MEGAPIXELS * _MILLION:
        message = gettext(
            "%(name)s is %(width)d × %(height)d pixels. %(most)d megapixels are the most."
        )
        raise _refused(message, name, MAX_MEGAPIXELS, width=width, height=height)
    try:
        stripped = _STRIPPERS[format](content)
    except Broken:
        raise _refused(gettext("%(name)s is cut short or broken."), name) from None
    if stripped.frames > MAX_FRAMES:
        raise _refused(gettext("%(name)s has more than %(most)d frames."), name, MAX_FRAMES)
    if stripped.frames * width * height > MAX_MEGAPIXELS_IN_FRAMES * _MILLION:
        message = gettext("All frames of %(name)s together have more than %(most)d megapixels.")
        raise _refused(message, name, MAX_MEGAPIXELS_IN_FRAMES)
    if on_its_side(stripped.orientation):
        width, height = height, width
    ending, media_type = FORMATS[format]
    return Inspected(stripped.content, ending, media_type, width=width, height=height)


def _opened(content: bytes, name: str) -> tuple[str, int, int]:
    """Return Pillow's name of the format, and width and height in pixels."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of a decompression bomb where we refuse by our own, smaller limit, and
            # of second pictures that are broken.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=list(FORMATS)) as picture:
                width, height = picture.size
                format = str(picture.format)
                if width * height <= MAX_MEGAPIXELS * _MILLION:
                    picture.verify()
                return _READ_AS.get(format, format), width, height
    except Image.DecompressionBombError:
        message = gettext("%(name)s has more than %(most)d megapixels.")
        raise _refused(message, name, MAX_MEGAPIXELS) from None
    except _UNREADABLE:
        pass
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")) or content[8:12] == b"WEBP":
        raise _refused(gettext("%(name)s is cut short or broken."), name)
    raise InvalidInput(why_refused(content, name), field="file")


def _refused(message: str, name: str, most: int = 0, **said: int) -> InvalidInput:
    return InvalidInput(message % {"name": name, "most": most, **said}, field="file")
