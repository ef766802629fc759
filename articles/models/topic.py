"""The taxonomy tree."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from articles.locales import default_locale, validate_locale


class Topic(MP_Node):
    """A node of the taxonomy. Its tree is a materialised path, so a circle cannot be written."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        """What it is called in the language of who looks; else in that of the sources."""
        names = {name.locale: name.name for name in self.names.all()}
        return names.get(get_language() or "") or names.get(default_locale(), self.slug)


class TopicName(models.Model):
    """What a topic is called in one locale."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="names")
    locale = models.CharField(_("locale"), max_length=16, validators=[validate_locale])
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("topic name")
        verbose_name_plural = _("topic names")
        constraints = [
            # Two editors naming a topic at once leave one name per locale.
            models.UniqueConstraint(fields=["topic", "locale"], name="one_topic_name_per_locale"),
        ]

    def __str__(self) -> str:
        return self.name
