"""A text that names a region says that region's value on every channel, and no other's."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from articles.content_checks import content_problems
from articles.exceptions import ContentProblems
from articles.operations.audit import system_user
from articles.operations.reviewing import submit
from channels.models import Entry, Rendering
from channels.operations.publishing import publish
from tests.building import published, snippet, write

pytestmark = pytest.mark.django_db
PRICE = {
    "everywhere": {"amount": "10", "currency": "GBP"},
    "regions": {
        "hk": {"amount": "98", "currency": "HKD"},
        "tw": {"en": {"amount": "380", "currency": "TWD"}},
    },
}


@pytest.fixture(autouse=True)
def _regions(settings: Settings) -> None:
    settings.REGIONS = {"hk": {"en": "Hong Kong"}, "tw": {"en": "Taiwan"}}


def told(format: str) -> str:
    rendering = Rendering.objects.select_related("blob").get(
        entry__until_edition=None, format=format
    )
    return bytes(rendering.blob.body).decode()


def test_every_format_says_the_value_of_the_region(client: Client) -> None:
    snippet("price", "money", PRICE)
    published("Plans", "{{ price }}, {{ price@hk }} or {{ price@tw }}.")

    for format in ("html", "text", "markdown", "ssml", "document"):
        for amount in ("£10", "HK$98", "NT$380"):
            assert amount in told(format).replace("\\$", "$")
    assert "HK$98" in client.get("/en/articles/plans/").content.decode()


def test_a_changed_value_of_one_region_brings_its_texts_along() -> None:
    snippet("price", "money", PRICE)
    published("Plans", "Only {{ price@hk }}.")
    regions = {**PRICE["regions"], "hk": {"amount": "108", "currency": "HKD"}}

    publish(items=[snippet("price", "money", {**PRICE, "regions": regions})], actor=system_user())

    assert "HK$108" in told("text")
    assert Entry.objects.live().get().from_edition_id == 2


@pytest.mark.parametrize(
    ("body", "locale", "problem"),
    [
        ("{{ price@mars }}", "en", "which is no region here"),
        ("{{ price@tw }}", "zh-hans", "no value for the region tw in the locale zh-hans"),
        ("{{ name@tw }}", "en", "no value for the region tw"),
    ],
)
def test_a_text_that_names_what_there_is_not_is_not_submitted(
    body: str, locale: str, problem: str
) -> None:
    snippet("price", "money", PRICE)
    snippet("name", "text", "Tidewave")
    revision = write("Plans", body, locale=locale)

    with pytest.raises(ContentProblems):
        submit(actor=system_user(), text=revision.text, revision=1)

    (found,) = content_problems(revision, locale=locale)
    assert problem in found.message
