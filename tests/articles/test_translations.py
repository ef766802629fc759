"""Translations: which are missing or behind, saying that one still holds, drafts by OpenCC."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.exceptions import InvalidInput, NotAllowed, Stale
from articles.locales import locales
from articles.models import Article, ArticleText, Revision, Significance
from articles.operations.audit import system_user
from articles.operations.translating import convert_chinese, still_right
from articles.operations.writing import save_revision, update_article
from articles.translation_standings import Translation, articles_standing, standings
from articles.translations import Mark, Named, Standing, known_to, standing
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from tests.building import approved, published, write, write_approved

TYPO, CONTENT, AGAIN = Significance.TYPO, Significance.CONTENT, Significance.TRANSLATION
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def marks(*significances: str) -> list[Mark]:
    """The source's revisions 1, 2 …, one an hour."""
    return [
        Mark(number, significance, NOW + timedelta(hours=number))
        for number, significance in enumerate(significances, start=1)
    ]


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ([], Standing.CURRENT),
        ([TYPO, TYPO], Standing.CURRENT),
        ([CONTENT], Standing.MAYBE),
        ([TYPO, CONTENT], Standing.MAYBE),
        ([AGAIN], Standing.BEHIND),
        ([AGAIN, CONTENT, TYPO], Standing.BEHIND),
    ],
)
def test_what_changed_most_in_the_source_decides(since: list[str], expected: Standing) -> None:
    source = marks(AGAIN, *since)
    assert standing(Named(1, NOW), source, approved=len(source)) is expected


def test_a_draft_of_the_source_asks_for_nothing_until_it_is_approved() -> None:
    source = marks(CONTENT, AGAIN)
    assert standing(Named(1, NOW), source, approved=1) is Standing.CURRENT
    assert standing(Named(1, NOW), source, approved=None) is Standing.CURRENT
    assert standing(Named(1, NOW), source, approved=2) is Standing.BEHIND


def test_a_draft_that_never_was_approved_itself_counts_through_the_one_on_top_of_it() -> None:
    assert standing(Named(1, NOW), marks(CONTENT, AGAIN, TYPO), approved=3) is Standing.BEHIND


def test_a_translation_that_names_nothing_is_behind_all_that_was_written_after_it() -> None:
    source = marks(CONTENT, CONTENT)
    between, after = NOW + timedelta(hours=1, minutes=30), NOW + timedelta(hours=3)
    assert standing(Named(None, between), source, approved=2) is Standing.BEHIND
    assert known_to(Named(None, between), source, approved=2) == 1
    assert standing(Named(None, after), source, approved=2) is Standing.CURRENT
    assert standing(Named(None, between), marks(CONTENT, TYPO), approved=2) is Standing.CURRENT
    assert known_to(Named(None, NOW), source, approved=2) is None


def of(article: Article, locale: str = "zh-hans") -> Translation:
    return standings([article])[article.pk][locale]


def translated(**source: str) -> tuple[Article, Revision]:
    """An article in English, approved, with a Chinese text that says which revision it knows."""
    english = write_approved("Activate an eSIM", **source)
    chinese = write_approved(
        "激活 eSIM",
        "打开设置。",
        article=english.text.article,
        locale="zh-hans",
        translation_of=english,
    )
    return english.text.article, chinese


def listed(*wanted: Standing, locale: str = "zh-hans") -> list[Article]:
    return list(articles_standing(wanted, locales=[locale]))


@pytest.mark.django_db
def test_each_language_is_the_source_or_missing_or_stands_somehow_to_it() -> None:
    article, _ = translated()
    assert of(article, "en").standing is Standing.SOURCE
    assert of(article, "zh-hans").standing is Standing.CURRENT
    assert of(article, "zh-hant").standing is Standing.MISSING
    assert listed(Standing.MISSING, locale="zh-hant") == [article]
    assert listed(Standing.MISSING, Standing.BEHIND, Standing.MAYBE) == []


@pytest.mark.django_db
def test_a_new_approved_fact_leaves_the_translation_behind() -> None:
    article, _ = translated()
    changed = write("Activate an eSIM", "It costs £5.", article=article, significance=AGAIN)
    assert of(article).standing is Standing.CURRENT

    approved(changed)

    assert of(article).standing is Standing.BEHIND
    assert of(article).known == 1
    assert listed(Standing.BEHIND) == [article]
    assert listed(Standing.MAYBE) == []


@pytest.mark.django_db
def test_a_new_translation_that_names_the_new_source_is_up_to_date() -> None:
    article, _ = translated()
    changed = write_approved("Activate", "It costs £5.", article=article, significance=AGAIN)
    write("激活", "五英镑。", article=article, locale="zh-hans", translation_of=changed)
    assert of(article).standing is Standing.CURRENT


@pytest.mark.django_db
def test_a_published_source_counts_and_a_retired_article_is_in_no_list() -> None:
    article = published("Activate an eSIM")
    assert listed(Standing.MISSING) == [article]
    publish(items=[Retirement(article)], actor=system_user())
    assert listed(Standing.MISSING) == []


