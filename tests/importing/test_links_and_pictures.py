"""Links lead to articles, pictures come along, and what has no place here keeps its words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings

from articles.models import Attachment
from articles.operations.attachments import attachment_path
from tests.building import snippet
from tests.importing.folder import Folder, article, head
from tests.uploading import pdf

pytestmark = pytest.mark.django_db


def by_target(targets: Iterable[str], slug: str) -> dict[str, str]:
    """Return what became of each line of an article, by the target that stood in it."""
    return dict(zip(targets, head(slug).body.splitlines(), strict=True))


def test_a_link_between_files_leads_to_the_article(folder: Folder) -> None:
    targets = [
        "../commands/install.md",
        "../commands/install",
        "/commands/install",
        "/commands/install/",
        "/commands/install.html",
        "/en/commands/install/",
        "/help/install",
        "/very/old",
        "<../commands/install.md>",
        "../commands/install.md 'A title'",
        "commands/install.md",
    ]
    folder.write("commands/install.md", title="Install", url="/help/install/", aliases="/very/old")
    body = "".join(f"See [*installing*]({target}).\n" for target in targets)
    folder.write("guides/start.md", body, title="Start")
    said = folder.load()
    link = f"See [*installing*](article:{article('install').public_id})."
    assert by_target(targets, "start") == dict.fromkeys(targets, link)
    assert "0 warnings" in said.counts


def test_links_by_reference_lead_there_too(folder: Folder) -> None:
    folder.write(
        "a.md", "[one][b] [b][] [B] [web]\n\n[b]: b.md\n[web]: https://x.example/\n", title="A"
    )
    folder.write("b.md", title="B")
    folder.load()
    target = f"(article:{article('b').public_id})"
    assert head("a").body.startswith(f"[one]{target} [b]{target} [B]{target} [web]\n")


def test_a_link_leads_to_the_text_of_its_own_folder_first(folder: Folder) -> None:
    folder.write("a/index.md", title="A", slug="a")
    folder.write("b/index.md", title="B", slug="b")
    folder.write("b/page.md", "[here](index.md) [there](../a/) [page](./page)\n", title="Page")
    folder.load()
    a, b, page = (article(slug).public_id for slug in ("a", "b", "page"))
    assert head("page").body == f"[here](article:{b}) [there](article:{a}) [page](article:{page})\n"


def test_a_link_to_a_heading_keeps_it_where_there_is_one(folder: Folder) -> None:
    folder.write(
        "config.md",
        "## `workspace`\n\nA.\n\n## My way {#own}\n\n### <a name='old'></a>Old\n\nB.\n",
        title="Config",
    )
    folder.write(
        "a.md",
        "[a](config.md#workspace) [b](/config#own) [c](config#old) [d](config#none) [e](#none)\n"
        "[f](#Here)\n\n## Here\n",
        title="A",
    )
    said = folder.load("--publish")
    to = f"article:{article('config').public_id}"
    assert head("a").body == (
        f"[a]({to}#workspace) [b]({to}#my-way) [c]({to}#old) [d]({to}) e\n[f](#here)\n\n## Here\n"
    )
    assert "## My way\n\n### Old\n" in head("config").body
    assert "a.md:4: “config#none” is no heading there" in said.out
    assert "a.md:4: There is no heading for “#none”" in said.out
    assert not said.failed


def test_a_link_to_nothing_here_keeps_its_words_and_warns(folder: Folder) -> None:
    folder.write(
        "a.md", "[gone](b.md) [*file*](x.pdf) [bad](javascript:alert(1)) []()\n", title="A"
    )
    said = folder.load("--publish")
    assert head("a").body == "gone *file* bad \n"
    assert "a.md:4: “b.md” is no page of this folder" in said.out
    assert "a.md:4: A link can't lead to “javascript:alert(1)”" in said.out
    assert "4 warnings. 1 published in edition 1." in said.counts


def test_links_out_and_code_stay_as_they_are(folder: Folder) -> None:
    body = (
        "[web](https://x.example/a.md) [mail](mailto:a@b.example) <https://x.example/b.md>\n\n"
        "`[a](b.md)` and `![a](b.png)`\n\n```\n[a](b.md) {{ no.snippet }}\n```\n\n"
        "    [a](b.md)\n"
    )
    folder.write("a.md", body, title="A")
    folder.write("b.md", title="B")
    said = folder.load("--publish")
    assert head("a").body == body
    assert "0 warnings" in said.counts


def test_a_link_to_a_draft_or_a_bad_file_does_not_keep_the_others_back(folder: Folder) -> None:
    folder.write("a.md", "[one](draft.md) [two](bad.md) [three](part.md)\n", title="A")
    folder.write("draft.md", title="Draft", draft="true")
    folder.raw("bad.md", b"---\nno: [\n---\n")
    folder.write("part.md", "::: nothing\nWords\n:::\n", title="Part")
    said = folder.load("--publish")
    assert head("a").body == "one two three\n"
    assert "“draft.md” will not be published" in said.out
    assert "refused part.md:4: cannot be published: There is no part “nothing”" in said.err
    assert "1 published" in said.counts

    folder.write("draft.md", title="Draft")
    folder.write("bad.md", title="Bad")
    folder.write("part.md", title="Part")
    folder.load("--publish")
    assert head("a").body.count("](article:") == 3


def test_pictures_come_along_once(folder: Folder) -> None:
    folder.picture("img/tray.png")
    folder.picture("static/logo.png", "blue")
    folder.write(
        "guides/a.md", "![The tray](../img/tray.png 'x')\n\n![Logo](/logo.png)\n", title="A"
    )
    folder.write("guides/b.md", '<img src="../img/tray.png" alt="Tray">\n', title="B")
    folder.load("--publish")
    names = {name: found for found, name in Attachment.objects.values_list("name", "original_name")}
    assert set(names) == {"tray.png", "logo.png"}
    tray, logo = names["tray.png"], names["logo.png"]
    assert head("a").body == f"![The tray](media:{tray})\n\n![Logo](media:{logo})\n"
    assert head("b").body == f"![Tray](media:{tray})\n"
    assert attachment_path(tray).read_bytes() == (folder.root / "img/tray.png").read_bytes()


def test_a_linked_pdf_comes_along(folder: Folder) -> None:
    folder.raw("files/prices.pdf", pdf())
    folder.raw("files/evil.pdf", b"MZ")
    folder.picture("files/tray.pdf")
    body = "[Prices](../files/prices.pdf) [](/files/prices.pdf) [Bad](../files/evil.pdf) "
    folder.write("guides/a.md", body + "[No](none.pdf) [Tray](../files/tray.pdf)\n", title="A")
    said = folder.load("--publish")
    (name,) = Attachment.objects.values_list("name", flat=True)
    link = f"(media:{name})"
    assert head("a").body == f"[Prices]{link} [prices.pdf]{link} Bad No Tray\n"
    assert "“../files/evil.pdf” cannot be taken: evil.pdf is a program" in said.out
    assert "“none.pdf” is not in the folder: the link is left out, its words stay." in said.out
    assert not said.failed


def test_a_picture_without_words_gets_its_title_or_its_files_name(folder: Folder) -> None:
    folder.picture("sim-tray.png")
    folder.write("a.md", "![](sim-tray.png 'The tray') ![](sim-tray.png)\n", title="A")
    said = folder.load("--publish")
    assert head("a").body.startswith("![The tray](media:")
    assert "![sim tray](media:" in head("a").body
    assert "it is called “sim tray”" in said.out
    assert not said.failed


def test_a_picture_that_is_not_here_is_told_by_its_words(folder: Folder, tmp_path: Path) -> None:
    secret = Folder(tmp_path).picture("secret.png")
    (folder.root / "linked.png").symlink_to(secret)
    folder.write(
        "a.md",
        "![far](https://x.example/a.png) ![gone](b.png) ![up](../secret.png) ![in](linked.png)\n"
        "[![badge](https://x.example/b.svg)](https://x.example/)\n",
        title="A",
    )
    said = folder.load("--publish")
    assert head("a").body == "far gone up in\n[badge](<https://x.example/>)\n"
    assert "5 warnings. 1 published" in said.counts
    assert not Attachment.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob(f"*{secret.name}"))


def test_only_snippets_that_exist_are_snippets(folder: Folder) -> None:
    snippet("price.s", "text", "10")
    folder.write("a.md", "{{ price.s }} {{ site.title }} {% raw %}\n", title="A")
    said = folder.load("--publish")
    assert head("a").body == "{{ price.s }} \\{{ site.title }} {% raw %}\n"
    assert "There is no snippet “site.title”" in said.out
    assert not said.failed


def test_raw_html_is_counted(folder: Folder) -> None:
    folder.write("a.md", "Words<br>and <b>more</b>\n<!-- said\nto nobody -->\n", title="A")
    assert "a.md:4: Raw HTML is shown as the text it is (3 tags)" in folder.load("--publish").out


def test_callouts_of_other_generators_become_ours(folder: Folder) -> None:
    folder.write(
        "a.md",
        ":::info\nOne\n:::\n\n:::caution[Hot]\nTwo\n:::\n\n::: tip Title\nThree\n:::\n\n"
        "```\n:::info\n```\n",
        title="A",
    )
    said = folder.load("--publish")
    assert head("a").body.startswith(':::note\nOne\n:::\n\n:::warning "Hot"\nTwo\n')
    assert "```\n:::info\n```" in head("a").body
    assert not said.failed


def test_a_foldable_part_is_a_note(folder: Folder) -> None:
    folder.write("a.md", "::: details Click me\nHidden\n:::\n", title="A")
    assert not folder.load("--publish").failed
    assert head("a").body == "::: note Click me\nHidden\n:::\n"


def test_a_link_that_a_template_writes_leads_to_the_article(folder: Folder) -> None:
    anchors = {
        '{{< ref "q.md" >}}': "",
        '{{< relref path="q.md#part" >}}': "#part",
        "{{% ref q.md %}}": "",
        "{% link guide/q.md %}": "",
        "{{ site.baseurl }}/guide/q#part": "#part",
        "{{ '/guide/q' | relative_url }}": "",
    }
    folder.write("guide/q.md", "## Part\n", title="Q")
    body = "".join(f'[x]({target}) and [z]({target}) "(c)"\n' for target in anchors)
    folder.write("guide/a.md", body, title="A")
    said = folder.load("--publish")
    assert not said.failed
    q = f"article:{article('q').public_id}"
    assert by_target(anchors, "a") == {
        target: f'[x]({q}{anchor}) and [z]({q}{anchor}) "(c)"' for target, anchor in anchors.items()
    }


def test_whatever_the_parser_takes_for_a_link_does_not_stop_a_publish(folder: Folder) -> None:
    targets = ['{{< ref "q.md" >}}', 'z "b "c" d"', "a_(b_(c)).md", 'z "b', 'x "t" y']
    for number, target in enumerate(targets):
        folder.write(f"a{number}.md", f"One [two]({target}) three.\n", title="A")
    said = folder.load("--publish")
    assert not said.failed, said.err
    for number, target in enumerate(targets):
        assert head(f"a{number}").body == "One two three.\n", target
        assert f"a{number}.md:4: “" in said.out, target


def test_a_link_on_two_lines_does_not_shift_the_lines_of_what_follows(folder: Folder) -> None:
    folder.raw("a.md", b"# A\n\n[a](\nmissing.md)\n\n::: foo\nx\n:::\n\n[b](gone.md)\n")
    said = folder.load("--publish")
    assert "refused a.md:6: cannot be published: There is no part" in said.err
    assert "a.md:3: “missing.md” is no page" in said.out
    assert "a.md:10: “gone.md” is no page" in said.out


def test_a_collection_of_jekyll_is_told_without_its_underscore(folder: Folder) -> None:
    folder.write("_docs/install.md", title="Install")
    folder.write("a.md", "[x](/docs/install/)\n", title="A")
    folder.load()
    assert head("a").body == f"[x](article:{article('install').public_id})\n"
