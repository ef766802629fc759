"""The taxonomy tree: topics in reading order, each with its place and its names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_forms import LINE, error_count
from articles.admin.desk import CONFLICT, DeskAdmin, actor_of, blame, require_role
from articles.admin.fields import TopicField
from articles.exceptions import OperationRefused
from articles.locales import locale_choices
from articles.models import Topic
from articles.operations.topics import save_topic
from articles.roles import WRITE

DEEPEST_INDENT = 6


class TopicForm(forms.Form):
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=60,
        help_text=gettext_lazy("Small letters, digits and dashes; it stays as it is."),
    )
    parent = TopicField(
        label=gettext_lazy("Below"), required=False, empty_label=gettext_lazy("(top)")
    )

    def __init__(self, *args: Any, topic: Topic | None = None, **kwargs: Any) -> None:
        names: dict[str, str] = {}
        if topic is not None:
            names = dict(topic.names.values_list("locale", "name"))
            above = Topic.objects.get_parent(topic)
            kwargs["initial"] = {"slug": topic.slug, "parent": above.pk if above else None}
        super().__init__(*args, **kwargs)
        self.fields["slug"].disabled = topic is not None
        for locale, name in locale_choices():
            self.fields[f"name_{locale}"] = forms.CharField(
                label=_("Name in %s") % name,
                max_length=120,
                required=False,
                widget=LINE,
                initial=names.get(locale, ""),
            )

    def names(self) -> dict[str, str]:
        """What was typed, by locale."""
        typed = {locale: self.cleaned_data[f"name_{locale}"] for locale, _name in locale_choices()}
        return {locale: name for locale, name in typed.items() if name}


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    opens = WRITE
    writes = WRITE
    list_display = ("name", "slug", "articles_count")
    list_per_page = 500
    ordering = ("path",)
    sortable_by = ()
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        topics = super().get_queryset(request).prefetch_related("names")
        return topics.annotate(articles_count=Count("articles"))

    @admin.display(description=gettext_lazy("name"))
    def name(self, topic: Topic) -> SafeString:
        depth = min(topic.depth, DEEPEST_INDENT)
        return format_html('<span class="desk-depth-{}">{}</span>', depth, str(topic))

    @admin.display(description=gettext_lazy("articles"))
    def articles_count(self, topic: Any) -> int:
        return int(topic.articles_count)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        require_role(request, WRITE)
        return self._edit(request, None)

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._edit(request, self.found(request, object_id))

    def _edit(self, request: HttpRequest, topic: Topic | None) -> HttpResponse:
        form = TopicForm(request.POST if request.method == "POST" else None, topic=topic)
        if form.is_bound and form.is_valid() and self._save(request, form, topic):
            return HttpResponseRedirect(reverse("admin:articles_topic_changelist"))
        return self.page(
            request,
            "admin/articles/topic.html",
            title=str(topic) if topic else _("New topic"),
            status=CONFLICT if form.is_bound else 200,
            form=form,
            errors=error_count(form) if form.errors else "",
        )

    def _save(self, request: HttpRequest, form: TopicForm, topic: Topic | None) -> bool:
        slug = form.cleaned_data["slug"]
        if topic is None and Topic.objects.filter(slug=slug).exists():
            form.add_error("slug", _("There is a topic with this address."))
            return False
        try:
            save_topic(
                actor=actor_of(request),
                slug=slug,
                names=form.names(),
                parent=form.cleaned_data["parent"],
            )
        except OperationRefused as refusal:
            blame(form, refusal)
            return False
        messages.success(request, _("Saved. Readers see it with the next edition."))
        return True
