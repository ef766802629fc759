"""Views of the list of articles: filters under a name, above the list, one's own and others'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.urls import URLPattern, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.article_list import ArticleListPages, list_address
from articles.admin.desk import CONFLICT, actor_of, blame, refusals_told, require_role
from articles.exceptions import OperationRefused
from articles.models import SavedView
from articles.operations.saved_views import (
    LONGEST_NAME,
    change_view,
    delete_view,
    save_view,
)
from articles.roles import ADMINISTER, REVIEW, WRITE

LONGEST_TYPED = 5_000  # characters of a query string that is looked at


class ViewForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    shared = forms.BooleanField(label=gettext_lazy("Shown to everybody"), required=False)


class NewViewForm(ViewForm):
    """What the list was narrowed by comes along as its query string."""

    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_TYPED)


class ChangedViewForm(ViewForm):
    first = forms.BooleanField(label=gettext_lazy("The list opens with it"), required=False)


@dataclass(frozen=True, slots=True)
class Tab:
    """A view above the list."""

    view: SavedView
    address: str
    active: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A view on the page on which they are changed."""

    tab: Tab
    form: ChangedViewForm | None  # None where it is somebody else's
    removable: bool


class SavedViewPages(ArticleListPages):
    """Choosing a view, keeping one, and the page on which they are renamed and deleted."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("views/", self.views_view, "views"),
            self.page_url("views/save/", self.save_view_view, "view_save"),
            self.page_url("views/<int:pk>/", self.change_view_view, "view_change"),
            self.page_url("views/<int:pk>/delete/", self.delete_view_view, "view_delete"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        views = _views(request)
        if request.method == "GET" and not request.GET:
            for view in views:
                if view.first and view.person_id == request.user.pk:
                    return HttpResponseRedirect(self._address(view))
        context = {
            "tabs": self._tabs(request, views),
            "everything": list_address({"q": ""}),
            "may_share": request.user.has_perm(REVIEW),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def views_view(self, request: HttpRequest) -> HttpResponse:
        require_role(request, WRITE)
        return self._views_page(request)

    @method_decorator(require_POST)
    def save_view_view(self, request: HttpRequest) -> HttpResponse:
        require_role(request, WRITE)
        form = NewViewForm(request.POST)
        if form.is_valid():
            filters = self.kept_filters(QueryDict(form.cleaned_data["query"]).dict())
            try:
                view = save_view(
                    actor=actor_of(request),
                    name=form.cleaned_data["name"],
                    filters=filters,
                    shared=form.cleaned_data["shared"],
                )
            except OperationRefused as refusal:
                blame(form, refusal)
            else:
                messages.success(request, _("Saved as “%(name)s”.") % {"name": view.name})
                return HttpResponseRedirect(self._address(view))
        return self._views_page(request, new=form)

    @method_decorator(require_POST)
    def change_view_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        view = _found(request, pk)
        form = ChangedViewForm(request.POST, prefix=str(pk))
        if form.is_valid():
            try:
                change_view(actor=actor_of(request), view=view, **form.cleaned_data)
            except OperationRefused as refusal:
                blame(form, refusal)
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(reverse("admin:articles_views"))
        return self._views_page(request, typed={pk: form})

    @method_decorator(require_POST)
    def delete_view_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        view = _found(request, pk)
        with refusals_told(request):
            delete_view(actor=actor_of(request), view=view)
            messages.success(request, _("“%(name)s” was deleted.") % {"name": view.name})
        return HttpResponseRedirect(reverse("admin:articles_views"))

    def _views_page(
        self,
        request: HttpRequest,
        *,
        new: NewViewForm | None = None,
        typed: Mapping[int, ChangedViewForm] | None = None,
    ) -> HttpResponse:
        tabs = self._tabs(request, _views(request))
        return self.page(
            request,
            "admin/articles/views.html",
            title=_("Views of the list"),
            status=CONFLICT if new or typed else 200,
            new=new,
            rows=[_row(request, tab, typed or {}) for tab in tabs],
            may_share=request.user.has_perm(REVIEW),
        )

    def _tabs(self, request: HttpRequest, views: Sequence[SavedView]) -> list[Tab]:
        asked = self.kept_filters(request.GET.dict())
        return [
            Tab(
                view,
                self._address(view),
                self._filters(view) == asked,
                view.person_id == request.user.pk,
            )
            for view in views
        ]

    def _filters(self, view: SavedView) -> dict[str, str]:
        """Return what the view asks for, of what can be asked for today."""
        return self.kept_filters(QueryDict(view.query).dict())

    def _address(self, view: SavedView) -> str:
        # What is left of a view may be nothing: then it shows everything.
        return list_address(self._filters(view) or {"q": ""})


def _views(request: HttpRequest) -> list[SavedView]:
    """Return the views that this person sees, their own first. One statement."""
    views = SavedView.objects.visible_to(actor_of(request)).select_related("person")
    return sorted(views, key=lambda view: (view.person_id != request.user.pk, view.name))


def _found(request: HttpRequest, pk: int) -> SavedView:
    require_role(request, WRITE)
    try:
        view = SavedView.objects.visible_to(actor_of(request)).filter(pk=pk).first()
    except OverflowError:
        view = None
    if view is None:
        raise Http404
    return view


def _row(request: HttpRequest, tab: Tab, typed: Mapping[int, ChangedViewForm]) -> Row:
    view = tab.view
    said = {"name": view.name, "shared": view.shared, "first": view.first}
    form = typed.get(view.pk) or ChangedViewForm(initial=said, prefix=str(view.pk))
    if not (view.shared or request.user.has_perm(REVIEW)):
        del form.fields["shared"]
    return Row(tab, form if tab.own else None, tab.own or request.user.has_perm(ADMINISTER))
