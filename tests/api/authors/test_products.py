"""Products of an article, as programs of authors say them."""

from __future__ import annotations

import pytest

from tests.api.asserting import assert_problem
from tests.api.authors.program import Program

pytestmark = pytest.mark.django_db
NEW = {"kind": "support", "audience": "public", "id": "lost-phone"}


def test_they_are_said_kept_and_said_anew(writer: Program) -> None:
    made = writer.post("drafts/", {**NEW, "products": ["Tide 5", "tide 5", " OL-KT310 "]})
    assert made.json()["products"] == ["Tide 5", "OL-KT310"]
    other = writer.patch("drafts/lost-phone/", {"kind": "sales"}, based=1)
    assert other.json()["products"] == ["Tide 5", "OL-KT310"]
    changed = writer.patch("drafts/lost-phone/", {"products": []}, based=2)
    assert changed.json()["products"] == []


@pytest.mark.parametrize(
    "products", ["Tide 5", [5], [None], ["x" * 61], ["x"] * 21, {"a": "b"}, [["Tide 5"]]]
)
def test_what_are_no_names_is_refused(writer: Program, products: object) -> None:
    assert_problem(writer.post("drafts/", {**NEW, "products": products}), 400, "invalid")
