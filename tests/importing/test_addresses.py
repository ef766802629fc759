"""Slugs: those that files say are kept apart, those that only paths give never clash."""

from __future__ import annotations

import pytest

from articles.models import ArticleText, FormerAddress
from tests.importing.folder import Folder, article, head, text_at

pytestmark = pytest.mark.django_db


def slugs() -> dict[str, str]:
    texts = ArticleText.objects.values_list("article__source", "slug")
    return {source.partition(":")[2]: slug for source, slug in texts if source}


def test_files_of_one_name_are_told_apart_by_their_folders(folder: Folder) -> None:
    for path in ("install", "a/install", "b/install", "b/c/install", "x/y/index", "z/y/index"):
        folder.write(f"{path}.md", title=path)
    assert "6 created" in folder.load().counts
    assert slugs() == {
        "install": "install",
        "a/install": "a-install",
        "b/install": "b-install",
        "b/c/install": "c-install",
        "x/y/index": "y",
        "z/y/index": "z-y",
    }
    assert "6 unchanged" in folder.load().counts


def test_an_added_file_does_not_take_the_address_of_one_that_is_there(folder: Folder) -> None:
    folder.write("b/install.md", title="B")
    folder.load("--publish")
    folder.write("a/install.md", title="A")
    folder.write("install.md", title="Top")
    assert "2 created" in folder.load("--publish").counts
    assert slugs() == {"b/install": "install", "a/install": "a-install", "install": "install-2"}


def test_two_sites_may_have_files_of_one_name(folder: Folder) -> None:
    folder.write("guide/roaming.md", title="Roaming")
    folder.load(collection="one")
    assert "1 created" in folder.load(collection="two").counts
    assert set(ArticleText.objects.values_list("slug", flat=True)) == {"roaming", "guide-roaming"}


def test_a_slug_that_a_file_says_comes_before_one_of_a_path(folder: Folder) -> None:
    folder.write("a/install.md", title="A")
    folder.write("b.md", title="B", slug="install")
    folder.load()
    assert slugs() == {"a/install": "a-install", "b": "install"}


def test_a_slug_with_slashes_is_an_address_of_the_site(folder: Folder) -> None:
    folder.write("guides/x.md", title="X", slug="/learn/deep")
    folder.write("other/z.md", title="Z", slug="/teach/deep")
    folder.write("home.md", title="Home", slug="/")
    folder.write("y.md", "[go](/learn/deep) [too](/teach/deep)\n", title="Y")
    said = folder.load()
    assert slugs() == {
        "guides/x": "deep",
        "other/z": "teach-deep",
        "home": "home",
        "y": "y",
    }
    assert FormerAddress.objects.get(address="/learn/deep").text == text_at("deep")
    deep, other = article("deep").public_id, article("teach-deep").public_id
    assert head("y").body == f"[go](article:{deep}) [too](article:{other})\n"
    assert "0 warnings" in said.counts


def test_a_generators_id_is_a_name_in_its_folder(folder: Folder) -> None:
    folder.write("guide/01-intro.md", title="Guide", id="intro")
    folder.write("api/intro.md", title="Api", id="intro")
    folder.write(
        "c.md", "[guide](guide/intro) [me](getting_started)\n", title="C", id="getting_started"
    )
    said = folder.load()
    assert "3 created" in said.counts
    assert slugs() == {
        "api/intro": "intro",
        "guide/01-intro": "guide-intro",
        "c": "getting_started",
    }
    guide, me = article("guide-intro").public_id, article("getting_started").public_id
    assert head("getting_started").body == f"[guide](article:{guide}) [me](article:{me})\n"
    assert "0 refused" in folder.load(collection="another").counts


def test_an_id_that_this_hub_made_is_the_articles(folder: Folder) -> None:
    folder.write("a.md", title="A", id="bcdfghjkmnpq")
    folder.write("b.md", title="B", article_id="the-b", id="b")
    folder.load()
    assert article("a").public_id == "bcdfghjkmnpq"
    assert article("b").public_id == "the-b"


def test_a_slug_that_a_file_says_stays_when_it_is_moved(folder: Folder) -> None:
    folder.write("install.md", title="A", slug="install")
    folder.write("___.md", title="B", slug="b")
    folder.load()
    (folder.root / "install.md").rename(folder.root / "setup.md")
    (folder.root / "___.md").rename(folder.root / "--.md")
    folder.load()
    assert slugs() == {"setup": "install", "--": "b"}


def test_a_title_is_no_path(folder: Folder) -> None:
    folder.write("index.md", title="A/B tests")
    folder.load()
    assert slugs() == {"index": "ab-tests"}
