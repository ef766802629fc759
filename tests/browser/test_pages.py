"""Every page, on a phone: nothing juts out, the language is said, everybody can use it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.visitors import PHONE, Visitors

pytestmark = pytest.mark.browser

LANGUAGES = {"en": "en-GB", "zh-hans": "zh-CN"}
ADDRESSES = {
    "": [
        "/{locale}/",
        "/{locale}/topics/account/",
        "/{locale}/articles/",
        "/{locale}/articles/activate-esim/",
        "/{locale}/search/?q=eSIM",
        "/{locale}/search/?q=qxzvbk",
        "/{locale}/requests/",
        "/{locale}/requests/ask/",
        "/{locale}/nowhere/",
        "/kiosk/{locale}/",
        "/kiosk/{locale}/search/?q=eSIM",
        "/kiosk/{locale}/search/?q=qxzvbk",
        "/kiosk/{locale}/topics/account/",
        "/kiosk/{locale}/articles/{article}/",
        "/sign-in/",
    ],
    "agnes": ["/agent/", "/agent/?q=eSIM", "/agent/articles/{article}/?locale={locale}"],
    "paula": [
        "/admin/",
        "/admin/articles/article/my-work/",
        "/admin/articles/article/",
        "/admin/articles/article/?q=eSIM&state=published",
        "/admin/articles/article/views/",
        "/admin/articles/article/1/change/",
        "/admin/articles/article/add/",
        "/admin/articles/article/translations/",
        "/admin/articles/article/freshness/",
        "/admin/articles/article/1/compare/",
        "/admin/articles/article/1/text/en/history/",
        "/admin/articles/article/1/text/en/review/",
        "/admin/articles/article/1/text/zh-hans/translation/",
        "/admin/articles/snippet/",
        "/admin/articles/snippet/2/change/",
        "/admin/articles/snippet/2/review/",
        "/admin/articles/snippet/2/compare/",
        "/admin/articles/topic/",
        "/admin/articles/topic/1/change/",
        "/admin/articles/attachment/",
        "/admin/articles/attachment/1/change/",
        "/admin/articles/attachment/add/",
        "/admin/channels/release/",
        "/admin/channels/release/add/",
        "/admin/channels/release/publish/",
        "/admin/channels/release/preview/1/",
        "/admin/channels/release/retire/1/",
        "/admin/channels/edition/",
        "/admin/channels/edition/compare-live/1/",
        "/admin/channels/edition/1/change/",
        "/admin/channels/updaterequest/",
        "/admin/channels/updaterequest/1/change/",
    ],
    "admin": [
        "/admin/",
        "/admin/articles/auditrecord/",
        "/admin/articles/auditrecord/2/change/",
        "/admin/articles/reviewrule/",
        "/admin/channels/call/",
        "/admin/channels/apikey/",
        "/admin/channels/apikey/add/",
        "/admin/channels/apikey/1/change/",
    ],
}
# Of rows and points that differ in their words alone, the first two are looked at: two, because
# every other row of a table has a colour of its own. What is loaded for another page's style would
# be looked for beneath this page's address.
GRAVE = """async () => {
    const words = />[^<]+| (href|id|for|name|value|title|datetime)="[^"]*"/g;
    const seen = {};
    const more = [...document.querySelectorAll("tr, li")].filter((row) => {
        const kind = row.outerHTML.replace(words, "");
        seen[kind] = (seen[kind] || 0) + 1;
        return seen[kind] > 2;
    });
    const options = {resultTypes: ["violations"], preload: false};
    const {violations} = await axe.run({include: document, exclude: more}, options);
    return violations
        .filter(({impact}) => ["serious", "critical"].includes(impact))
        .map(({id, nodes}) => `${id}: ${nodes.map(({target}) => target).join(", ")}`);
}"""
# All a customer's page may run: suggestions while a question is typed, and what brings a kiosk back
# to its start page.
HELPS = re.compile(r'src="/static/channels/(suggest|kiosk)\.js"')
SHOWN = """() => {
    const {lang, scrollWidth} = document.documentElement;
    const scripts = [...document.scripts].filter(({type}) => type !== "application/ld+json");
    return [lang, scrollWidth, scripts.map(({outerHTML}) => outerHTML)];
}"""


def addresses(visitors: Visitors, person: str, locale: str) -> list[str]:
    """The addresses to look at; an article with a picture, a table and a part for agents among
    them."""
    answer = visitors.program().get("/api/v1/articles/?locale=en&topic=account")
    (article,) = (a["id"] for a in answer.json()["results"] if a["slug"] == "activate-esim")
    return [address.format(locale=locale, article=article) for address in ADDRESSES[person]]


def faults(page: Page, person: str, locale: str) -> Iterator[str]:
    language, width, scripts = page.evaluate(SHOWN)
    if not person and not all(map(HELPS.search, scripts)):
        yield f"customers need no {scripts}"
    if language.lower() != locale:
        yield f"lang is {language}"
    if width > PHONE["width"]:
        yield f"{width} pixels wide"
    if locale == "en":  # Elsewhere the pages are the same; their words break no further rule.
        page.evaluate(AXE_SCRIPT)
        yield from page.evaluate(GRAVE)


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("person", ADDRESSES, ids=lambda name: name or "anybody")
def test_every_page_can_be_used_by_everybody(visitors: Visitors, person: str, locale: str) -> None:
    page = visitors.page(person, language=LANGUAGES[locale], viewport=PHONE)
    found = []
    for address in addresses(visitors, person, locale):
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok or address.endswith("/nowhere/"), address
        found += [f"{address}: {fault}" for fault in faults(page, person, locale)]
    assert found == []
