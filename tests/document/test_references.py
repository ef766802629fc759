"""What a body leads to."""

from __future__ import annotations

from articles.document.blocks import Body
from articles.document.parse import parse
from articles.document.references import article_links, attachments, linked_files, snippet_keys

SHA = "a" * 64
SOURCE = f"""\
# {{{{ title.a }}}} [one](article:one-1)

| {{{{ cell }}}} | [**{{{{ title.a }}}}**](article:two-2#x) |
|---|---|
| ![first](media:{SHA}.png) | b[^1] |

::: agent
[three](article:three) c[^2]

::: customer
- [four](article:four) d[^1]
:::
:::

> ![second](media:{SHA}.webp) {{{{ quote }}}} [prices](media:{SHA}.pdf) [web](https://x.y/a.pdf)

[^2]: [five](article:five)
[^1]: [six](article:six) {{{{ note }}}} ![third](media:{SHA}.gif)
"""


def body() -> Body:
    return parse(SOURCE, locale="en").body


def test_each_snippet_is_named_once_in_reading_order() -> None:
    assert snippet_keys(body()) == ("title.a", "cell", "quote", "note")


def test_a_link_knows_who_reads_it() -> None:
    found = [(reference.link.article, reference.audience) for reference in article_links(body())]
    assert found == [
        *(("one-1", "public"), ("two-2", "public"), ("three", "agent"), ("four", "agent")),
        *(("six", "public"), ("five", "agent")),
    ]


def test_pictures_and_files_are_found_wherever_they_stand() -> None:
    endings = [name.removeprefix(f"{SHA}.") for name in attachments(body())]
    assert endings == ["png", "webp", "pdf", "gif"]


def test_linked_files_are_told_from_pictures() -> None:
    assert linked_files(body()) == (f"{SHA}.pdf",)
