"""A small article with one of everything, and the context it is rendered in."""

from __future__ import annotations

from articles.document.blocks import (
    ArticleLink,
    AudienceBlock,
    Block,
    Body,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Fact,
    Footnote,
    FootnoteRef,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    Paragraph,
    Quote,
    Rule,
    Steps,
    Strong,
    Table,
    Text,
)
from channels.renderers.base import Context

CONTEXT = Context(digest="5e" * 32, slug="esim", topic="devices")
PRICE = Fact("price.esim", "money", "£19.99", "nineteen pounds ninety-nine")
PHONE = Fact("phone.help", "phone", "+44 808 157 0101", "plus 4 4 8 0 8 1 5 7 0 1 0 1")
PICTURE = f"{'ab' * 32}.png"


def text(content: str) -> tuple[Inline, ...]:
    return (Text(content),)


def paragraph(*content: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(node) if isinstance(node, str) else node for node in content))


def document(*blocks: Block, footnotes: tuple[Footnote, ...] = (), locale: str = "en") -> Document:
    return Document(
        article="k3v9",
        locale=locale,
        kind="support",
        audience="public",
        title="Activate an eSIM",
        summary="",
        questions=(),
        body=Body(blocks, footnotes),
    )


ESIM = Document(
    article="k3v9",
    locale="en",
    kind="support",
    audience="public",
    title="Activate an eSIM",
    summary="It takes five minutes & no tools.",
    questions=("How do I get my eSIM?",),
    body=Body(
        (
            paragraph(
                "It costs ", PRICE, FootnoteRef(1), " in our ",
                Link("https://shop.example/esim", text("shop")), ".",
            ),
            Heading(2, "steps", text("Steps")),
            Steps(
                (
                    (paragraph("Open ", Strong(text("Settings")), "."),),
                    (
                        paragraph("Scan the code", LineBreak(), "or type it:"),
                        CodeBlock("LPA:1$rsp.example$X", "sh"),
                    ),
                    (
                        paragraph("Choose:"),
                        BulletList(((paragraph("data"),), (paragraph("calls"),))),
                    ),
                )
            ),
            Table(
                (text("Plan"), text("Price")),
                ((text("S"), (PRICE,)), (text("M"), text("£25"))),
                ("", "right"),
            ),
            Callout(
                "warning", "Warning", (paragraph("Do ", Emphasis(text("not")), " delete it."),)
            ),
            AudienceBlock("agent", "For agents only", (paragraph("Waive the fee."),)),
            Quote((paragraph("It just worked."),)),
            Rule(),
            paragraph(
                Image(PICTURE, "The code on the card", 640, 480), " See ",
                ArticleLink("roaming", "eu", text("roaming")), ", run ", Code("*#06#"),
                " or call ", PHONE, ".",
            ),
        ),
        (Footnote(1, (paragraph("Once only."),)),),
    ),
)  # fmt: skip
