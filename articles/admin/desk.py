"""What the editors' pages share: roles decide who opens them, operations do the writing, and a
refusal becomes a message to the person who asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IS_FACETS_VAR, IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.views.main import (
    ALL_VAR,
    ERROR_FLAG,
    ORDER_VAR,
    PAGE_VAR,
    SEARCH_VAR,
)
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db.models import DateField, Model
from django.forms import BaseForm
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import ngettext

from articles.exceptions import ContentProblems, InvalidInput, OperationRefused
from articles.problem_messages import problem_lines
from articles.roles import WRITE

CONFLICT = 409  # RFC 9110, section 15.5.10: what was sent can be mended and sent again
MOST_MESSAGES = 50  # more than anybody reads at once


_ASKED_OF_ANY_LIST = (
    *(SEARCH_VAR, ORDER_VAR, PAGE_VAR, ALL_VAR),
    *(ERROR_FLAG, IS_FACETS_VAR, IS_POPUP_VAR, TO_FIELD_VAR),
)


class DeskAdmin(admin.ModelAdmin):
    """A model's pages for our roles. Django's own form never writes: a page that does overrides
    its view and calls an operation."""

    opens: str = WRITE  # the permission that shows the pages
    writes: str | None = None  # the permission that adds and changes; None where nobody does here
    actions = None
    # Pages of our own that the index names below the model's list: what to call each, its name
    # among the admin's addresses, and the permission that opens it.
    more_pages: tuple[tuple[Any, str, str], ...] = ()

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm(self.opens)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.opens)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.writes is not None and request.user.has_perm(self.writes)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.writes is not None and request.user.has_perm(self.writes)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Model, form: BaseForm, change: bool) -> None:
        raise PermissionDenied("Only operations write.")

    def filters(self) -> list[str]:
        """Return the parameters by which `list_filter` narrows the list."""
        found: list[str] = []
        for one in self.list_filter:
            if isinstance(one, str):
                dated = isinstance(self.opts.get_field(one), DateField)
                found += [f"{one}__gte", f"{one}__lt"] if dated else [one, f"{one}__exact"]
            else:
                found.append(str(cast("type[SimpleListFilter]", one).parameter_name))
        return found

    def list_parameters(self) -> set[str]:
        """Return what may be asked of the list; an address that asks for more leads to it."""
        return {*self.filters(), *_ASKED_OF_ANY_LIST}

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        # Django's own would have fields compared in any way, some of which no database bears.
        return lookup in self.filters()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        refuse_null(request)
        known = self.list_parameters()
        if (
            request.method == "GET"
            and not known.issuperset(request.GET)
            and self.has_view_permission(request)
        ):
            asked = {name: value for name, value in request.GET.dict().items() if name in known}
            return HttpResponseRedirect(f"{request.path}?{urlencode(asked)}".rstrip("?"))
        title = {"title": capfirst(str(self.opts.verbose_name_plural))}
        return super().changelist_view(request, title | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return self.one_view(request, object_id)

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answer with the page of one row, which also takes what it sends; here there is none."""
        raise Http404

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise Http404("Who did what is told by the audit records.")

    def page_url(self, route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
        """Return the address of a page of our own, for staff only, as `admin:<app>_<name>`."""
        return path(route, self.admin_site.admin_view(view), name=f"{self.opts.app_label}_{name}")

    def found(self, request: HttpRequest, object_id: Any) -> Any:
        """Return the object; raises PermissionDenied, and Http404 where there is none."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_object(request, str(object_id))
        if found is None:
            raise Http404
        return found

    def page(
        self, request: HttpRequest, template: str, *, title: str, status: int = 200, **context: Any
    ) -> HttpResponse:
        """Answer with a page of our own in the admin's frame."""
        frame = self.admin_site.each_context(request) | {"opts": self.opts, "title": title}
        return TemplateResponse(request, template, frame | context, status=status)


def actor_of(request: HttpRequest) -> AbstractUser:
    """Return the person at the desk, for an operation."""
    if not isinstance(request.user, AbstractUser):
        raise PermissionDenied
    return request.user


def refuse_null(request: HttpRequest) -> None:
    """Raise SuspiciousOperation (400) where a parameter holds what PostgreSQL takes in no text."""
    if any("\x00" in value for _name, values in request.GET.lists() for value in values):
        raise SuspiciousOperation("A null character in a filter.")


def require_role(request: HttpRequest, permission: str) -> None:
    """Raise PermissionDenied (403) unless the person holds `permission`."""
    if not request.user.has_perm(permission):
        raise PermissionDenied


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """Run an operation; what it refuses is told as messages, and goes no further."""
    try:
        yield
    except OperationRefused as refusal:
        tell(request, refusal)


def tell(request: HttpRequest, refusal: OperationRefused) -> None:
    """Show each thing that stands in the way as a message of its own."""
    lines = refusal_lines(refusal)
    for line in lines[:MOST_MESSAGES]:
        messages.error(request, line)
    if (more := len(lines) - MOST_MESSAGES) > 0:
        messages.error(request, ngettext("And %d more.", "And %d more.", more) % more)


def refusal_lines(refusal: OperationRefused) -> list[str]:
    """Return a refusal as lines to read, one for each problem it names."""
    if isinstance(refusal, ContentProblems):
        return problem_lines(refusal.problems)
    return str(refusal).splitlines()


def blame(form: BaseForm, refusal: OperationRefused) -> None:
    """Put a refusal where its reason was typed."""
    field = refusal.field if isinstance(refusal, InvalidInput) else ""
    for line in refusal_lines(refusal)[:MOST_MESSAGES]:
        form.add_error(field if field in form.fields else None, line)
