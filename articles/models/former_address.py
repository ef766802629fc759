"""Addresses that articles once had, so that old links keep leading to them."""

from __future__ import annotations

from django.db import models

from articles.models.text import ArticleText


class FormerAddress(models.Model):
    """`address` is a former slug, or (with a leading slash) a path of a site that was imported."""

    locale = models.CharField(max_length=16)
    address = models.CharField(max_length=300)
    text = models.ForeignKey(ArticleText, models.PROTECT, related_name="former_addresses")

    class Meta:
        default_permissions = ()
        constraints = [
            # One old address leads to one place; the newest claim wins in the operation.
            models.UniqueConstraint(fields=["locale", "address"], name="one_text_per_old_address"),
        ]

    def __str__(self) -> str:
        return f"{self.locale}: {self.address}"
