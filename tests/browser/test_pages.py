"""Every page, on a phone: nothing juts out, the language is said, everybody can use it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visitors import DESK, PHONE, Visitors

pytestmark = pytest.mark.browser

LANGUAGES = {"en": "en-GB", "zh-hans": "zh-CN"}
ADDRESSES = {
    "": [
        "/{locale}/",
        "/{locale}/topics/account/",
        "/{locale}/articles/",
        "{article}",
        "/{locale}/search/?q=eSIM",
        "/{locale}/search/?q=qxzvbk",
        "/{locale}/requests/",
        "/{locale}/requests/ask/",
        "/{locale}/nowhere/",
        "/sign-in/",
    ],
    "agnes": ["/agent/", "/agent/?q=eSIM", "{card}"],
    "paula": [
        "/admin/",
        "/admin/articles/article/",
        "/admin/articles/article/1/change/",
        "/admin/articles/article/add/",
        "/admin/articles/snippet/2/change/",
        "/admin/channels/release/publish/",
        "/admin/channels/edition/1/change/",
        "/admin/channels/updaterequest/",
        "/admin/channels/updaterequest/1/change/",
    ],
}
GRAVE = ("serious", "critical")
# What is loaded for another page's style would be looked for beneath this page's address.
AXE_OPTIONS = {"resultTypes": ["violations"], "preload": False}


def addresses(page: Page, person: str, locale: str) -> list[str]:
    """The addresses to look at; an article with a picture, a table and a part for agents among
    them."""
    page.goto(f"/{locale}/topics/account/")
    article = page.get_by_role("link", name="eSIM").last.get_attribute("href") or ""
    answer = page.request.get(f"/api/v1/articles/?locale={locale}&topic=account")
    slug = article.strip("/").split("/")[-1]
    (public_id,) = (a["id"] for a in answer.json()["results"] if a["slug"] == slug)
    card = f"/agent/articles/{public_id}/?locale={locale}"
    return [
        address.format(locale=locale, article=article, card=card) for address in ADDRESSES[person]
    ]


def faults(page: Page, locale: str) -> Iterator[str]:
    language = page.locator("html").get_attribute("lang") or ""
    if language.lower() != locale:
        yield f"lang is {language}"
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > PHONE["width"]:
        yield f"{width} pixels wide"
    if locale != "en":  # The pages are the same; their words break no further rule.
        return
    for violation in Axe().run(page, options=AXE_OPTIONS).response["violations"]:
        if violation["impact"] in GRAVE:
            yield f"{violation['id']}: {[node['target'] for node in violation['nodes']]}"


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("person", ADDRESSES, ids=lambda name: name or "anybody")
def test_every_page_can_be_used_by_everybody(visitors: Visitors, person: str, locale: str) -> None:
    page = visitors.page(person, language=LANGUAGES[locale], viewport=DESK)
    found = []
    for address in addresses(page, person, locale):
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok or address.endswith("/nowhere/"), address
        found += [f"{address}: {fault}" for fault in faults(page, locale)]
    assert found == []
