"""The demo company on the real server, and the system's Chromium to look at it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitors import Hub, Visitors
from tests.server import installation, serving

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
        reason = "The program chromium is not installed: install the system's package chromium."
        if os.environ.get("KNOWLEDGEHUB_REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def hub(chromium: str) -> Iterator[Hub]:
    with installation() as home:
        home.run("-m", "tests.browser.content")
        sign_ins = (home.home / "demo-sign-ins.txt").read_text()
        with serving(home, workers=1) as address:
            yield Hub(address, partner_key=sign_ins.split()[-1])


@pytest.fixture(scope="session")
def sign_ins() -> dict[str, Any]:
    """The cookies of who has signed in already."""
    return {}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Not for the whole session: while Playwright's loop runs, Django refuses the database to
    every other test of this process."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        yield started
        started.close()


@pytest.fixture
def visitors(browser: Browser, hub: Hub, sign_ins: dict[str, Any]) -> Iterator[Visitors]:
    """People with browsers. Whatever they do, no page may make the browser complain."""
    people = Visitors(browser, hub, sign_ins)
    yield people
    people.leave()
    assert people.complaints == []
