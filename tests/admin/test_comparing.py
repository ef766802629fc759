"""Comparing at the desk: two revisions, a draft with what is live, two editions."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.admin.comparisons import MOST_LINES, compare
from articles.models import Article
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.operations.rollback import go_back
from tests.admin.desk import ABOUT, Desk, words
from tests.building import publish_texts, published, snippet, write, write_approved

VOICE = re.compile(r'<span class="visually-hidden">(?:removed|added): </span>')


def marked(answer: HttpResponse) -> str:
    """What a page says, without what it says to voices alone."""
    assert answer.status_code == 200
    return VOICE.sub("", words(answer))


def compared(desk: Desk, article: Article, query: str) -> str:
    return marked(desk.open("articles_compare", article.pk, query=query))


@pytest.fixture
def three(author_desk: Desk) -> Article:
    article = author_desk.write_article(body="Press <b>one</b>.")
    author_desk.save_text(article, based_on=1, body="Press <b>two</b>.", note="Two is right")
    author_desk.save_text(article, based_on=2, body="Press <b>three</b>.")
    return article


def test_the_history_leads_to_the_comparison_of_any_two_revisions(
    author_desk: Desk, three: Article
) -> None:
    page = words(author_desk.open("articles_text_history", three.pk, "en"))

    assert "Two is right" in page
    assert f'action="/admin/articles/article/{three.pk}/compare/"' in page
    for name, chosen in (("from", 2), ("to", 3)):
        assert re.search(rf'name="{name}" value="{chosen}"[^>]* checked', page)


def test_any_two_revisions_are_compared_word_by_word_and_escaped(
    author_desk: Desk, three: Article
) -> None:
    page = author_desk.open("articles_compare", three.pk, query="?from=1&to=3&locale=en")

    html = VOICE.sub("", page.content.decode())
    assert "&lt;b&gt;<del>one</del>&lt;/b&gt;" in html
    assert "&lt;b&gt;<ins>three</ins>&lt;/b&gt;" in html
    assert "<b>three" not in html


def test_without_a_choice_the_last_change_is_shown(author_desk: Desk, three: Article) -> None:
    page = compared(author_desk, three, "")

    assert "<del>two</del>" in page
    assert "<ins>three</ins>" in page


def test_a_voice_says_what_went_and_what_came(author_desk: Desk, three: Article) -> None:
    page = words(author_desk.open("articles_compare", three.pk))

    assert '<del><span class="visually-hidden">removed: </span>two</del>' in page
    assert '<ins><span class="visually-hidden">added: </span>three</ins>' in page


def test_a_chinese_sentence_shows_just_the_word_that_changed(author_desk: Desk) -> None:
    first = write("激活 eSIM", "请先打开设置，然后添加套餐。", locale="zh-hans")
    write("激活 eSIM", "请先打开设置，然后添加号码。", article=first.text.article, locale="zh-hans")

    page = compared(author_desk, first.text.article, "?locale=zh-hans")

    assert "然后添加<del>套餐</del>。" in page
    assert "然后添加<ins>号码</ins>。" in page


def test_title_summary_questions_and_body_are_compared_each(author_desk: Desk) -> None:
    first = write("Red key", "Same.", summary="A red key", questions=["Which red key?"])
    write(
        "Green key",
        "Same.",
        article=first.text.article,
        summary="A green key",
        questions=["Which green key?"],
    )

    page = compared(author_desk, first.text.article, "")

    for after in ("<ins>Green</ins> key", "A <ins>green</ins> key", "Which <ins>green</ins> key?"):
        assert after in page
    assert 'rowgroup" colspan="4">Body' not in page


def test_what_was_said_about_the_article_is_compared_as_it_was_then(
    author_desk: Desk, three: Article
) -> None:
    version = Article.objects.get(pk=three.pk).version
    save_topic(actor=system_user(), slug="devices", names={"en": "Devices"})
    topic = Article._meta.get_field("topic").related_model.objects.get(slug="devices")
    about = ABOUT | {"kind": "sales", "topic": topic.pk, "tags": "esim", "audience": "agent"}
    about |= {"source_locale": "en", "owner": author_desk.user.pk, "based_on": version}
    author_desk.send("articles_article_change", three.pk, **about)
    author_desk.save_text(three, based_on=3, body="Press four.", slug="new-address")

    page = compared(author_desk, three, "?from=2&to=4")

    for came in ("sales", "Devices", "esim", "agents", "ada", "new-address"):
        assert f"<ins>{came}</ins>" in page
    assert "<del>support</del>" in page
    assert "<ins>sales</ins>" not in compared(author_desk, three, "?from=1&to=2")


@pytest.mark.parametrize(
    "query",
    ["?from=99", "?to=-1", "?from=" + "9" * 40, "?from=%00&to=x", "?from=", "?locale=xx"],
)
def test_revisions_that_never_were_cannot_be_compared(
    author_desk: Desk, three: Article, query: str
) -> None:
    assert author_desk.open("articles_compare", three.pk, query=query).status_code == 404


def test_readers_pages_are_compared_inside_their_markup(author_desk: Desk) -> None:
    snippet("phone.care", "phone", "+448081570101")
    first = write("Care", "- Ring **one** of us\n\nOr {{ phone.care }}. [S](https://a.example/)")
    write(
        "Care",
        "- Ring **two** of us\n\nOr {{ phone.care }}. [S](https://b.example/)",
        article=first.text.article,
    )

    page = compared(author_desk, first.text.article, "?view=rendered")

    assert "<strong><del>one</del></strong> of us" in page
    assert "<strong><ins>two</ins></strong> of us" in page
    assert '<ins><a href="https://b.example/" rel="noopener">S</a></ins>' in page
    assert 'data-snippet="phone.care"' in page


def test_a_revision_that_cannot_be_told_says_why_beside_the_other(author_desk: Desk) -> None:
    first = write("Care", "Ring us.")
    write("Care", "Ring {{ nobody }}.", article=first.text.article)

    page = compared(author_desk, first.text.article, "?view=rendered")

    assert "It can’t be told as it stands" in page
    assert "nobody" in page
    assert "Ring us." in page


def test_a_draft_is_compared_with_what_is_live(author_desk: Desk) -> None:
    article = published("Care", "Ring **one** of us.")
    write("Care", "Ring **two** of us.", article=article)
    text = article.texts.get()

    source = marked(author_desk.open("channels_compare_live", text.pk))
    read = marked(author_desk.open("channels_compare_live", text.pk, query="?view=rendered"))

    assert "Live since edition 1" in source
    assert "**<del>one</del>**" in source
    assert "**<ins>two</ins>**" in source
    assert "<strong><ins>two</ins></strong>" in read


def test_what_is_not_live_yet_is_all_new(author_desk: Desk) -> None:
    text = write("Care", "Ring us.").text

    for query in ("", "?view=rendered"):
        page = marked(author_desk.open("channels_compare_live", text.pk, query=query))
        assert "Nothing of this text is live" in page
        assert "<ins>Ring us.</ins>" in page


def test_two_editions_are_compared_text_by_text(author_desk: Desk) -> None:
    gone, stays = published("Gone", "Old."), published("Stays", "Press one.")
    snippet("fact", "text", "ten")
    publish_texts(
        write_approved("Stays", "Press two.", article=stays),
        write_approved("Comes", "New: {{ fact }}."),
    )
    publish(items=[Retirement(gone)], actor=system_user())

    page = marked(author_desk.open("channels_compare_editions", query="?from=2&to=4"))

    assert "Texts: 1 added, 1 changed, 1 removed." in page
    assert page.index(">Gone</a>") < page.index(">Stays</a>") < page.index(">Comes</a>")
    assert "<ins>ten</ins>" in page
    back = marked(author_desk.open("channels_compare_editions", query="?from=4&to=2"))
    assert "Texts: 1 added, 1 changed, 1 removed." in back
    assert "<del>ten</del>" in back


def test_what_is_told_the_same_again_after_going_back_is_no_difference(author_desk: Desk) -> None:
    article = published("Stays", "Press one.")
    publish_texts(write_approved("Stays", "Press two.", article=article))
    go_back(number=1, actor=system_user())

    page = marked(author_desk.open("channels_compare_editions", query="?from=1&to=3"))

    assert "Texts: 0 added, 0 changed, 0 removed." in page


@pytest.mark.parametrize(
    ("title", "marks"),
    [
        ("Gone", ["<del>Old.</del>", "Nothing any more"]),
        ("Stays", ["Press <del>one</del>.", "Press <ins>two</ins>."]),
        ("Comes", ["<ins>New.</ins>", "Nothing yet"]),
    ],
)
def test_each_text_of_two_editions_opens_what_differs_in_it(
    author_desk: Desk, title: str, marks: list[str]
) -> None:
    gone, stays = published("Gone", "Old."), published("Stays", "Press one.")
    comes = write_approved("Comes", "New.")
    publish_texts(write_approved("Stays", "Press two.", article=stays), comes)
    publish(items=[Retirement(gone)], actor=system_user())
    listed = marked(author_desk.open("channels_compare_editions", query="?from=2&to=4"))
    found = re.search(rf'href="([^"]+)">{title}</a>', listed)
    assert found is not None

    for view in ("", "&view=rendered"):
        page = marked(author_desk.open("channels_compare_editions", query=found[1] + view))
        for mark in marks:
            assert mark in page


def test_an_edition_leads_to_its_comparisons(author_desk: Desk) -> None:
    article = published("Stays", "Press one.")
    for word in ("two", "three"):
        publish_texts(write_approved("Stays", f"Press {word}.", article=article))

    page = author_desk.open("channels_edition_change", 2).content.decode()

    for query, after in (("?from=1&amp;to=2", "two"), ("?from=2", "three")):
        assert f'/admin/channels/edition/compare/{query}"' in page
        query += f"&article={article.public_id}&locale=en"
        compared = marked(
            author_desk.open("channels_compare_editions", query=query.replace("&amp;", "&"))
        )
        assert f"<ins>{after}</ins>" in compared


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?from=7",
        "?from=x",
        "?to=" + "9" * 30,
        "?from=1&to=1&article=nothing",
        "?article=%00&locale=%00",
        "?from=%00",
    ],
)
def test_editions_that_never_were_cannot_be_compared(author_desk: Desk, query: str) -> None:
    if query:
        published()

    assert author_desk.open("channels_compare_editions", query=query).status_code == 404


def test_only_who_writes_compares(author_desk: Desk, agent: object) -> None:
    article = published()
    pages = [
        ("articles_compare", article.pk),
        ("channels_compare_live", article.texts.get().pk),
        ("channels_compare_editions",),
    ]
    agent.is_staff = True  # type: ignore[attr-defined]
    agent.save()  # type: ignore[attr-defined]
    client = Client()
    client.force_login(agent)  # type: ignore[arg-type]

    for page, *args in pages:
        assert author_desk.open(page, *args).status_code == 200
        assert Desk(client, agent).open(page, *args).status_code == 403  # type: ignore[arg-type]


def test_a_comparison_costs_as_many_statements_however_much_differs(author_desk: Desk) -> None:
    for number in range(12):
        snippet(f"fact.n{number}", "text", f"Fact {number}")
    one = published("One", "Press one. {{ fact.n0 }}")
    write("One", "Press two. {{ fact.n1 }}", article=one)
    facts = " ".join(f"{{{{ fact.n{number} }}}}" for number in range(12))
    many = write_approved("Many", f"Press one.\n\n{facts}", questions=["What?"])
    others = [write_approved(f"Other {number}") for number in range(12)]
    publish_texts(many, *others)
    publish_texts(write_approved("Last"))
    for number in range(12):
        write("Many", f"Press {number}.\n\n{facts}", article=many.text.article)

    def statements(page: str, *args: object, query: str) -> int:
        with CaptureQueriesContext(connection) as context:
            assert author_desk.open(page, *args, query=query).status_code == 200
        return len(context)

    for view in ("", "&view=rendered"):
        for page, few, more in (
            ("articles_compare", one.pk, many.text.article_id),
            ("channels_compare_live", one.texts.get().pk, many.text_id),
        ):
            assert (
                statements(page, few, query=f"?x{view}")
                == statements(page, more, query=f"?x{view}")
                <= 25
            )
    editions = statements("channels_compare_editions", query="?from=1&to=2")
    assert editions == statements("channels_compare_editions", query="?from=2&to=3") <= 25


def test_more_lines_than_a_page_shows_are_counted() -> None:
    lines = compare("", "".join(f"Line {number}.\n" for number in range(MOST_LINES + 5)))

    assert len(lines) == MOST_LINES + 1
    assert (lines[-1].skipped, lines[-1].beyond) == (5, True)
