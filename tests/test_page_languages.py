"""Pages speak the language of the browser, or the one that was chosen; programs get English."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.mark.parametrize(
    ("browser", "title"),
    [("zh-CN,zh;q=0.9", "用户名"), ("zh-TW,zh;q=0.9", "用戶名稱"), ("fr", "User name")],
)
@pytest.mark.django_db
def test_signing_in_speaks_the_browsers_language(client: Client, browser: str, title: str) -> None:
    page = client.get("/sign-in/", headers={"Accept-Language": browser})
    assert title in page.content.decode()


@pytest.mark.parametrize(
    ("address", "browser", "words"),
    [
        ("/agent/", "zh-CN", "搜索所有文章"),
        ("/agent/", "zh-HK", "搜尋所有文章"),
        ("/admin/", "zh-CN", "编辑工作台"),
        ("/admin/articles/article/", "zh-TW", "知識片段"),
    ],
)
def test_colleagues_pages_speak_the_browsers_language(
    client: Client, administrator: User, address: str, browser: str, words: str
) -> None:
    User.objects.filter(pk=administrator.pk).update(is_staff=True)
    client.force_login(administrator)
    page = client.get(address, headers={"Accept-Language": browser})
    assert words in page.content.decode()


def test_a_chosen_language_outlasts_the_browsers(client: Client, agent: User) -> None:
    client.force_login(agent)
    chosen = client.post("/language/", {"language": "zh-hant", "next": "/agent/?q=eSIM"})
    assert chosen["Location"] == "/agent/?q=eSIM"
    page = client.get("/agent/", headers={"Accept-Language": "en"})
    assert "搜尋所有文章" in page.content.decode()


def test_each_language_is_offered_by_its_own_name(client: Client, agent: User) -> None:
    client.force_login(agent)
    page = client.get("/agent/", headers={"Accept-Language": "zh-TW"}).content.decode()
    assert all(f">{name}</button>" in page for name in ("English", "简体中文", "繁體中文"))


def test_choosing_a_language_leads_to_no_other_site(client: Client, agent: User) -> None:
    client.force_login(agent)
    chosen = client.post("/language/", {"language": "zh-hant", "next": "https://evil.example/"})
    assert chosen["Location"] == "/"


def test_what_was_answered_to_a_form_is_not_asked_for_again(client: Client, agent: User) -> None:
    client.force_login(agent)
    refused = client.post("/agent/ask/", {"sentence": "?", "locale": "en"})
    assert 'name="next" value="/agent/"' in " ".join(refused.content.decode().split())


def test_a_refusal_is_told_in_the_readers_language(client: Client, agent: User) -> None:
    client.force_login(agent)
    refused = client.post(
        "/agent/ask/", {"sentence": "?", "locale": "en"}, headers={"Accept-Language": "zh-CN"}
    )
    assert "请用一句话（3 至 500 个字符）说明" in refused.content.decode()


@pytest.mark.django_db
def test_programs_are_told_in_english_whatever_text_they_ask_for() -> None:
    answers = [
        Client().post(
            "/api/v1/requests/",
            {"locale": "en", "sentence": "?"},
            content_type="application/json",
            headers={"Accept-Language": language},
        )
        for language in ("en", "zh-CN")
    ]
    assert answers[0].status_code == answers[1].status_code == 400
    assert answers[0].content == answers[1].content
    assert "application/problem+json" in answers[1]["Content-Type"]
