"""Publishing from the editors' desk: one text, or all that was chosen, in one edition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles.admin.article_page import title_of
from articles.admin.article_views import to_article
from articles.admin.desk import CONFLICT, DeskAdmin, actor_of, refusals_told, require_role, tell
from articles.admin.snippet_forms import summary
from articles.exceptions import InvalidInput, OperationRefused
from articles.models import Article, ArticleText, Revision, SnippetRevision
from articles.roles import PUBLISH, WRITE
from channels.admin.previewing import preview
from channels.admin.release_forms import failed_releases, releases_to_fill, whole_numbers
from channels.admin.release_views import put_into, to_release
from channels.admin.waiting import (
    MOST_SNIPPETS,
    MOST_TEXTS,
    waiting_snippets,
    waiting_texts,
    with_blast_radius,
)
from channels.models import Edition, Entry, Release
from channels.operations.items import Item
from channels.operations.publishing import publish
from channels.operations.releases import publish_together
from channels.operations.topic_changes import topic_changes


class ChoiceForm(forms.Form):
    """What shall go live together, by the ids of the revisions that were shown."""

    name = forms.CharField(
        label=gettext_lazy("Name of the release"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("What it is about; kept as the edition's note."),
    )
    release = forms.ModelChoiceField(
        Release.objects.none(),
        label=gettext_lazy("Release"),
        required=False,
        empty_label=gettext_lazy("a new release, by this name"),
    )
    text = forms.TypedMultipleChoiceField(coerce=int, required=False)
    snippet = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(
        self,
        *args: Any,
        texts: Mapping[int, Revision],
        snippets: Mapping[int, SnippetRevision],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._texts, self._snippets = texts, snippets
        self.fields["release"].queryset = releases_to_fill()  # type: ignore[attr-defined]
        self.fields["text"].choices = [(pk, pk) for pk in texts]  # type: ignore[attr-defined]
        self.fields["snippet"].choices = [(pk, pk) for pk in snippets]  # type: ignore[attr-defined]

    def chosen(self) -> list[Item]:
        data = self.cleaned_data
        items: list[Item] = [self._texts[pk] for pk in data["text"]]
        return [*items, *(self._snippets[pk] for pk in data["snippet"])]

    def is_chosen(self, field: str, pk: int) -> bool:
        """Whether a row's box is ticked when the page is shown again."""
        return self.is_bound and pk in self.cleaned_data.get(field, ())


