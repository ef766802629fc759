"""Takes the pictures of the desk that docs/desk.md shows, of the demo with a morning's work in it.

    make pictures

They show the desk as it is now, in English, and are small enough to be kept with the source.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

from django.conf import settings
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import picture_work
from tests.browser.conftest import OPTIONS
from tests.browser.visitors import Hub, Visitors
from tests.demo import DEMO
from tests.server import QUICK, installation, serving

FOLDER = Path(settings.BASE_DIR, "docs", "pictures")
WIDTH = 1280
COLOURS = 128
# Who looks, and how much of the page's height is shown.
SHOTS = {
    "front": ("paula", 900),
    "list": ("anna", 900),
    "article": ("anna", 1000),
    "compare": ("ravi", 800),
    "review": ("ravi", 1000),
    "release": ("paula", 1000),
    "snippet": ("ravi", 900),
    "translations": ("anna", 430),
    "audit": ("admin", 800),
}


def main(arguments: list[str]) -> None:
    """Take all pictures; or, as a job in an installation, do the work that they show."""
    if arguments:
        addresses = picture_work.prepare()
        print(json.dumps([addresses, picture_work.sessions()]))
        return
    path = shutil.which("chromium")
    if path is None:
        sys.exit("Pictures need Chromium.")
    with installation(QUICK, content=DEMO) as home:
        addresses, sessions = json.loads(home.job("tests.browser.pictures", "work"))
        with serving(home, workers=1) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
            visitors = Visitors(playwright, browser, Hub(address, "", sessions))
            for name, (person, height) in SHOTS.items():
                page = visitors.page(person, viewport={"width": WIDTH, "height": height})
                page.goto(addresses[name])
                arrange(page, name)
                keep(page.screenshot(), FOLDER / f"desk-{name}.png")
                visitors.leave()
            browser.close()


def arrange(page: Page, name: str) -> None:
    """Bring into sight what a picture is about."""
    if name == "article":
        section = page.locator("#text-en")
        expect(section.frame_locator("iframe").locator("h1")).to_be_visible()
        section.evaluate("section => section.scrollIntoView()")
    if name in ("release", "snippet"):
        page.locator(".desk-below summary").first.click()
    if name == "release":
        page.locator("#check").evaluate("section => section.scrollIntoView()")
    page.evaluate("document.activeElement.blur()")


def keep(screenshot: bytes, file: Path) -> None:
    """Write a picture with few colours: the desk has no more, and a small file is soon loaded."""
    with Image.open(io.BytesIO(screenshot)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(file, optimize=True)
    print(f"{file.name}: {file.stat().st_size // 1024} KB")
