"""What a file says of its article: title, address, topic, kind, audience, locale."""

from __future__ import annotations

import pytest

from articles.models import Article, ArticleText, FormerAddress, Topic
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from tests.importing.folder import Folder, article, head, text_at

pytestmark = pytest.mark.django_db


def test_the_fields_of_a_front_matter_become_the_articles(folder: Folder) -> None:
    folder.write(
        "plans.md",
        title="Plans",
        description="All our plans.",
        questions="['What do plans cost?', 'Which plan fits?']",
        kind="sales",
        audience="partner",
        tags="[plan, price]",
        products="['Plan S', 'OL-KT310, blue']",
        topic="billing",
    )
    folder.load()
    revision, found = head("plans"), article("plans")
    assert (revision.title, revision.summary) == ("Plans", "All our plans.")
    assert revision.questions == ["What do plans cost?", "Which plan fits?"]
    assert (found.kind, found.audience, found.tags) == ("sales", "partner", ["plan", "price"])
    assert found.products == ["Plan S", "OL-KT310, blue"]
    assert found.topic is not None
    assert found.topic.slug == "billing"


def test_products_are_those_of_the_file_and_stay_where_it_names_none(folder: Folder) -> None:
    folder.write("a.md", title="A", products="[Tide 5]")
    folder.load()
    folder.write("a.md", "Anew.\n", title="A")
    folder.load()
    assert article("a").products == ["Tide 5"]
    folder.write("a.md", "Anew.\n", title="A", products="[]")
    folder.load()
    assert article("a").products == []
    folder.write("a.md", title="A", products=f"[{'x' * 61}]")
    assert "a.md:3: At most 20 products of 60 characters." in folder.load().err


def test_a_first_heading_is_the_title_and_not_said_twice(folder: Folder) -> None:
    folder.raw("atx.md", b"# The `plan` of [us](x.md)\n\nWords.\n")
    folder.raw("setext.md", b"A plan\n======\n\nWords.\n")
    folder.write("both.md", "# Both\n\nWords.\n", title="Both")
    folder.write("other.md", "# Another\n\nWords.\n", title="Other")
    folder.raw("code.md", b"```\n# not a heading\n```\n\n# Code\n")
    folder.raw("named.md", b'# <a name="q"></a>Q title {#own}\n')
    folder.load()
    assert head("named").title == "Q title"
    assert (head("atx").title, head("atx").body) == ("The plan of us", "Words.\n")
    assert (head("setext").title, head("setext").body) == ("A plan", "Words.\n")
    assert head("both").body == "Words.\n"
    assert head("other").body == "# Another\n\nWords.\n"
    assert head("code").title == "Code"


def test_addresses_come_from_slug_permalink_folder_or_file(folder: Folder) -> None:
    folder.write("a.md", title="A", slug="Own Slug")
    folder.write("b.md", title="B", permalink="/help/the-b/")
    folder.write("c/index.md", title="C")
    folder.write("d.md", title="D", permalink="/:year/:title/")
    folder.raw("README.md", b"# Start here\n")
    folder.write("手机.md", title="E")
    folder.load()
    slugs = set(ArticleText.objects.values_list("slug", flat=True))
    assert slugs == {"own-slug", "the-b", "c", "d", "start-here", "手机"}


def test_old_addresses_of_the_site_lead_to_the_article(folder: Folder) -> None:
    folder.write(
        "help/a.md",
        title="A",
        aliases="[/old/a/, b.html, 'https://example.com/far?x=1']",
        redirect_from="/older",
        url="/help/a-page/",
    )
    folder.load()
    found = FormerAddress.objects.filter(text=text_at("a-page")).values_list("address", flat=True)
    assert set(found) == {"/old/a", "/help/b.html", "/far", "/older", "/help/a-page"}


def test_two_files_that_claim_one_old_address_do_not_take_it_from_each_other(
    folder: Folder,
) -> None:
    folder.write("a.md", title="A", aliases="[/old]")
    folder.write("b.md", title="B", aliases="[/old]")
    assert "b.md:3: The old address /old already leads to a.md" in folder.load().out
    assert "0 changed" in folder.load().counts
    assert FormerAddress.objects.get().text == text_at("a")


def test_the_locale_is_said_by_field_folder_or_suffix(folder: Folder) -> None:
    folder.write("a.md", title="A")
    folder.write("zh-tw/b.md", title="B")
    folder.write("docs/zh-CN/c.md", title="C")
    folder.write("d.zh-hant.md", title="D")
    folder.write("zh-tw/e.md", title="E", lang="zh_CN")
    folder.load()
    assert dict(ArticleText.objects.values_list("slug", "locale")) == {
        "a": "en",
        "b": "zh-hant",
        "c": "zh-hans",
        "d": "zh-hant",
        "e": "zh-hans",
    }


def test_the_locale_option_is_for_files_that_name_none(folder: Folder) -> None:
    folder.write("a.md", title="甲")
    folder.write("en/b.md", title="B")
    folder.load(locale="zh-TW")
    assert text_at("a", "zh-hant").head
    assert text_at("b", "en").head


