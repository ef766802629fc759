"""The editors' pages on what we know: articles, snippets, topics, pictures, who did what."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin import articles, attachments, audit, review_rules, snippets, topics

__all__ = ["articles", "attachments", "audit", "review_rules", "snippets", "topics"]

admin.site.index_title = _("Editors’ desk")
# The header leads to the main pages, and the lists want the width.
admin.site.enable_nav_sidebar = False
