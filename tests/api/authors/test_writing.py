"""Articles and texts through the API: made, said about, saved on top of each other."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from articles.models import Article, AuditRecord, Revision
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from tests.api.asserting import assert_problem
from tests.api.authors.program import Program
from tests.building import write

pytestmark = pytest.mark.django_db


def test_an_article_is_made_with_all_that_is_said_about_it(writer: Program, reviewer: User) -> None:
    save_topic(actor=system_user(), slug="travel", names={"en": "Travel"})
    said = {
        "kind": "sales",
        "topic": "travel",
        "audience": "partner",
        "owner": "rosa",
        "tags": ["roaming", "abroad"],
        "review_by": "2027-01-31",
        "source_locale": "zh-hans",
    }
    made = writer.post("drafts/", {**said, "id": "roaming-abroad"})
    assert made.status_code == 201
    told = made.json()
    assert {name: told[name] for name in said} == said
    assert told["id"] == "roaming-abroad"
    assert made["Location"] == "/api/v1/drafts/roaming-abroad/"
    assert made["ETag"] == '"1"'
    assert writer.get(made["Location"]).json() == told
    article = Article.objects.get()
    assert (article.owner, article.tags) == (reviewer, ["roaming", "abroad"])
    record = AuditRecord.objects.get(action="create-article")
    assert record.actor.username == "ada"


def test_without_a_word_about_it_an_article_is_for_the_fewest(writer: Program) -> None:
    told = writer.get(f"drafts/{writer.article()}/").json()
    assert (told["audience"], told["owner"], told["topic"]) == ("agent", None, None)


def test_what_is_said_about_an_article_changes_on_top_of_its_version(writer: Program) -> None:
    id = writer.article(tags=["a"])
    assert_problem(writer.patch(f"drafts/{id}/", {"tags": ["b"]}), 428, "precondition-required")
    changed = writer.patch(f"drafts/{id}/", {"tags": ["b"], "audience": "public"}, based=1)
    assert changed.status_code == 200
    assert (changed.json()["tags"], changed["ETag"]) == (["b"], '"2"')
    late = assert_problem(writer.patch(f"drafts/{id}/", {"tags": ["c"]}, based=1), 412, "stale")
    assert late["current"] == 2
    assert late["theirs"]["tags"] == ["b"]
    assert [difference["field"] for difference in late["differences"]] == ["tags"]
    assert writer.get(f"drafts/{id}/").json()["tags"] == ["b"]


def test_owner_topic_and_review_date_can_be_taken_away(writer: Program) -> None:
    id = writer.article(owner="ada", review_by="2027-01-31")
    nothing = {"owner": None, "topic": None, "review_by": None}
    told = writer.patch(f"drafts/{id}/", nothing, based=1).json()
    assert {name: told[name] for name in nothing} == nothing


def test_a_first_text_says_that_there_is_none_and_the_next_its_base(writer: Program) -> None:
    id = writer.article()
    assert_problem(writer.get(f"drafts/{id}/en/"), 404)
    first = writer.text(id, "Roaming", summary="Abroad.", questions=["What does it cost?"])
    assert first.status_code == 201
    assert first["ETag"] == '"1"'
    told = first.json()
    assert (told["slug"], told["state"], told["revision"]) == ("roaming", "draft", 1)
    assert told["newest"]["questions"] == ["What does it cost?"]
    second = writer.text(id, "Roaming abroad", based=1, note="Said where.", significance="typo")
    assert second["ETag"] == '"2"'
    newest = second.json()["newest"]
    assert (newest["based_on"], newest["note"], newest["significance"]) == (
        1,
        "Said where.",
        "typo",
    )
    assert newest["summary"] == ""
    assert writer.get(f"drafts/{id}/en/").json() == second.json()


def test_saving_the_same_again_makes_no_revision(writer: Program) -> None:
    id = writer.article()
    writer.text(id)
    again = writer.text(id, based=1)
    assert (again.status_code, again["ETag"]) == (200, '"1"')
    assert Revision.objects.count() == 1


def test_posting_a_revision_is_the_same_as_putting_the_text(writer: Program) -> None:
    id = writer.article()
    content = {"title": "Roaming", "body": "    code\n"}
    made = writer.post(f"drafts/{id}/en/revisions/", content, based=0)
    assert made["Location"] == f"/api/v1/drafts/{id}/en/revisions/1/"
    assert writer.get(made["Location"]).json()["body"] == "    code\n"


def test_a_text_is_never_saved_without_its_base(writer: Program) -> None:
    id = writer.article()
    content = {"title": "Roaming", "body": "Words."}
    path = f"drafts/{id}/en/"
    assert_problem(writer.put(path, content), 428, "precondition-required")
    for wrong in ("*", "1", "W/1", '"x"', '"1", "2"', '"-1"', '"99999999999"', ""):
        assert_problem(writer.put(path, content, **{"If-Match": wrong}), 400, "bad-precondition")
    both = {"If-Match": '"1"', "If-None-Match": "*"}
    assert_problem(writer.put(path, content, **both), 400, "bad-precondition")
    assert_problem(writer.put(path, content, **{"If-None-Match": '"1"'}), 400, "bad-precondition")
    assert not Revision.objects.exists()


def test_who_comes_second_gets_the_three_way_difference(writer: Program, approver: Program) -> None:
    id = writer.article()
    base = "First.\n\nSecond.\n\nThird.\n"
    writer.text(id, "Roaming", body=base, summary="Old.")
    approver.text(id, "Roaming", based=1, body=base.replace("First", "1st"), summary="Theirs.")
    refused = writer.text(
        id, "Roaming now", based=1, body=base.replace("Third", "3rd"), summary="Mine."
    )
    problem = assert_problem(refused, 412, "stale")
    assert problem["current"] == 2
    assert problem["base"]["body"] == base
    assert problem["theirs"]["author"] == "rosa"
    differences = {item["field"]: item for item in problem["differences"]}
    assert differences.keys() == {"title", "summary", "body"}
    assert (differences["title"]["changed_by"], differences["title"]["merged"]) == (
        "you",
        "Roaming now",
    )
    assert differences["summary"]["conflict"]
    assert differences["body"]["changed_by"] == "both"
    assert differences["body"]["merged"] == "1st.\n\nSecond.\n\n3rd.\n"
    assert not differences["body"]["conflict"]
    merged = writer.text(id, "Roaming now", based=2, body=differences["body"]["merged"])
    assert merged.status_code == 201


def test_a_second_first_text_is_told_of_the_first(writer: Program) -> None:
    id = writer.article()
    writer.text(id, "Mine")
    problem = assert_problem(writer.text(id, "Mine as well"), 412, "stale")
    assert problem["base"] is None
    assert problem["theirs"]["title"] == "Mine"


def test_revisions_are_listed_the_newest_first(writer: Program) -> None:
    id = writer.article()
    for number in range(3):
        writer.text(id, f"Title {number}", based=number)
    page = writer.get(f"drafts/{id}/en/revisions/?limit=2").json()
    assert [item["number"] for item in page["results"]] == [3, 2]
    assert [item["number"] for item in writer.get(page["next"]).json()["results"]] == [1]
    assert "body" not in page["results"][0]
    assert writer.get(f"drafts/{id}/en/revisions/1/").json()["title"] == "Title 0"
    for number in ("0", "4", "x", "١", "9" * 30):
        assert_problem(writer.get(f"drafts/{id}/en/revisions/{number}/"), 404)


def test_a_translation_names_the_source_revision_that_it_says(writer: Program) -> None:
    id = writer.article()
    writer.text(id)
    content = {"title": "漫游", "body": "说明。", "translation_of": 1}
    told = writer.put(f"drafts/{id}/zh-hans/", content, based=0).json()
    assert told["newest"]["translation_of"] == 1
    wrong = writer.put(f"drafts/{id}/zh-hant/", {**content, "translation_of": 7}, based=0)
    assert assert_problem(wrong, 400, "invalid")["field"] == "translation_of"


def test_the_list_is_filtered_and_paged(writer: Program) -> None:
    first = write("First", kind="sales", locale="en").text.article
    second = write("Second", audience="agent", locale="zh-hans").text.article
    write("Third")

    def ids(question: str) -> list[str]:
        return [item["id"] for item in writer.get(f"drafts/?{question}").json()["results"]]

    assert ids("kind=sales") == [first.public_id]
    assert ids("audience=agent") == [second.public_id]
    assert ids("locale=zh-hans&state=draft") == [second.public_id]
    assert ids("locale=zh-hans&state=approved") == []
    assert ids("owner=nobody") == []
    page = writer.get("drafts/?limit=2").json()
    rest = writer.get(page["next"]).json()
    assert [len(page["results"]), len(rest["results"])] == [2, 1]
    assert rest["results"][0]["texts"][0]["title"] == "Third"
    assert_problem(writer.get("drafts/?colour=red"), 400, "unknown-parameter")
    assert_problem(writer.get("drafts/?cursor=x"), 400, "bad-cursor")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "gossip"}, "kind"),
        ({}, "kind"),
        ({"kind": "support", "topic": "none"}, "topic"),
        ({"kind": "support", "owner": "nobody"}, "owner"),
        ({"kind": "support", "owner": 3}, "owner"),
        ({"kind": "support", "tags": "a"}, "tags"),
        ({"kind": "support", "tags": [["a"]]}, "tags.0"),
        ({"kind": "support", "tags": ["a"] * 51}, "tags"),
        ({"kind": "support", "review_by": "tomorrow"}, "review_by"),
        ({"kind": "support", "review_by": 20270131}, "review_by"),
        ({"kind": "support", "source_locale": "fr"}, "source_locale"),
        ({"kind": "support", "id": "NO"}, "id"),
        ({"kind": "support", "state": "published"}, "state"),
    ],
)
def test_a_wrong_field_is_named(writer: Program, body: object, field: str) -> None:
    problem = assert_problem(writer.post("drafts/", body), 400, "invalid")
    assert problem["errors"][0]["field"] == field
    assert not Article.objects.exists()


def test_texts_that_cannot_be_stored_are_refused_by_field(writer: Program) -> None:
    id = writer.article()
    for body, field in (
        ({"title": "x" * 201}, "title"),
        ({"title": "   "}, "title"),
        ({"title": 5}, "title"),
        ({"title": "A", "slug": "../etc"}, "slug"),
        ({"title": "A", "body": "x" * 1_000_001}, "body"),
        ({"title": "A", "questions": ["q"] * 31}, "questions"),
        ({"title": "A", "significance": "huge"}, "significance"),
        ({"title": "A", "translation_of": True}, "translation_of"),
        ({"title": "A", "translation_of": 10**30}, "translation_of"),
    ):
        response = writer.put(f"drafts/{id}/en/", {"body": "b", **body}, based=0)
        problem = assert_problem(response, 400, "invalid")
        assert problem["errors"][0]["field"].split(".")[0] == field
    huge = writer.put(f"drafts/{id}/en/", {"title": "A", "body": "x" * 5_000_000}, based=0)
    assert_problem(huge, 413, "body-too-large")
    assert not Revision.objects.exists()


def test_markup_and_turned_letters_are_no_more_than_letters(writer: Program) -> None:
    id = writer.article()
    told = writer.text(id, "<script>alert(1)</script> \u202egnp.exe").json()
    assert told["title"] == "<script>alert(1)</script> gnp.exe"


def test_articles_are_found_by_a_tag_in_any_case_and_a_comma_ends_one(writer: Program) -> None:
    id = writer.article(tags=["eSIM, abroad"])
    writer.article(tags=["roaming"])

    found = writer.get("drafts/?tag=ESIM").json()["results"]

    assert [(draft["id"], draft["tags"]) for draft in found] == [(id, ["eSIM", "abroad"])]
    assert writer.get("drafts/?tag=e").json()["results"] == []


def test_more_tags_than_an_article_may_have_are_refused_by_name(writer: Program) -> None:
    parted = [",".join(f"{letter}{number}" for number in range(16)) for letter in "ab"]
    for tags in ([f"t{number}" for number in range(31)], ["x" * 61], parted):
        assert_problem(writer.post("drafts/", {"kind": "sales", "tags": tags}), 400, "invalid")
    assert not Article.objects.exists()
