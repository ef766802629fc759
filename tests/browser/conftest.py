"""The demo company on the real server, and the system's Chromium to look at it with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.visitors import Hub, Visitors
from tests.demo import DEMO
from tests.server import QUICK, Installation, end, installation, serving
from tests.services import missing

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    path = shutil.which("chromium")
    if path is None:
        missing("chromium")
    return path


@pytest.fixture(scope="session")
def home(chromium: str) -> Iterator[Installation]:
    with installation(QUICK, content=DEMO) as home:
        yield home


@pytest.fixture(scope="session")
def hub(home: Installation) -> Iterator[Hub]:
    sessions = json.loads(home.job("tests.browser.content"))
    sign_ins = (home.home / "demo-sign-ins.txt").read_text()
    with serving(home, workers=1) as address:
        yield Hub(address, partner_key=sign_ins.split()[-1], sessions=sessions)


@pytest.fixture
def worker(home: Installation, hub: Hub) -> Iterator[None]:
    """Who publishes what is due, as on any installation."""
    process = home.start("manage.py", "work")
    yield
    end(process)


@pytest.fixture(scope="package")
def everybody(chromium: str, hub: Hub) -> Iterator[Visitors]:
    """Not for the whole session: while Playwright's loop runs, Django refuses the database to
    every other test of this process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        yield Visitors(playwright, browser, hub)
        browser.close()


@pytest.fixture
def visitors(everybody: Visitors) -> Iterator[Visitors]:
    """People with browsers. Whatever they do, no page may make the browser complain."""
    yield everybody
    assert everybody.leave() == []
