"""What readers get, compared: a draft with what is live, and two editions text by text."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.translation import gettext as _

from articles.admin.article_page import title_of
from articles.admin.compare_views import (
    MOST_NUMBER,
    RENDERED,
    ComparePages,
    compared,
    views_of,
)
from articles.admin.compared_versions import about_now, detail_of, with_texts
from articles.admin.comparisons import Rendered, Version
from articles.admin.desk import DeskAdmin, require_role
from articles.admin.review_views import ReviewPages
from articles.document.text import clean_line
from articles.locales import locale_choices
from articles.models import ArticleText, Revision
from articles.numbers import whole_number
from articles.roles import WRITE
from channels.admin.compared_editions import (
    compare_editions,
    compared_snippets,
    entry_of,
    version_of,
)
from channels.admin.compared_renderings import Told, drafts_html, marked_pair, stored_html
from channels.models import Edition, Entry
from channels.queries import current_number


class RenderedComparisons(ComparePages, ReviewPages):
    """An article's comparisons, with what readers would get of both revisions, and its reviews
    beside what is live."""

    def live_revision(self, text: ArticleText) -> Revision | None:
        # A conversion is of another text, whose words are not to be compared with this one's.
        live = Entry.objects.live().own().select_related("revision__author")
        entry = live.filter(article=text.article_id, locale=text.locale).first()
        return entry.revision if entry else None

    def rendered(
        self, request: HttpRequest, text: ArticleText, before: Revision, after: Revision
    ) -> Rendered:
        return marked_pair(*drafts_html(text, [before, after]))


class ComparingPages(DeskAdmin):
    """Comparisons with what is told."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("compare/", self.compare_editions_view, "compare_editions"),
            self.page_url("compare-live/<int:text_id>/", self.compare_live_view, "compare_live"),
            *super().get_urls(),
        ]

    def compare_live_view(self, request: HttpRequest, text_id: int) -> HttpResponse:
        """Compare the newest revision of a text with what readers get of it now."""
        require_role(request, WRITE)
        text = get_object_or_404(
            ArticleText.objects.select_related("article__topic", "article__owner", "head__author"),
            pk=min(text_id, MOST_NUMBER),
        )
        live = (
            Entry.objects.live()
            .select_related("revision__author")
            .filter(article=text.article_id, locale=text.locale)
            .first()
        )
        before = (
            version_of(live, _("Live since edition %d") % live.from_edition_id) if live else None
        )
        after = _newest(text, names=before.about if before else None)
        as_read = request.GET.get("view") == RENDERED
        rendered = None
        if as_read:
            draft = drafts_html(text, [text.head] if text.head else [])
            rendered = marked_pair(*stored_html([live]), *draft or [Told()])
        return self.page(
            request,
            "admin/channels/compare_live.html",
            title=_("%(title)s: compare with what is live") % {"title": text},
            text=text,
            article_title=title_of(with_texts(text.article)),
            language=dict(locale_choices())[text.locale],
            live=live,
            **compared(before, after),
            rendered=rendered,
            as_read=as_read,
            views=views_of(request),
        )

    def compare_editions_view(self, request: HttpRequest) -> HttpResponse:
        """List what differs between the editions `?from=` and `?to=`; with `?article=` and
        `?locale=`, show what differs in that text."""
        require_role(request, WRITE)
        current = current_number()
        before = self._edition(request, "from", max(current - 1, 1))
        after = self._edition(request, "to", current)
        if "article" in request.GET:
            return self._entries_page(request, before, after)
        page = whole_number(request.GET.get("p", "1"), most=MOST_NUMBER) or 1
        return self.page(
            request,
            "admin/channels/compare_editions.html",
            title=_("From edition %(before)d to edition %(after)d")
            % {"before": before.number, "after": after.number},
            before=before,
            after=after,
            current=current,
            compared=urlencode({"from": before.number, "to": after.number}),
            changes=compare_editions(before.number, after.number, page=page),
            snippets=compared_snippets(before.number, after.number),
        )

    def _entries_page(self, request: HttpRequest, before: Edition, after: Edition) -> HttpResponse:
        said = [clean_line(request.GET.get(name, "")) for name in ("article", "locale")]
        old, new = (entry_of(*said, edition=edition.number) for edition in (before, after))
        shown = new or old
        if shown is None:
            raise Http404
        as_read = request.GET.get("view") == RENDERED
        return self.page(
            request,
            "admin/channels/compare_entries.html",
            title=shown.title,
            shown=shown,
            before_edition=before,
            after_edition=after,
            language=dict(locale_choices()).get(shown.locale, shown.locale),
            **compared(
                version_of(old, _("Edition %d") % before.number) if old else None,
                version_of(new, _("Edition %d") % after.number) if new else None,
            ),
            rendered=marked_pair(*stored_html([old, new])) if as_read else None,
            as_read=as_read,
            views=views_of(request),
        )

    def _edition(self, request: HttpRequest, name: str, default: int) -> Edition:
        asked = request.GET.get(name, "")
        number = whole_number(asked, most=MOST_NUMBER) if asked else default
        return get_object_or_404(Edition, number=number or 0)


def _newest(text: ArticleText, *, names: Collection[str] | None) -> Version | None:
    """The newest revision as a side of a comparison; only what `names` are said about it."""
    head = text.head
    if head is None:
        return None
    about = about_now(text)
    return Version(
        name=_("Revision %d") % head.number,
        detail=detail_of(head),
        title=head.title,
        summary=head.summary,
        questions=head.questions,
        body=head.body,
        locale=text.locale,
        about={name: about[name] for name in about if names is None or name in names},
    )
