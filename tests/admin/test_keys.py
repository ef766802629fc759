"""Partners' keys at the desk: shown once, revoked for good, and administrators' alone."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from channels.models import ApiKey
from tests.admin.desk import Desk, words
from tests.building import published

SECRET = re.compile(r"kh_[a-z0-9]{10}_[A-Za-z0-9_-]{43}")
KEY = {"name": "Kiosks", "audience": "partner", "scopes": ["content:read"]}


def test_a_key_is_shown_in_one_answer_that_nothing_keeps(administrator_desk: Desk) -> None:
    answer = administrator_desk.send("channels_apikey_add", **KEY)

    secret = SECRET.search(words(answer))
    assert secret is not None
    assert "no-store" in answer["Cache-Control"]
    key = ApiKey.objects.get()
    later = [
        administrator_desk.open("channels_apikey_change", key.pk),
        administrator_desk.open("channels_apikey_changelist"),
    ]
    assert not any(secret[0] in words(page) for page in later)
    assert not any(secret[0] in str(s.get_decoded()) for s in Session.objects.all())
    assert secret[0] not in str(administrator_desk.client.cookies)


def test_the_key_that_was_shown_opens_what_is_for_partners_until_it_is_revoked(
    administrator_desk: Desk,
) -> None:
    article = published("For partners", audience="partner")
    secret = SECRET.search(words(administrator_desk.send("channels_apikey_add", **KEY)))
    assert secret is not None
    address = f"/api/v1/articles/{article.public_id}/?format=text"
    headers = {"Authorization": f"Api-Key {secret[0]}"}

    assert administrator_desk.client.get(address, headers=headers).status_code == 200
    administrator_desk.send("channels_apikey_revoke", ApiKey.objects.get().pk)

    assert administrator_desk.client.get(address, headers=headers).status_code == 401


def test_a_key_that_has_expired_already_is_not_made(administrator_desk: Desk) -> None:
    answer = administrator_desk.send("channels_apikey_add", **KEY, expires_at="2020-01-01T00:00")

    assert "would have expired already" in words(answer)
    assert not ApiKey.objects.exists()


def test_only_administrators_see_keys_and_the_audit_trail(
    publisher_desk: Desk, administrator_desk: Desk
) -> None:
    for page in (
        "channels_apikey_changelist",
        "channels_apikey_add",
        "articles_auditrecord_changelist",
    ):
        assert publisher_desk.open(page).status_code == 403
        assert administrator_desk.open(page).status_code == 200
    assert publisher_desk.send("channels_apikey_add", **KEY).status_code == 403
    assert not ApiKey.objects.exists()


def test_what_was_done_at_the_desk_is_in_the_audit_trail(administrator_desk: Desk) -> None:
    administrator_desk.send("channels_apikey_add", **KEY)

    page = words(administrator_desk.open("articles_auditrecord_changelist"))

    assert "create-api-key" in page
    assert "name: Kiosks" in page


def test_a_key_that_writes_is_made_for_a_person_and_says_for_whom(
    administrator_desk: Desk, author: User
) -> None:
    writes = KEY | {"scopes": ["content:write"]}

    refused = administrator_desk.send("channels_apikey_add", **writes)
    made = administrator_desk.send("channels_apikey_add", **writes, person="ada")

    assert "Say for whom a key that writes shall act." in words(refused)
    secret = SECRET.search(words(made))
    assert secret is not None
    headers = {"Authorization": f"Api-Key {secret[0]}"}
    drafts = administrator_desk.client.get("/api/v1/drafts/", headers=headers)
    assert drafts.status_code == 200
    key = ApiKey.objects.get()
    assert key.person == author
    assert "ada" in words(administrator_desk.open("channels_apikey_change", key.pk))