class PublishingPages(DeskAdmin):
    """The pages that publish and preview."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("publish/", self.publish_view, "publish"),
            self.page_url("publish/text/<int:text_id>/", self.publish_text_view, "publish_text"),
            self.page_url(
                "publish/article/<int:article_id>/", self.publish_article_view, "publish_article"
            ),
            self.page_url("preview/<int:text_id>/", self.preview_view, "preview"),
            *super().get_urls(),
        ]

    def publish_view(self, request: HttpRequest) -> HttpResponse:
        """Choose among all that waits, and publish it."""
        require_role(request, PUBLISH)
        filling = _release_named(request)
        texts = waiting_texts(MOST_TEXTS + 1, without=filling)
        snippets = list(waiting_snippets(without=filling)[: MOST_SNIPPETS + 1])
        more = len(texts) > MOST_TEXTS or len(snippets) > MOST_SNIPPETS
        texts, snippets = texts[:MOST_TEXTS], snippets[:MOST_SNIPPETS]
        topics = sorted(topic_changes())
        form = ChoiceForm(
            request.POST if request.method == "POST" else None,
            texts={waiting.revision.pk: waiting.revision for waiting in texts},
            snippets={s.approved.pk: s.approved for s in snippets if s.approved},
            initial={"release": filling},
        )
        if "put" in request.POST:
            if release := _put_chosen(request, form):
                return to_release(release)
        elif form.is_bound and (edition := _publish_chosen(request, form, topics)):
            _tell_published(request, edition)
            return HttpResponseRedirect(_edition_url(edition))
        return self.page(
            request,
            "admin/channels/publish.html",
            title=_("Publish"),
            status=CONFLICT if form.is_bound else 200,
            form=form,
            texts=[(row, form.is_chosen("text", row.revision.pk)) for row in texts],
            snippets=[
                {
                    "waiting": waiting,
                    "chosen": form.is_chosen("snippet", waiting.snippet.approved_id or 0),
                    "value": _value(waiting.snippet.kind, waiting.snippet.approved),
                    "live": _value(
                        waiting.snippet.kind, waiting.live.revision if waiting.live else None
                    ),
                }
                for waiting in with_blast_radius(snippets)
            ],
            topics=topics,
            more=more,
            filling=filling,
            failed=failed_releases(),
        )

    @method_decorator(require_POST)
    def publish_text_view(self, request: HttpRequest, text_id: int) -> HttpResponse:
        """Publish the approved revision of one text."""
        require_role(request, PUBLISH)
        text = _text(text_id)
        if text.approved is None or request.POST.get("revision") != str(text.approved.number):
            messages.error(request, _("The approved revision is another one now. Look again."))
            return to_article(text.article, text.locale)
        with refusals_told(request):
            edition = publish_together(
                actor=actor_of(request), name=text.approved.title, items=[text.approved]
            )
            _tell_published(request, edition)
        return to_article(text.article, text.locale)

    @method_decorator(require_POST)
    def publish_article_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Tell what is live of an article as editors say it now; newer words don't go along."""
        require_role(request, PUBLISH)
        article = get_object_or_404(Article, pk=article_id)
        if request.POST.get("based_on") != str(article.version):
            messages.error(request, _("Something else is said about the article now. Look again."))
            return to_article(article)
        live = Entry.objects.live().own().filter(article=article).select_related("revision")
        with refusals_told(request):
            edition = publish_together(
                actor=actor_of(request),
                name=title_of(article),
                items=[entry.revision for entry in live],
            )
            _tell_published(request, edition)
        return to_article(article)

    def preview_view(self, request: HttpRequest, text_id: int) -> HttpResponse:
        """Show the newest revision as readers would get it."""
        require_role(request, WRITE)
        text = _text(text_id)
        if text.head is None:
            raise Http404
        return self.page(
            request,
            "admin/channels/preview.html",
            title=text.head.title,
            text=text,
            preview=preview(text, text.head),
        )


def _publish_chosen(request: HttpRequest, form: ChoiceForm, topics: list[str]) -> Edition | None:
    """Publish what was chosen; what stands in the way is told. Changed topics may go alone."""
    if not form.is_valid():
        messages.error(request, _("Something that was chosen is not waiting any more. Look again."))
        return None
    items = form.chosen()
    if not items and not topics:
        messages.error(request, _("Choose what to publish."))
        return None
    name = form.cleaned_data["name"]
    try:
        if not items:
            return publish(items=(), actor=actor_of(request), note=name or _("Topics"))
        return publish_together(
            actor=actor_of(request), name=name or _name(len(items)), items=items
        )
    except OperationRefused as refusal:
        tell(request, refusal)
        return None


def _put_chosen(request: HttpRequest, form: ChoiceForm) -> Release | None:
    """Put what was chosen into a release, to be published later."""
    if not form.is_valid():
        messages.error(request, _("Something that was chosen is not waiting any more. Look again."))
        return None
    items, data = form.chosen(), form.cleaned_data
    if not items:
        messages.error(request, _("Choose what to put into the release."))
        return None
    with refusals_told(request):
        return put_into(request, data | {"name": data["name"] or _name(len(items))}, items)
    return None


def _release_named(request: HttpRequest) -> int | None:
    """Return the id of the release that the page was opened to fill."""
    try:
        (release,) = whole_numbers([request.GET.get("release", "")])
    except InvalidInput:
        return None
    return release


def _name(count: int) -> str:
    return ngettext("%d change", "%d changes", count) % count


def _tell_published(request: HttpRequest, edition: Edition) -> None:
    messages.success(request, _("Published in edition %d.") % edition.number)


def _edition_url(edition: Edition) -> str:
    return reverse("admin:channels_edition_change", args=[edition.pk])


def _text(text_id: int) -> ArticleText:
    rows = ArticleText.objects.select_related("article__topic", "head__author", "approved")
    return get_object_or_404(rows, pk=text_id)


def _value(kind: str, revision: SnippetRevision | None) -> str:
    return summary(kind, revision.value) if revision else ""
