"""What the pages of synonyms, best bets and golden queries share: one form, saved and removed by
operations; who may not keep them reads them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.article_forms import LINE, error_count
from articles.admin.desk import CONFLICT, DeskAdmin, blame, refusals_told, require_role
from articles.exceptions import InvalidInput, OperationRefused
from articles.locales import locale_choices, locale_name
from articles.models import Article
from articles.roles import EDIT_SEARCH_WORDS, WRITE

LONGEST_TYPED = 2_000  # browsers would cut at the true limit and say nothing


class LocaleFilter(admin.SimpleListFilter):
    title = gettext_lazy("language")
    parameter_name = "locale"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return locale_choices()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(locale=self.value()) if self.value() else queryset


class KeptForm(forms.Form):
    """The fields that all have; each page puts its own between them."""

    locale = forms.ChoiceField(label=gettext_lazy("Language"), choices=locale_choices)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_TYPED,
        required=False,
        widget=LINE,
        help_text=gettext_lazy("Why it is kept, for who comes after you."),
    )


class KeptAdmin(DeskAdmin):
    opens = WRITE
    writes = EDIT_SEARCH_WORDS
    list_per_page = 50
    show_full_result_count = False
    form_class: ClassVar[type[KeptForm]]
    new_title: Any

    def get_urls(self) -> list[URLPattern]:
        name = str(self.opts.model_name)
        return [
            self.page_url("<path:object_id>/remove/", self.remove_view, f"{name}_remove"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("changed_by")

    @admin.display(description=gettext_lazy("language"), ordering="locale")
    def language(self, kept: Any) -> str:
        return locale_name(kept.locale)

    # What each page says of its own.

    def typed_of(self, kept: Any) -> dict[str, Any]:
        """Return what the form begins with."""
        raise NotImplementedError

    def save(self, request: HttpRequest, typed: dict[str, Any], kept: Any | None) -> str:
        """Call the operation and return what is said of it. Raises OperationRefused."""
        raise NotImplementedError

    def remove(self, request: HttpRequest, kept: Any) -> None:
        raise NotImplementedError

    def told(self, form: KeptForm, kept: Any | None) -> dict[str, Any]:
        """Return what the page says beside the form."""
        return {}

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        require_role(request, EDIT_SEARCH_WORDS)
        return self._edit(request, None)

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        kept = self.found(request, object_id)
        if request.method == "POST":
            require_role(request, EDIT_SEARCH_WORDS)
        return self._edit(request, kept)

    @method_decorator(require_POST)
    def remove_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        require_role(request, EDIT_SEARCH_WORDS)
        kept = self.found(request, object_id)
        with refusals_told(request):
            self.remove(request, kept)
            messages.success(request, _("Removed. The audit keeps what it said."))
        return HttpResponseRedirect(self.list_url())

    def list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _edit(self, request: HttpRequest, kept: Any | None) -> HttpResponse:
        may_write = request.user.has_perm(EDIT_SEARCH_WORDS)
        sent = request.POST if request.method == "POST" else None
        form = self.form_class(sent, initial=self._initial(request, kept))
        if not may_write:
            for field in form.fields.values():
                field.disabled = True
        only_shown = sent is not None and "show" in sent
        if form.is_bound and form.is_valid() and not only_shown:
            try:
                said = self.save(request, form.cleaned_data, kept)
            except OperationRefused as refusal:
                blame(form, refusal)
            else:
                messages.success(request, said)
                return HttpResponseRedirect(self.list_url())
        told = self.told(form, kept)  # May find more to blame.
        return self.page(
            request,
            f"admin/channels/{self.opts.model_name}.html",
            title=str(kept) if kept else self.new_title,
            status=CONFLICT if form.is_bound and not only_shown else 200,
            form=form,
            kept=kept,
            may_write=may_write,
            errors=error_count(form) if form.errors else "",
            **told,
        )

    def _initial(self, request: HttpRequest, kept: Any | None) -> dict[str, Any]:
        """A link from the search log brings what readers asked."""
        if kept is not None:
            return self.typed_of(kept)
        names = self.form_class.base_fields
        return {
            name: said for name, said in request.GET.items() if name in names and "\0" not in said
        }


def article_named(typed: str, locale: str, *, field: str) -> Article:
    """Return the article of this id, of this address in a language, which may be copied whole from
    the website, or of this title in it. Raises InvalidInput naming `field`."""
    name = typed.strip()
    last = name.rstrip("/").rpartition("/")[2]
    meant = Q(public_id=last) | Q(texts__locale=locale, texts__slug=last)
    found = Article.objects.filter(meant).first()
    if found is None:
        titled = Article.objects.filter(texts__locale=locale, texts__head__title=name)
        found = titled.order_by("pk").first()
    if found is None:
        raise InvalidInput(
            _("There is no article with the id, address or title “%(name)s”.")
            % {"name": name[:80]},
            field=field,
        )
    return found


def page_of(article: Model) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])
