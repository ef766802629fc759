"""All conversions brought up to date at once, and what the settings may say."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from pytest_django import Settings

from articles.exceptions import NotAllowed
from articles.models import AuditRecord
from articles.operations.audit import system_user
from channels.models import Entry
from channels.operations import reconverting
from channels.operations.reconverting import publish_conversions
from knowledgehub.checks import conversions_are_possible
from knowledgehub.settings import base
from tests.building import narrow, publish_texts, published, write_approved
from tests.converting.told import conversion, locales_told, words

pytestmark = pytest.mark.django_db

ON = {"zh-hant": "zh-hans"}


def test_switched_on_every_article_gets_its_conversion(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    first = published("软件", locale="zh-hans")
    own = published("短信", locale="zh-hans")
    publish_texts(write_approved("簡訊", article=own, locale="zh-hant"))
    settings.LOCALE_CONVERSIONS = ON
    call_command("publish_conversions")
    assert locales_told(first) == {"zh-hans": "", "zh-hant": "zh-hans"}
    assert locales_told(own) == {"zh-hans": "", "zh-hant": ""}
    assert "edition 4: 1 added, 0 changed, 0 removed" in capsys.readouterr().out
    call_command("publish_conversions")
    assert "Nothing to publish." in capsys.readouterr().out


def test_an_installation_that_says_nothing_converts_for_readers_of_traditional_chinese() -> None:
    assert base.LOCALE_CONVERSIONS == ON


def test_switched_off_they_end(settings: Settings) -> None:
    settings.LOCALE_CONVERSIONS = ON
    article = published("软件", locale="zh-hans")
    settings.LOCALE_CONVERSIONS = {}
    done = publish_conversions(actor=system_user())
    assert done.edition is not None
    assert done.edition.removed == 1
    assert not AuditRecord.objects.filter(action="retire").exists(), "the article stays"
    assert locales_told(article) == {"zh-hans": ""}
    assert not AuditRecord.objects.filter(action="retire").exists(), "the article stays"


def test_other_words_are_told_with_the_next_edition(settings: Settings) -> None:
    settings.LOCALE_CONVERSIONS = ON
    article = published("软件", "打开软件。", locale="zh-hans")
    settings.CHINESE_STANDARD = "hk"
    assert "軟體" in words(article), "what was published stays"
    publish_conversions(actor=system_user())
    assert "軟件" in words(article)


def test_what_cannot_be_converted_is_left_out_by_name(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    long = published("博客" * 100, locale="zh-hans", public_id="too-long")
    article = published("软件", locale="zh-hans")
    settings.LOCALE_CONVERSIONS = ON
    with pytest.raises(CommandError):
        call_command("publish_conversions")
    assert "too-long" in capsys.readouterr().err
    assert conversion(article) is not None
    assert conversion(long) is None


def test_an_audience_that_is_narrowed_while_conversions_are_prepared_holds(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = published("软件", locale="zh-hans")
    settings.LOCALE_CONVERSIONS = ON
    real, meetings = reconverting.plan, []

    def plan(wanted: Any, **options: Any) -> object:
        candidate = real(wanted, **options)
        if not meetings:
            meetings.append(wanted)
            narrow(article)
        return candidate

    monkeypatch.setattr(reconverting, "plan", plan)
    publish_conversions(actor=system_user())
    assert set(Entry.objects.live().values_list("audience", flat=True)) == {"agent"}


def test_only_publishers_may(author: User) -> None:
    with pytest.raises(NotAllowed):
        publish_conversions(actor=author)


@pytest.mark.parametrize("wrong", [{"zh-hant": "en"}, {"en": "zh-hans"}, {"zh-hk": "zh-hans"}])
def test_settings_that_nothing_can_be_converted_by_are_told_at_the_start(
    settings: Settings, wrong: dict[str, str]
) -> None:
    settings.LOCALE_CONVERSIONS = wrong
    assert [error.id for error in conversions_are_possible(None)] == ["knowledgehub.E003"]
    settings.LOCALE_CONVERSIONS = ON
    assert conversions_are_possible(None) == []