def test_the_same_path_in_several_locales_is_one_article(folder: Folder) -> None:
    folder.write("en/help/a.md", title="A")
    folder.write("zh-hans/help/a.md", title="甲")
    folder.write("help/a.zh-hant.md", title="甲")
    folder.write("en/far.md", title="Far", article_id="far-away")
    folder.write("zh-hans/yuan.md", title="远", article_id="far-away")
    folder.load()
    assert Article.objects.count() == 2
    assert {text.locale for text in article("a").texts.all()} == {"en", "zh-hans", "zh-hant"}
    assert {text.locale for text in article("far").texts.all()} == {"en", "zh-hans"}
    assert article("far").public_id == "far-away"


def test_the_kind_is_said_by_field_folder_or_option(folder: Folder) -> None:
    folder.write("product/a.md", title="A")
    folder.write("product/b.md", title="B", kind="support")
    folder.write("c.md", title="C")
    folder.load(kind="sales")
    assert [article(slug).kind for slug in "abc"] == ["product", "support", "sales"]


def test_a_site_is_public_unless_a_file_or_the_option_says_otherwise(folder: Folder) -> None:
    folder.write("a.md", title="A")
    said = folder.load()
    assert article("a").audience == "public"
    assert "for: public" in said.out
    folder.write("b.md", title="B")
    folder.write("c.md", title="C", audience="customer")
    folder.load(audience="agent")
    assert [article(slug).audience for slug in "abc"] == ["public", "agent", "customer"]


def test_an_article_is_for_the_narrowest_audience_that_any_of_its_files_names(
    folder: Folder,
) -> None:
    folder.write("en/a.md", title="A", audience="public")
    folder.write("zh-hans/a.md", title="甲", audience="agent")
    said = folder.load()
    assert article("a").audience == "agent"
    assert "en/a.md:3: The article has the audience “agent”, not “public”" in said.out


def test_topics_come_from_a_field_a_tag_or_the_first_folder(folder: Folder) -> None:
    save_topic(actor=system_user(), slug="phones", names={"en": "Our phones"})
    folder.write("using-npm/a.md", title="A", tags="[x, Phones]")
    folder.write("using-npm/b.md", title="B")
    folder.write("zh-hans/using-npm/b.md", title="乙")
    folder.write("using-npm/c.md", title="C", topic="New things")
    folder.write("d.md", title="D")
    folder.load()
    topics = [found.topic for found in map(article, "abcd")]
    assert [topic.slug if topic else None for topic in topics] == [
        "phones",
        "using-npm",
        "new-things",
        None,
    ]
    names = Topic.objects.get(slug="using-npm").names.values_list("locale", "name")
    assert ("en", "Using npm") in set(names)
    assert Topic.objects.get(slug="phones").names.get().name == "Our phones"


def test_no_topic_is_made_where_none_shall_be(folder: Folder) -> None:
    save_topic(actor=system_user(), slug="rest", names={"en": "The rest"})
    folder.write("using/a.md", title="A", topic="unknown")
    folder.write("using/b.md", title="B")
    folder.load("--no-create-topics", topic="rest")
    assert Topic.objects.count() == 1
    assert article("a").topic is None
    assert article("b").topic == Topic.objects.get()


def test_a_text_in_another_language_is_refused_by_name(folder: Folder) -> None:
    folder.write("en/h.md", title="Hello")
    folder.write("de/h.md", title="Hallo Welt")
    folder.write("b.fr.md", title="Bonjour")
    said = folder.load("--publish")
    for path in ("de/h.md", "b.fr.md"):
        assert f"refused {path}: is in another language than the hub's, by its path" in said.err
    assert "1 created" in said.counts


def test_a_folder_that_is_called_like_a_language_may_be_none(folder: Folder) -> None:
    folder.write("hr/a.md", title="A", locale="en")
    folder.load()
    folder.write("hr/b.md", title="B")
    assert folder.load().failed
    assert not folder.load(locale="en").failed
    assert {text.article.source for text in ArticleText.objects.filter(locale="en")} == {
        "handbook:hr/a",
        "handbook:hr/b",
    }


def test_a_topic_may_be_named_in_any_letters(folder: Folder) -> None:
    save_topic(actor=system_user(), slug="plans", names={"en": "Plans", "zh-hans": "资费"})
    folder.write("a.md", title="甲", lang="zh-CN", topic="资费")
    folder.write("b.md", title="乙", lang="zh-CN", topic="漫游")
    folder.write("c.md", title="丙", lang="zh-CN", topic="漫游")
    folder.write("d.md", title="丁", lang="zh-CN", tags="[新, 漫游]")
    folder.write("手机/e.md", title="戊", lang="zh-CN")
    folder.write("f.md", title="己", lang="zh-CN", topic="iPhone 维修")
    folder.write("g.md", title="G", topic="iPhone")
    folder.load()

    def topic(slug: str, locale: str = "zh-hans") -> Topic:
        found = text_at(slug, locale).article.topic
        assert found is not None
        return found

    assert topic("a").slug == "plans"
    assert topic("b") == topic("c") == topic("d")
    assert dict(topic("b").names.values_list("locale", "name")) == {"zh-hans": "漫游"}
    assert topic("b").slug.isascii()
    assert topic("e").names.get().name == "手机"
    assert topic("f") != topic("g", "en")
    assert topic("g", "en").slug == "iphone"
