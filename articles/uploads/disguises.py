"""What a refused file is, as far as its first bytes tell, so that the refusal says what to do."""

from __future__ import annotations

import re

from django.utils.translation import gettext

_SVG = re.compile(rb"<(?:!DOCTYPE\s+|[a-z]+:)?svg[\s>/]", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|iframe)[\s>/]", re.IGNORECASE)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ")
_PHONE_PHOTO = re.compile(rb".{4}ftyp(?:heic|heix|hevc|mif1|msf1|avif|avis)", re.DOTALL)
_LOOKED_AT = 4096  # bytes


def why_refused(content: bytes, name: str) -> str:
    """Return a sentence that says what the file `name` is instead of what is taken."""
    start = content[:_LOOKED_AT]
    text = start.replace(b"\0", b"")  # UTF-16 is read as well as it need be here
    if not content:
        message = gettext("%(name)s is empty.")
    elif _PHONE_PHOTO.match(start):
        message = gettext("%(name)s is a HEIC or AVIF photo. Save it as JPEG and upload that.")
    elif start.startswith(_PROGRAMS):
        message = gettext("%(name)s is a program, whatever its name says. It was not kept.")
    elif start.startswith(_ARCHIVES):
        message = gettext(
            "%(name)s is an archive or an Office document. Save what is in it as PDF or as a "
            "picture, and upload that."
        )
    elif _SVG.search(text):
        message = gettext(
            "%(name)s is an SVG drawing, which can hold scripts. Save it as PNG and upload that."
        )
    elif _PAGE.search(text):
        message = gettext("%(name)s is a web page, whatever its name says. It was not kept.")
    else:
        message = gettext("%(name)s is not a PNG, JPEG, GIF or WebP picture, nor a PDF.")
    return message % {"name": name}
