"""The words of a text's newest revision, by which the desk finds it."""

from __future__ import annotations

from django.db import models

from articles.models.text import ArticleText


class TextWords(models.Model):
    """`words` as `articles.full_text.words` makes them; written with the revision."""

    text = models.OneToOneField(
        ArticleText, models.CASCADE, primary_key=True, related_name="found_by"
    )
    words = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Words of text {self.text_id}"