@pytest.mark.django_db
def test_what_a_text_named_of_a_former_source_counts_no_more() -> None:
    article, _ = translated()
    update_article(
        actor=system_user(),
        article=article,
        kind="support",
        topic=None,
        audience="public",
        source_locale="zh-hans",
        based_on=1,
    )
    article.refresh_from_db()
    write_approved("激活", "五英镑。", article=article, locale="zh-hans")
    assert of(article).standing is Standing.SOURCE
    assert of(article, "en").standing is Standing.BEHIND
    assert listed(Standing.BEHIND, locale="en") == [article]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_the_lists_say_what_the_rules_say(seed: int) -> None:
    """Both forms of the rules, over articles of random histories."""
    dice = random.Random(seed)
    for number in range(8):
        _write_at_random(dice, number)
    articles = list(Article.objects.all())
    said = standings(articles)
    for locale in locales():
        for wanted in (Standing.MISSING, Standing.BEHIND, Standing.MAYBE):
            expected = {a.pk for a in articles if said[a.pk][locale].standing is wanted}
            assert {a.pk for a in articles_standing([wanted], locales=[locale])} == expected


def _write_at_random(dice: random.Random, number: int) -> None:
    actor, at = system_user(), NOW
    article: Article | None = None
    sources: list[Revision] = []
    for step in range(dice.randrange(1, 9)):
        at += timedelta(minutes=dice.randrange(3))
        locale = dice.choice(locales()) if article else "en"
        named = dice.choice([None, *sources]) if locale != "en" else None
        text = ArticleText.objects.filter(article=article, locale=locale).first()
        if article is None:
            start = write(f"Start {number}")
            article = start.text.article
            at = max(at, start.created_at)  # No text is written before the one that it stands on.
            text = ArticleText.objects.get(article=article)
        head = text.head.number if text and text.head else 0
        revision = save_revision(
            actor=actor,
            article=article,
            locale=locale,
            title=f"{number} {locale} {step}",
            body="Words.",
            based_on=head,
            significance=dice.choice(Significance.values),
            translation_of=named,
            now=at,
        )
        if locale == "en":
            sources.append(revision)
        if dice.random() < 0.6:
            approved(revision)


@pytest.mark.django_db
def test_thirty_articles_cost_as_many_statements_as_three() -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as context:
            standings(articles_standing([Standing.MISSING], locales=["zh-hant"]))
        return len(context)

    for _ in range(3):
        translated()
    few = statements()
    for _ in range(27):
        translated()
    assert statements() == few == 3


@pytest.mark.django_db
def test_still_right_names_the_newer_source_and_changes_no_word(author: User) -> None:
    article, chinese = translated()
    write_approved("Activate", "Open the settings first.", article=article, significance=CONTENT)
    assert of(article).standing is Standing.MAYBE

    said = still_right(actor=author, text=chinese.text, revision=1, source_revision=2)

    assert of(article).standing is Standing.CURRENT
    assert (said.number, said.body, said.significance) == (2, chinese.body, TYPO)
    assert said.translation_of is not None
    assert said.translation_of.number == 2


@pytest.mark.django_db
def test_still_right_is_refused_on_an_older_text_or_source_and_for_the_source(
    author: User, agent: User
) -> None:
    article, chinese = translated()
    with pytest.raises(Stale):
        still_right(actor=author, text=chinese.text, revision=7, source_revision=1)
    write_approved("Activate", "Open the settings.", article=article)
    still_right(actor=author, text=chinese.text, revision=1, source_revision=2)
    for source_revision in (1, 9):
        with pytest.raises(InvalidInput, match="no newer revision"):
            still_right(
                actor=author, text=chinese.text, revision=2, source_revision=source_revision
            )
    english = ArticleText.objects.get(article=article, locale="en")
    with pytest.raises(InvalidInput, match="no translation"):
        still_right(actor=author, text=english, revision=2, source_revision=1)
    with pytest.raises(NotAllowed):
        still_right(actor=agent, text=chinese.text, revision=2, source_revision=2)


@pytest.mark.django_db
def test_a_converted_draft_stands_on_what_was_there_and_knows_what_its_origin_knows(
    author: User,
) -> None:
    article, _ = translated()
    converted = convert_chinese(actor=author, article=article, to="zh-hant", revision=1, based_on=0)
    assert (converted.title, converted.body) == ("啟用 eSIM", "開啟設定。\n")
    assert converted.text.state == "draft"
    assert converted.significance == CONTENT
    assert converted.note == "Converted from revision 1 in 简体中文"
    assert of(article, "zh-hant").standing is Standing.CURRENT
    assert converted.translation_of is not None
    assert converted.translation_of.text.locale == "en"

    write("我的話", "我寫的。", article=article, locale="zh-hant")
    with pytest.raises(Stale):
        convert_chinese(actor=author, article=article, to="zh-hant", revision=1, based_on=1)
    again = convert_chinese(actor=author, article=article, to="zh-hant", revision=1, based_on=2)
    assert (again.number, again.based_on and again.based_on.title) == (3, "我的話")


@pytest.mark.django_db
def test_a_conversion_needs_a_chinese_text_that_nobody_saved_over_and_somebody_who_writes(
    author: User, agent: User
) -> None:
    article, _ = translated()
    for to, message in (("en", "converted into"), ("zh-hans", "no text to convert")):
        with pytest.raises(InvalidInput, match=message):
            convert_chinese(actor=author, article=article, to=to, revision=1, based_on=0)
    with pytest.raises(Stale):
        convert_chinese(actor=author, article=article, to="zh-hant", revision=2, based_on=0)
    with pytest.raises(NotAllowed):
        convert_chinese(actor=agent, article=article, to="zh-hant", revision=1, based_on=0)
