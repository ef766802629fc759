"""Snippets, topics and attachments through the API."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from articles.models import Attachment, AuditRecord, Snippet, Topic
from channels.models import Entry
from tests.api.asserting import assert_problem
from tests.api.authors.program import Program
from tests.building import published, snippet, write
from tests.uploading import pdf

pytestmark = pytest.mark.django_db
PRICE = {"amount": "20.00", "currency": "GBP"}


def picture(colour: str = "red") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 3), colour).save(stream, "PNG")
    return stream.getvalue()


def upload(program: Program, content: bytes, name: str = "red.png", **headers: str) -> HttpResponse:
    file = SimpleUploadedFile(name, content)
    return program.client.post("/api/v1/attachments/", {"file": file}, headers=headers)


def test_a_price_changes_in_every_article_that_states_it(
    writer: Program, approver: Program, teller: Program
) -> None:
    path = "snippets/price.plan-s/"
    made = writer.put(path, {"kind": "money", "value": PRICE}, based=0)
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    assert approver.post(f"{path}approve/", based=1).json()["approved"] == 1
    published("Plans", "It costs {{ price.plan-s }}.")
    dearer = {**PRICE, "amount": "25.00"}
    assert writer.put(path, {"value": dearer}, based=1)["ETag"] == '"2"'
    assert writer.get(path).json()["value"] == dearer
    approver.post(f"{path}approve/", based=2)
    assert teller.post(f"{path}publish/", based=2).json()["edition"] == 2
    assert b"25" in writer.client.get("/en/articles/plans/").content
    values = writer.get(f"{path}revisions/").json()["results"]
    assert [item["value"]["amount"] for item in values] == ["25.00", "20.00"]
    assert Entry.objects.live().count() == 1


def test_who_comes_second_with_a_value_sees_the_first(writer: Program) -> None:
    path = "snippets/price.plan-s/"
    writer.put(path, {"kind": "money", "value": PRICE}, based=0)
    writer.put(path, {"value": {**PRICE, "amount": "25.00"}}, based=1)
    refused = writer.put(path, {"value": {**PRICE, "amount": "30.00"}}, based=1)
    problem = assert_problem(refused, 412, "stale")
    assert problem["current"] == 2
    (difference,) = problem["differences"]
    assert [difference[name]["amount"] for name in ("base", "theirs", "yours")] == [
        "20.00",
        "25.00",
        "30.00",
    ]
    assert difference["conflict"]


@pytest.mark.parametrize(
    ("key", "body", "field"),
    [
        ("price", {"value": "x"}, "kind"),
        ("price", {"kind": "song", "value": "x"}, "kind"),
        ("price", {"kind": "money", "value": 20}, "value"),
        ("price", {"kind": "money", "value": None}, "value"),
        ("price", {"kind": "phone", "value": "0800"}, "value"),
        ("Price!", {"kind": "text", "value": "x"}, "key"),
        ("p" * 200, {"kind": "text", "value": "x"}, "key"),
    ],
)
def test_wrong_values_are_named(writer: Program, key: str, body: object, field: str) -> None:
    problem = assert_problem(writer.put(f"snippets/{key}/", body, based=0), 400, "invalid")
    assert problem["errors"][0]["field"] == field
    assert not Snippet.objects.exists()


def test_snippets_are_listed_by_key_and_kind(writer: Program) -> None:
    snippet("b", "text", "B")
    snippet("a", "text", "A")
    snippet("price", "money", PRICE)
    keys = [item["key"] for item in writer.get("snippets/?limit=2").json()["results"]]
    assert keys == ["a", "b"]
    money = writer.get("snippets/?kind=money").json()["results"]
    assert [item["key"] for item in money] == ["price"]
    assert_problem(writer.get("snippets/none/"), 404)


def test_a_picture_is_uploaded_once_and_named_by_what_it_holds(writer: Program) -> None:
    first = upload(writer, picture())
    told = first.json()
    assert first.status_code == 201
    assert (told["width"], told["height"], told["media_type"]) == (4, 3, "image/png")
    assert told["original_name"] == "red.png"
    assert upload(writer, picture(), "again.png").json()["name"] == told["name"]
    shown = writer.client.get(told["url"])
    assert b"".join(shown.streaming_content) == picture()
    listed = writer.get("attachments/").json()["results"]
    assert [item["name"] for item in listed] == [told["name"]]
    assert writer.get(first["Location"]).json() == told


def test_a_pdf_is_uploaded_once_however_often_it_is_sent(writer: Program) -> None:
    first = upload(writer, pdf(), "Prices.pdf", **{"Idempotency-Key": "prices"})
    again = upload(writer, pdf(), "Prices.pdf", **{"Idempotency-Key": "prices"})
    assert (first.status_code, again.json()) == (201, first.json())
    told = first.json()
    assert (told["media_type"], told["pages"], told["width"]) == ("application/pdf", 1, None)
    assert told["name"].endswith(".pdf")
    other = upload(writer, picture(), "Prices.pdf", **{"Idempotency-Key": "prices"})
    assert_problem(other, 422)
    stored = AuditRecord.objects.filter(action="store-attachment")
    assert [row.subject for row in stored] == [f"attachment {told['name']}"]


def test_what_is_no_picture_is_refused(writer: Program) -> None:
    for content in (b"", b"MZ\x90\x00", b"PK\x03\x04", b"<html>", picture()[:40]):
        problem = assert_problem(upload(writer, content), 400, "invalid")
        assert problem["detail"]
    path = "/api/v1/attachments/"
    two = {"file": [SimpleUploadedFile(name, picture()) for name in "ab"]}
    for form in ({}, {"file": "text"}, {"other": SimpleUploadedFile("a", picture())}, two):
        assert_problem(writer.client.post(path, form), 400, "invalid")
    assert_problem(writer.post(path, {"file": "x"}), 415)
    assert_problem(upload(writer, b"x" * 21_100_000), 413, "body-too-large")
    broken = writer.client.generic("POST", path, b"x", "multipart/form-data")
    assert_problem(broken, 400)
    assert not Attachment.objects.exists()


def test_topics_are_made_named_and_moved(writer: Program) -> None:
    made = writer.put("taxonomy/travel/", {"names": {"en": "Travel"}}, based=0)
    assert made.status_code == 201
    below = writer.put(
        "taxonomy/roaming/", {"names": {"en": "Roaming"}, "parent": "travel"}, based=0
    )
    assert below.json()["parent"] == "travel"
    tree = [item["slug"] for item in writer.get("taxonomy/").json()["results"]]
    assert tree == ["travel", "roaming"]
    seen = writer.get("taxonomy/travel/")["ETag"].strip('"')
    renamed = writer.put("taxonomy/travel/", {"names": {"en": "Abroad"}}, based=seen)
    assert renamed.json()["names"] == {"en": "Abroad"}
    late = writer.put("taxonomy/travel/", {"names": {"en": "Away"}}, based=seen)
    assert assert_problem(late, 412, "stale")["theirs"]["names"] == {"en": "Abroad"}
    assert_problem(writer.put("taxonomy/travel/", {"names": {"en": "Away"}}), 428)


def test_topics_in_a_circle_are_refused(writer: Program) -> None:
    names = {"names": {"en": "Topic"}}
    writer.put("taxonomy/a/", names, based=0)
    below = writer.put("taxonomy/b/", {**names, "parent": "a"}, based=0)
    assert below.status_code == 201
    seen = writer.get("taxonomy/a/")["ETag"].strip('"')
    for parent in ("a", "b"):
        circle = writer.put("taxonomy/a/", {**names, "parent": parent}, based=seen)
        assert assert_problem(circle, 400, "invalid")["field"] == "parent"
    for wrong in ({"names": {}}, {"names": {"fr": "x"}}, {"names": {"en": " "}}, {"names": []}):
        assert_problem(writer.put("taxonomy/c/", wrong, based=0), 400, "invalid")
    assert_problem(writer.put("taxonomy/-%20/", names, based=0), 400, "invalid")
    assert Topic.objects.count() == 2


def test_a_value_goes_through_review(writer: Program, approver: Program) -> None:
    path = "snippets/price.plan-s/"
    assert writer.put(path, {"kind": "money", "value": PRICE}, based=0).json()["state"] == "draft"
    assert writer.post(f"{path}submit/", based=1).json()["state"] == "in_review"
    waiting = writer.get("snippets/?state=in_review").json()["results"]
    assert [item["key"] for item in waiting] == ["price.plan-s"]
    assert_problem(writer.post(f"{path}send-back/", {"reason": "No."}, based=1), 403)
    assert_problem(approver.post(f"{path}send-back/", {"reason": " "}, based=1), 400, "invalid")
    back = approver.post(f"{path}send-back/", {"reason": "Not agreed."}, based=1)
    assert back.json()["state"] == "rejected"
    assert_problem(approver.post(f"{path}approve/", based=1), 409, "wrong-state")
    writer.post(f"{path}submit/", based=1)
    writer.post(f"{path}withdraw/", based=1)
    writer.post(f"{path}submit/", based=1)
    assert_problem(approver.post(f"{path}approve/", based=7), 412, "stale")
    assert approver.post(f"{path}approve/", based=1).json()["state"] == "approved"
    steps = writer.get(f"{path}review/").json()["results"]
    assert [step["action"] for step in steps] == [
        "submit",
        "reject",
        "submit",
        "withdraw",
        "submit",
        "approve",
    ]
    assert steps[1]["reason"] == "Not agreed."


def test_who_uses_a_snippet_and_what_its_value_changes_is_told(writer: Program) -> None:
    snippet("price", "money", PRICE)
    snippet("offer", "text", "Only {{ price }}.")
    live = published("Plans", "It costs {{ price }}.")
    published("Offers", "{{ offer }}")
    write("Plans", "Nothing.", article=live)
    write("Draft", "It may cost {{ price }}.")
    writer.put("snippets/price/", {"value": {**PRICE, "amount": "25.00"}}, based=1)

    uses = writer.get("snippets/price/uses/").json()["results"]
    assert {(use["title"], use["live_since"]) for use in uses} == {
        ("Plans", 1),
        ("Offers", 2),
        ("Draft", None),
    }
    first = writer.get("snippets/price/effect/?limit=1").json()
    rest = writer.get(first["next"]).json()
    effect = [*first["results"], *rest["results"]]
    assert {item["title"] for item in effect} == {"Plans", "Offers"}
    for item in effect:
        assert item["problems"] == []
        (change,) = item["changes"]
        assert {"website", "phone"} <= set(change["channels"])


def test_a_circle_and_an_unknown_region_are_refused_by_name(writer: Program) -> None:
    writer.put("snippets/a/", {"kind": "text", "value": "{{ b }}"}, based=0)
    circle = writer.put("snippets/b/", {"kind": "text", "value": "{{ a }}"}, based=0)
    assert "b → a → b" in assert_problem(circle, 400, "invalid")["detail"]
    region = {"kind": "text", "value": {"regions": {"mars": "x"}}}
    refused = writer.put("snippets/c/", region, based=0)
    assert "mars" in assert_problem(refused, 400, "invalid")["detail"]
