"""Values by region: a region is written in the text, and no other region's value stands in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.document.blocks import Fact, Link, Paragraph, SnippetRef, Text
from articles.document.errors import MissingValue
from articles.document.facts import present, validate_value
from articles.document.parse import parse
from articles.document.regional import parts_of, regions_of, with_parts

PRICE = {
    "everywhere": {"amount": "10", "currency": "GBP"},
    "regions": {
        "hk": {"amount": "98", "currency": "HKD"},
        "tw": {"en": {"amount": "380", "currency": "TWD"}},
    },
}


def said(kind: str, value: Any, locale: str = "en", region: str = "") -> str:
    validate_value(kind, value)
    found = present("key", kind, value, locale, region)
    assert isinstance(found, Fact)
    return found.text


def test_a_text_names_the_region_after_the_key() -> None:
    written = parse("It costs {{ price.plan-s@tw }} or {{ price.plan-s }}.", locale="en").body
    line = (
        Text("It costs "),
        SnippetRef("price.plan-s", "tw"),
        Text(" or "),
        SnippetRef("price.plan-s"),
        Text("."),
    )
    assert written.blocks == (Paragraph(line),)


@pytest.mark.parametrize(
    "written", ["{{ price@ }}", "{{ @tw }}", "{{ price@TW }}", "{{ price @tw }}", "{{ a@tw@hk }}"]
)
def test_what_names_no_region_stays_as_it_is_written(written: str) -> None:
    assert parse(written, locale="en").body.blocks == (Paragraph((Text(written),)),)


@given(
    key=st.from_regex(r"[a-z][a-z0-9]{0,8}([._-][a-z0-9]{1,8}){0,3}", fullmatch=True),
    region=st.just("") | st.from_regex(r"[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True),
)
def test_what_a_snippet_is_named_by_is_read_back(key: str, region: str) -> None:
    named = SnippetRef(key, region)
    source = f"{{{{ {named.name} }}}}"
    assert parse(source, locale="en").body.blocks == (Paragraph((named,)),)


def test_each_region_has_its_value_and_a_text_without_one_the_value_for_everywhere() -> None:
    assert said("money", PRICE) == "£10"
    assert said("money", PRICE, region="hk") == "HK$98"
    assert said("money", PRICE, "zh-hans", "hk") == "HK$98"
    assert said("money", PRICE, region="tw") == "NT$380"


@pytest.mark.parametrize(
    ("value", "locale", "region", "lacks"),
    [
        (PRICE, "en", "sg", "has no value for the region sg"),
        (PRICE, "zh-hans", "tw", "has no value for the region tw in the locale zh-hans"),
        ({"regions": PRICE["regions"]}, "en", "", "has values for regions only"),
        (PRICE["everywhere"], "en", "tw", "has no value for the region tw"),
    ],
)
def test_no_other_regions_value_stands_in(value: Any, locale: str, region: str, lacks: str) -> None:
    validate_value("money", value)
    with pytest.raises(MissingValue, match=lacks):
        present("price", "money", value, locale, region)


def test_a_fact_says_which_regions_value_it_is() -> None:
    found = present("price", "money", PRICE, "en", "hk")
    assert isinstance(found, Fact)
    assert found.key == "price@hk"


def test_a_link_has_an_address_for_each_region() -> None:
    value = {"regions": {"tw": {"url": "https://tw.example/", "text": {"en": "shop"}}}}
    validate_value("link", value)
    assert present("shop", "link", value, "en", "tw") == Link(
        "https://tw.example/", (Text("shop"),)
    )
    with pytest.raises(MissingValue, match="region tw in the locale zh-hant"):
        present("shop", "link", value, "zh-hant", "tw")


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"regions": {}}, "at least one region"),
        ({"regions": "tw"}, "at least one region"),
        ({"regions": {"T W": "+448081570101"}}, "is no region"),
        ({"regions": {"tw": "0800"}}, "tw: phone: a number"),
        ({"regions": {"tw": {"en": "0800"}}}, "tw: en: phone: a number"),
        ({"regions": {"tw": "+448081570101"}, "en": "+448081570101"}, "parts for regions"),
        ({"regions": {"tw": {"regions": {"hk": "+448081570101"}}}}, "no regions of its own"),
        ({"everywhere": "0800", "regions": {"tw": "+448081570101"}}, "phone: a number"),
    ],
)
def test_a_wrong_value_is_refused_by_its_region(value: object, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        validate_value("phone", value)


def test_a_value_without_regions_keeps_the_form_it_had() -> None:
    plain = {"en": "30 days", "zh-hans": "30 天"}
    assert with_parts(dict(parts_of(plain))) == plain
    assert with_parts(dict(parts_of(PRICE))) == PRICE
    assert (regions_of(plain), regions_of(PRICE)) == ((), ("hk", "tw"))
