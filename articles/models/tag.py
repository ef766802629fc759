"""By which tags articles are found."""

from __future__ import annotations

from django.db import models

from articles.models.article import Article

MAX_TAG = 60  # characters
MAX_FOLDED = 200  # a folded tag may be longer, as “㎢” becomes “km2”


class ArticleTag(models.Model):
    """One of an article's tags, for lists that look for it: `Article.tags` is what was said, in its
    order, and these rows are written with it. `folded` is the same for “eSIM” and “esim”."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="tag_rows")
    name = models.CharField(max_length=MAX_TAG)
    folded = models.CharField(max_length=MAX_FOLDED)

    class Meta:
        default_permissions = ()
        constraints = [
            # An article that has a tag twice would be counted twice.
            models.UniqueConstraint(fields=["article", "folded"], name="one_tag_once"),
        ]
        indexes = [models.Index(fields=["folded", "article"], name="articles_by_tag")]

    def __str__(self) -> str:
        return self.name
