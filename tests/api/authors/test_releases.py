"""Releases through the API: collected, checked, scheduled, published, gone back on."""

from __future__ import annotations

import pytest

from channels.models import Edition, Release
from tests.api.asserting import assert_problem
from tests.api.authors.program import Program
from tests.building import published, snippet, write, write_approved

pytestmark = pytest.mark.django_db


def planned(writer: Program) -> str:
    """Make a release of an approved text, a value and a retirement; return its path."""
    text = write_approved("Roaming")
    snippet("name", "text", "Tidewave")
    old = published("Old")
    items = [
        {"article": text.text.article.public_id, "locale": "en", "revision": 1},
        {"snippet": "name", "revision": 1},
        {"retire": old.public_id},
    ]
    made = writer.post("releases/", {"name": "May", "items": items})
    assert made.status_code == 201, made.content
    assert made.json()["items"] == 3
    return str(made["Location"])


def test_a_release_is_collected_checked_and_published(writer: Program, teller: Program) -> None:
    path = planned(writer)
    checked = writer.post(f"{path}check/").json()
    assert (checked["problems"], checked["of_now"], checked["running"]) == ([], True, False)
    assert writer.get(f"{path}check/").json() == checked
    changed = writer.get(f"{path}changes/").json()["results"]
    assert {(item["title"], item["change"]) for item in changed} == {
        ("Roaming", "added"),
        ("Old", "removed"),
    }
    spoken = writer.get(f"{path}changes/?channel=phone&audience=public&locale=en").json()
    assert {item["title"] for item in spoken["results"]} == {"Roaming", "Old"}
    assert writer.get(f"{path}changes/?locale=zh-hant").json()["results"] == []
    assert_problem(writer.get(f"{path}changes/?channel=fax"), 400)
    release = writer.get(path)
    version = release.json()["version"]
    assert release["ETag"] == f'"{version}"'
    assert_problem(writer.post(f"{path}publish/", based=version), 403, "not-allowed")
    made = teller.post(f"{path}publish/", based=version, key="one")
    assert (made.status_code, made.json()["edition"]) == (200, 2)
    assert teller.post(f"{path}publish/", based=version, key="one").content == made.content
    assert_problem(teller.post(f"{path}publish/", based=version), 409, "wrong-state")
    told = writer.get(path).json()
    assert (told["state"], told["edition"]) == ("published", 2)
    back = teller.post("editions/1/go-back/")
    assert back.json()["edition"] == 3
    assert Edition.objects.count() == 3


def test_every_change_names_the_plan_that_was_read(writer: Program, teller: Program) -> None:
    path = planned(writer)
    version = writer.get(path).json()["version"]
    first = writer.get(f"{path}items/").json()["results"][0]["id"]
    again = write_approved("More")
    body = {"items": [{"article": again.text.article.public_id, "locale": "en", "revision": 1}]}
    assert_problem(writer.post(f"{path}items/", body), 428, "precondition-required")
    added = writer.post(f"{path}items/", body, based=version)
    assert added.json()["items"] == 4
    late = writer.send("DELETE", f"{path}items/{first}/", based=version)
    assert assert_problem(late, 412, "stale")["current"] == version + 1
    taken = writer.send("DELETE", f"{path}items/{first}/", based=version + 1)
    assert taken.json()["items"] == 3
    renamed = writer.patch(path, {"name": "June"}, based=version + 2)
    assert renamed.json()["name"] == "June"
    cancelled = teller.post(f"{path}cancel/", based=version + 3)
    assert cancelled.json()["state"] == "cancelled"
    assert_problem(writer.patch(path, {"name": "July"}, based=version + 4), 409, "wrong-state")


def test_a_time_that_a_clock_shows_twice_is_asked_about(writer: Program, teller: Program) -> None:
    path = planned(writer)
    version = writer.get(path).json()["version"]
    when = {"local": "2031-10-26T02:30", "zone": "Europe/Berlin"}
    asked = assert_problem(teller.post(f"{path}schedule/", when, based=version), 400, "invalid")
    assert [choice["offset"] for choice in asked["choices"]] == ["UTC+02:00", "UTC+01:00"]
    done = teller.post(f"{path}schedule/", {**when, "fold": 1}, based=version)
    assert (done.json()["state"], done.json()["due_at"]) == ("scheduled", "2031-10-26T01:30:00Z")
    off = teller.post(f"{path}unschedule/", based=version + 1)
    assert (off.json()["state"], off.json()["due_at"]) == ("open", None)
    for wrong in ({"zone": "Berlin"}, {"local": "tomorrow"}, {"local": "2001-01-01T00:00"}):
        response = teller.post(f"{path}schedule/", {**when, **wrong}, based=version + 2)
        assert_problem(response, 400, "invalid")


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"article": "none-such", "locale": "en", "revision": 1},
        {"article": "none-such"},
        {"snippet": "none", "revision": 1},
        {"retire": "none-such"},
        {"retire": "none-such", "revision": 1},
        {"retire": 5},
        {"snippet": "none", "revision": 10**30},
        "text",
    ],
)
def test_items_that_are_none_are_refused(writer: Program, item: object) -> None:
    response = writer.post("releases/", {"name": "May", "items": [item]})
    assert_problem(response, 400, "invalid")
    assert not Release.objects.exists()


def test_what_is_not_approved_is_not_collected(writer: Program) -> None:
    draft = write("Draft").text.article.public_id
    item = {"article": draft, "locale": "en", "revision": 1}
    response = writer.post("releases/", {"name": "May", "items": [item]})
    assert_problem(response, 412, "stale")
    assert not Release.objects.exists()


def test_releases_that_there_are_not(writer: Program) -> None:
    for number in ("0", "9", "x", "9" * 40):
        assert_problem(writer.get(f"releases/{number}/"), 404)
    assert writer.get("releases/?state=open").json()["results"] == []
