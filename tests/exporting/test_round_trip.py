"""What was exported and imported into an empty hub says the same, to the byte."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from articles.document.text import clean_line, clean_text
from articles.exported_form import with_files, with_names
from articles.exporting.pages import page
from articles.importing.files import SourceFile
from articles.importing.own_pages import read_any_page
from articles.models import Article, ArticleText, Attachment, Revision, Snippet, Topic
from articles.operations.attachments import store_attachment
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from articles.operations.writing import update_article
from tests.building import publish_texts, published, snippet, write, write_approved
from tests.conftest import person
from tests.exporting.folder import digests, empty_hub, export, files, load
from tests.uploading import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "export"


def picture() -> Attachment:
    stream = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(stream, "PNG")
    return store_attachment(
        actor=system_user(), content=stream.getvalue(), original_name="Routes in red.png"
    )


@pytest.fixture
def hub() -> Article:
    """A hub with something of everything; returns an article in two locales."""
    actor = system_user()
    travel = save_topic(actor=actor, slug="travel", names={"en": "Travel", "zh-hans": "旅行"})
    roaming = save_topic(actor=actor, slug="roaming", names={"en": "Roaming"}, parent=travel)
    snippet("price.day", "money", {"amount": "5.00", "currency": "GBP"})
    snippet("note", "text", {"en": "Only **abroad**.", "zh-hans": "仅限**国外**。"})
    red = picture()
    prices = store_attachment(actor=actor, content=pdf(), original_name="Prices.pdf")
    target = published("Target")
    body = (
        f"# Roaming\n\n{{{{ price.day }}}} a day. {{{{ note }}}}\n\n"
        f"![A red \\* map](media:{red.name})\n\n"
        f"[More](article:{target.public_id}) and `media:{red.name}`.\n\n"
        f"[The prices](media:{prices.name})\n\n"
        "## Steps {#not-an-anchor}\n\n1. Open `{{ it }}`.\n2. Read.\n\n"
        '::: note "Mind"\nCosts.\n:::\n'
    )
    revision = write_approved(
        "Roaming",
        body,
        topic=roaming,
        kind="sales",
        summary="What “it” costs: #1",
        questions=["How much?", "- or: *else*?", "How much?"],
        slug="roaming-abroad",
    )
    article = revision.text.article
    chinese = write_approved("漫游", "每天 {{ price.day }}。\n", article=article, locale="zh-hans")
    update_article(
        actor=actor,
        article=article,
        kind="sales",
        topic=roaming,
        audience="public",
        owner=person("ada", "author"),
        tags=["yes", "a: b"],
        products=["Tide 5: Pro", "no", "OL-KT310, blue"],
        review_by=revision.created_at.date(),
        based_on=1,
    )
    publish_texts(revision, chinese)
    write("Roaming", body, article=article, slug="roaming-now")
    renamed = write_approved("Roaming", body + "\nNow.\n", article=article)
    publish_texts(renamed)
    return article


def test_a_picture_in_a_snippet_comes_along(folder: Path) -> None:
    red = picture()
    snippet("map", "text", {"en": f"![A red map](media:{red.name})"})
    published("Roaming", "{{ map }}")
    before = digests()
    export(folder)
    empty_hub()
    shutil.rmtree(settings.MEDIA_ROOT)

    load(folder, "--publish")

    assert digests() == before
    assert Attachment.objects.get().name == red.name


def test_values_by_region_and_the_texts_that_name_them_come_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "REGIONS", {"tw": {"en": "Taiwan"}})
    value = {"everywhere": "30 days", "regions": {"tw": {"en": "7 days"}}}
    snippet("returns", "text", value)
    published("Returns", "Within {{ returns@tw }}, or {{ returns }}.")
    before = digests()
    export(folder)
    empty_hub()

    load(folder, "--publish")

    assert digests() == before
    assert Snippet.objects.get(key="returns").head.value == value
    assert "{{ returns@tw }}" in Revision.objects.get().body


def test_an_empty_hub_tells_the_same_after_export_and_import(hub: Article, folder: Path) -> None:
    write("A draft", "Not yet.")
    write("Roaming soon", "Another text.", article=hub, locale="en")
    before = digests()
    said = export(folder)
    assert "4 pages of 3 articles, 2 attachments, 2 snippets, 2 topics" in said
    first = files(folder)
    empty_hub()
    shutil.rmtree(settings.MEDIA_ROOT)
    assert not Article.objects.exists()

    load(folder, "--publish")

    assert digests() == before
    article = Article.objects.get(public_id=hub.public_id)
    assert (article.kind, article.audience, article.tags) == ("sales", "public", ["yes", "a: b"])
    assert article.products == ["Tide 5: Pro", "no", "OL-KT310, blue"]
    assert article.topic == Topic.objects.get(slug="roaming")
    assert Topic.objects.get_parent(article.topic).slug == "travel"
    assert article.owner is not None
    assert article.owner.username == "ada"
    assert article.review_by == hub.created_at.date()
    text = ArticleText.objects.get(article=article, locale="en")
    assert text.slug == "roaming-now"
    assert [old.address for old in text.former_addresses.all()] == ["roaming-abroad"]
    names = Attachment.objects.values_list("original_name", flat=True)
    assert set(names) == {"Routes in red.png", "Prices.pdf"}
    assert ArticleText.objects.get(slug="a-draft").state == "draft"
    export(folder)
    again = files(folder)
    assert {path: again[path] for path in again if path != "knowledge.json"} == {
        path: first[path] for path in first if path != "knowledge.json"
    }
    assert load(folder, "--publish").strip().endswith("Nothing to publish.")


def test_everything_with_its_history_is_in_the_json(hub: Article, folder: Path) -> None:
    export(folder)
    told = json.loads((folder / "knowledge.json").read_text())
    assert (told["format"], told["version"]) == ("knowledge-hub-export", 1)
    assert [topic["slug"] for topic in told["topics"]] == ["travel", "roaming"]
    assert [item["key"] for item in told["snippets"]] == ["note", "price.day"]
    assert told["snippets"][1]["live"] == 1
    article = next(row for row in told["articles"] if row["id"] == hub.public_id)
    english = article["texts"][0]
    assert [row["number"] for row in english["revisions"]] == [1, 2, 3]
    assert english["live"] == english["revisions"][-1]["number"]
    steps = [step["action"] for row in english["revisions"] for step in row["review"]]
    assert steps == ["submit", "approve"] * 2
    assert sum(len(row["texts"]) for row in told["articles"]) == ArticleText.objects.count()


def test_readers_keep_what_they_had_when_a_newer_draft_is_exported(folder: Path) -> None:
    article = published("Live", "Told.")
    write("Draft", "Not told.", article=article)
    path = folder / "articles" / "en" / f"{article.public_id}.md"
    export(folder)
    assert "Told." in path.read_text()
    assert "draft" not in path.read_text()
    export(folder, "--newest")
    assert "Not told." in path.read_text()
    assert 'draft: "true"' in path.read_text()


def test_live_alone_and_one_locale_alone(hub: Article, folder: Path) -> None:
    write("A draft", "Not yet.")
    export(folder, "--live")
    assert not any(
        "Not yet." in content.decode(errors="ignore") for content in files(folder).values()
    )
    export(folder, "--locale", "zh-hans")
    pages = [path for path in files(folder) if path.endswith(".md")]
    assert pages == [f"articles/zh-hans/{hub.public_id}.md"]


def test_what_the_hub_says_otherwise_stays_unless_it_is_overwritten(folder: Path) -> None:
    snippet("name", "text", "Tidewave")
    export(folder)
    snippet("name", "text", "Newer")
    save_topic(actor=system_user(), slug="travel", names={"en": "Here"})
    assert "has another value here, which stays" in load(folder)
    assert Snippet.objects.get().head.value == "Newer"  # type: ignore[union-attr]
    load(folder, "--overwrite", "--publish")
    assert Snippet.objects.get().approved.value == "Tidewave"  # type: ignore[union-attr]


def test_a_dry_run_writes_nothing(hub: Article, folder: Path) -> None:
    export(folder)
    empty_hub()
    assert "Nothing was written" in load(folder, "--dry-run")
    assert not Topic.objects.exists()
    assert not Snippet.objects.exists()
    assert not Article.objects.exists()


def test_owners_that_the_hub_does_not_know_are_named(folder: Path) -> None:
    article = published("Plans")
    update_article(
        actor=system_user(),
        article=article,
        kind="support",
        topic=None,
        audience="public",
        owner=person("olga", "author"),
        based_on=1,
    )
    export(folder)
    empty_hub()
    User.objects.filter(username="olga").delete()
    assert "nobody called “olga”" in load(folder)
    assert Article.objects.get().owner is None


LINES = (
    st.text(max_size=60).map(clean_line).filter(lambda line: line.lower() not in ("", "~", "null"))
)


@given(
    title=LINES,
    summary=st.one_of(st.just(""), LINES),
    questions=st.lists(LINES, max_size=4),
    body=st.text(max_size=300),
)
@hypothesis_settings(max_examples=60, deadline=None, database=None)
def test_every_text_is_read_back_as_it_was(
    title: str, summary: str, questions: list[str], body: str
) -> None:
    body = clean_text(body).strip("\n") + "\n"
    article = Article(public_id="roaming-abroad", kind="support", tags=questions)
    text = ArticleText(article=article, locale="en", slug="roaming")
    revision = Revision(title=title, summary=summary, questions=questions, body=body)
    written = clean_text(page(text, revision, addresses=["old", "/old/path"], draft=True))
    file = SourceFile("articles/en/roaming-abroad.md", written, "0" * 64, False)
    read = read_any_page(file, default_locale=None)
    assert (read.title, read.summary, list(read.questions)) == (title, summary, questions)
    assert clean_text(with_names(read.body)).strip("\n") + "\n" == body
    assert read.addresses == ("/old/path", "old")
    assert read.draft


def test_attachments_are_written_as_files_and_read_as_names() -> None:
    name = "a" * 64 + ".png"
    body = f"![x](media:{name}) media:{name}_ media:short.png\n"
    assert with_files(body) == f"![x](../../attachments/{name}) media:{name}_ media:short.png\n"
    assert with_names(with_files(body)) == body
