"""A folder of Markdown to import, and what importing it said."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from PIL import Image

from articles.models import Article, ArticleText, Revision


@dataclass
class Said:
    out: str
    err: str
    failed: bool

    @property
    def counts(self) -> str:
        return self.out.strip().splitlines()[-1]


@dataclass
class Folder:
    root: Path

    def write(self, path: str, body: str = "Words.\n", **fields: object) -> Path:
        """Write a page; its fields become front matter, one `name: value` a line."""
        matter = "".join(f"{name}: {value}\n" for name, value in fields.items())
        return self.raw(path, f"---\n{matter}---\n{body}".encode())

    def raw(self, path: str, content: bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return file

    def picture(self, path: str, colour: str = "red") -> Path:
        stream = io.BytesIO()
        Image.new("RGB", (4, 3), colour).save(stream, "PNG")
        return self.raw(path, stream.getvalue())

    def load(self, *arguments: str, **options: Any) -> Said:
        out, err = io.StringIO(), io.StringIO()
        failed = False
        try:
            call_command(
                "import_articles", str(self.root), *arguments, stdout=out, stderr=err, **options
            )
        except CommandError as error:
            failed = True
            err.write(str(error))
        return Said(out.getvalue(), err.getvalue(), failed)


def text_at(slug: str, locale: str = "en") -> ArticleText:
    return ArticleText.objects.select_related("head", "article__topic").get(
        slug=slug, locale=locale
    )


def head(slug: str, locale: str = "en") -> Revision:
    revision = text_at(slug, locale).head
    assert revision is not None
    return revision


def article(slug: str) -> Article:
    return text_at(slug).article


def all_counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}
