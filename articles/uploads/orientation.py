"""Which way up a photo is: the one thing of its EXIF data that is kept.

A phone writes the pixels as its sensor sees them, and in EXIF how to turn them, beside where and
when it was and whose it is.
"""

from __future__ import annotations

import struct
import warnings

from PIL import ExifTags, Image

_TAG = ExifTags.Base.Orientation
_UPRIGHT = 1
_ON_ITS_SIDE = range(5, 9)  # width and height change places


def orientation_of(exif: bytes) -> int:
    """Return what the EXIF data (a TIFF header and its tags) says: 1 to 8, 1 where it says none."""
    tags = Image.Exif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tags.load(exif)
            said = tags.get(_TAG)
    except Exception:  # Whatever is broken in there is left out with the rest.
        return _UPRIGHT
    return said if isinstance(said, int) and said in range(1, 9) else _UPRIGHT


def exif_saying(orientation: int) -> bytes:
    """Return EXIF data that says this alone; none for a picture that is upright as it lies."""
    if orientation == _UPRIGHT:
        return b""
    # TIFF 6.0, section 2: big-endian, one directory with one entry, a SHORT.
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _TAG, 3, 1, orientation, 0, 0)


def on_its_side(orientation: int) -> bool:
    return orientation in _ON_ITS_SIDE
