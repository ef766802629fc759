"""What may be uploaded, by its content: pictures and PDFs within limits, told why not in words."""

from __future__ import annotations

import io
import random
import time
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from articles.exceptions import InvalidInput
from articles.uploads import pdf as pdf_module
from articles.uploads import pdf_reader
from articles.uploads.inspected import Inspected
from articles.uploads.inspection import inspect
from tests.uploading import chunk_of_png, gif_of, large_png, pdf, photo, picture

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * 1_000_000)
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (large_png(30_000, 1_000), r"30000 × 1000 pixels. The longer side may have 16000"),
        (large_png(30_000, 30_000), r"more than 40 megapixels"),
        (large_png(7_000, 7_000), r"7000 × 7000 pixels. 40 megapixels are the most"),
        (gif_of(501), r"more than 500 frames"),
        (gif_of(300, 2_000, 1_000), r"together have more than 400 megapixels"),
        (picture() + b"\0" * 10 * 1024 * 1024, r"larger than 10 MB"),
        (b"%PDF-1.7\n" + b"\0" * 20 * 1024 * 1024, r"larger than 20 MB"),
        (b"", r"is empty"),
        (b"MZ\x90\0 This program cannot be run in DOS mode", r"is a program"),
        (b"\x7fELF\x02\x01\x01", r"is a program"),
        (b"#!/bin/sh\nrm -r /", r"is a program"),
        (zipped(), r"is an archive or an Office document"),
        (zlib.compress(b"\0" * 1_000_000), r"is not a PNG, JPEG, GIF or WebP picture, nor a PDF"),
        (b"<!DOCTYPE html><p>Hello", r"is a web page"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", r"HEIC or AVIF photo. Save it as JPEG"),
        (SVG % b"<script>alert(1)</script>", r"is an SVG drawing.*Save it as PNG"),
        (SVG % b"<foreignObject><body/></foreignObject>", r"is an SVG drawing"),
        (SVG % b'<image href="https://elsewhere.example/x.png"/>', r"is an SVG drawing"),
        ((b'<?xml version="1.0"?>' + SVG % b"").decode().encode("utf-16"), r"is an SVG drawing"),
        (b"\x89PNG\r\n\x1a\n" + b"MZ" * 50, r"cut short or broken"),
    ],
)
def test_what_is_no_picture_and_no_pdf_or_too_large_is_refused_in_words(
    content: bytes, why: str
) -> None:
    started = time.perf_counter()
    with pytest.raises(InvalidInput, match=why):
        inspect(content, "holiday.png")
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_that_is_cut_short_is_refused(format: str) -> None:
    whole = picture(format)
    for kept in (len(whole) - 1, len(whole) // 2, 30):
        with pytest.raises(InvalidInput, match="holiday"):
            inspect(whole[:kept], "holiday")


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_hidden_behind_a_picture_is_cut_off(format: str) -> None:
    whole = picture(format)
    assert inspect(whole + zipped(), "a").content == whole
    assert inspect(whole + b"<script>alert(1)</script>", "a").content == whole


@pytest.mark.parametrize("format", FORMATS)
def test_the_pixels_stay_as_they_are(format: str) -> None:
    several = {"save_all": True, "append_images": [Image.new("RGB", (40, 30), "red")] * 3}
    for how in ({}, several if format != "JPEG" else {"progressive": True}):
        whole = picture(format, **how)
        kept = inspect(whole, "a").content
        with Image.open(io.BytesIO(whole)) as before, Image.open(io.BytesIO(kept)) as after:
            assert getattr(after, "n_frames", 1) == getattr(before, "n_frames", 1)
            for frame in range(getattr(before, "n_frames", 1)):
                before.seek(frame)
                after.seek(frame)
                assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()
            assert after.info.get("loop") == before.info.get("loop")


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_photo_tells_no_place_and_still_stands_upright(format: str, orientation: int) -> None:
    taken = photo(orientation, format)
    assert b"SECRET" in taken

    kept = inspect(taken, "IMG_1.jpg")

    assert b"SECRET" not in kept.content
    with Image.open(io.BytesIO(taken)) as before, Image.open(io.BytesIO(kept.content)) as after:
        shown = ImageOps.exif_transpose(after)
        assert shown.tobytes() == ImageOps.exif_transpose(before).tobytes()
        assert (kept.width, kept.height) == shown.size
        assert set(after.getexif()) <= {0x0112}


def test_texts_and_thumbnails_of_programs_are_left_out() -> None:
    whole = picture()
    said = chunk_of_png(b"tEXt", b"Author\0SECRET") + chunk_of_png(b"prVt", b"SECRET")
    assert inspect(whole[:33] + said + whole[33:], "a").content == whole
    commented = picture("GIF", comment=b"SECRET")
    assert b"SECRET" in commented
    assert b"SECRET" not in inspect(commented, "a").content


@given(
    whole=st.sampled_from(
        [photo(6), photo(3, "PNG"), photo(8, "WEBP"), picture("GIF"), gif_of(3), pdf()[:-9]]
    ),
    changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8),
    tail=st.binary(max_size=20),
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_kept_is_kept_the_same_again(
    whole: bytes, changes: list[tuple[int, int]], tail: bytes
) -> None:
    """Or an exported file would get another name when it is imported."""
    broken = bytearray(whole)
    for place, byte in changes:
        broken[place % len(broken)] = byte
    if bytes(broken[:5]) == b"%PDF-":
        return  # kept as it is, or not at all
    try:
        kept = inspect(bytes(broken) + tail, "a")
    except InvalidInput:
        return
    assert inspect(kept.content, "a") == kept


def test_a_long_run_of_fill_bytes_takes_no_time() -> None:
    whole = picture("JPEG")
    started = time.perf_counter()
    with pytest.raises(InvalidInput, match="cut short or broken"):
        inspect(whole[:-2] + b"\xff" * 3_000_000 + b"\0", "a")
    assert time.perf_counter() - started < 2


# PDFs


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read PDFs in this process, which is faster; how they are read apart is tested alone."""
    monkeypatch.setattr(pdf_module, "_read", pdf_reader.answer)


def test_a_pdf_is_kept_as_it_is_and_its_pages_counted() -> None:
    content = pdf()
    assert inspect(content, "prices.txt") == Inspected(content, "pdf", "application/pdf", pages=1)


JS = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (pdf(JS, catalog=b"/OpenAction 4 0 R"), "holds scripts"),
        (pdf(catalog=b"/AA << /WC " + JS + b" >>"), "holds scripts"),
        (pdf(JS), "holds scripts"),
        (pdf(b"<< /S 5 0 R /F (x) >>", b"/Launch"), "starts programs or sends forms"),
        (pdf(catalog=b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "starts programs"),
        (pdf(b"<< /Type /Filespec /EF << /F 5 0 R >> >>"), "has other files inside"),
        (pdf(catalog=b"/Names << /EmbeddedFiles << /Names [] >> >>"), "has other files inside"),
        (pdf(b"<< /Type /Annot /Subtype /RichMedia >>"), "holds sound or film"),
        (pdf()[:60], "no whole PDF"),
        (b"%PDF-1.7\nMZ not one at all", "no whole PDF"),
        (b"%PDF-1.7\n" + zipped(), "no whole PDF"),
        (pdf().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [] /Count 0"), "no whole PDF"),
        (pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "no whole PDF"),
    ],
)
def test_a_pdf_that_is_more_than_read_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        inspect(content, "prices.pdf")


@pytest.mark.usefixtures("here")
def test_a_locked_pdf_is_refused() -> None:
    locked = pdf(
        b"<< /Filter /Standard /V 1 /R 2 /P -44 /O (%s) /U (%s) >>" % (b"o" * 32, b"u" * 32),
        trailer=b"/Encrypt 4 0 R /ID [(aaaaaaaaaaaaaaaa) (aaaaaaaaaaaaaaaa)]",
    )
    with pytest.raises(InvalidInput, match="locked by a password"):
        inspect(locked, "prices.pdf")


@pytest.mark.usefixtures("here")
def test_a_pdf_of_too_many_parts_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MAX_OBJECTS", 100)
    assert inspect(pdf(*[b"<< /A [ << >> ] >>"] * 20), "a").pages == 1
    with pytest.raises(InvalidInput, match="takes too long to read"):
        inspect(pdf(*[b"<< /A [ << >> << >> ] >>"] * 40), "a")


@pytest.mark.parametrize(("limit", "value"), [("_MEMORY", 32), ("_SECONDS", 0.001)])
def test_a_pdf_that_takes_a_reader_too_much_is_given_up(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: float
) -> None:
    monkeypatch.setattr(pdf_module, limit, value)
    with pytest.raises(InvalidInput, match=r"takes too long to read|no whole PDF"):
        inspect(pdf(), "a")


@pytest.mark.usefixtures("here")
def test_a_broken_pdf_is_kept_or_refused_and_nothing_else() -> None:
    chance = random.Random("pdf")
    whole = pdf(b"<< /A [1 2 (x)] >>", catalog=b"/Lang (en)")
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(3):
            broken[chance.randrange(9, len(broken))] = chance.randrange(256)
        try:
            assert inspect(bytes(broken), "a").pages
        except InvalidInput:
            continue


def test_a_refusal_names_a_file_in_reading_order() -> None:
    with pytest.raises(InvalidInput, match=r"^invoice_fdp.exe is a program"):
        inspect(b"MZ", "invoice_\u202efdp.exe\n")
    with pytest.raises(InvalidInput, match=r"^\? is empty"):
        inspect(b"", "\u200b")
