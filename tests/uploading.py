"""Files as people upload them, good and bad, made here byte by byte."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

BASE = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
)


def picture(format: str = "PNG", size: tuple[int, int] = (40, 30), **how: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (9, 99, 200)).save(out, format, **how)
    return out.getvalue()


def pdf(*objects: bytes, catalog: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF of one page; `objects` follow the three it is made of, from number 4."""
    first = BASE[0].replace(b">>", catalog + b" >>")
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate((first, *BASE[1:], *objects), start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(places) + 1, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % len(out)
    )


def chunk_of_png(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def large_png(width: int, height: int) -> bytes:
    """A picture that is large in pixels and small in bytes."""
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk_of_png(b"IHDR", size) + chunk_of_png(b"IDAT", b"") + chunk_of_png(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def gif_of(frames: int, width: int = 1, height: int = 1) -> bytes:
    """An animation of so many frames, each of one small block."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\x00"
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + frame * frames + b";"


def photo(orientation: int, format: str = "JPEG") -> bytes:
    """A picture 40 wide and 30 high as it lies, with a place, a camera and a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "SECRET-N"
    how = {"exif": exif.tobytes()}
    if format == "JPEG":
        how |= {"comment": b"SECRET-COMMENT"}
    return picture(format, **how)
