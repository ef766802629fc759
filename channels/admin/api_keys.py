"""Keys of programs: made, shown once, revoked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from articles.admin.article_forms import LINE, error_count
from articles.admin.desk import CONFLICT, DeskAdmin, actor_of, blame, refusals_told, require_role
from articles.audiences import PARTNER
from articles.exceptions import OperationRefused
from articles.models.article import AUDIENCE_CHOICES
from articles.roles import ADMINISTER, WRITE
from channels.models import ApiKey
from channels.models.api_key import Scope
from channels.operations.api_keys import create_api_key, revoke_api_key


class KeyForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        widget=LINE,
        help_text=gettext_lazy("Who uses it, and what for."),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Audience"), choices=AUDIENCE_CHOICES, initial=PARTNER
    )
    scopes = forms.MultipleChoiceField(
        label=pgettext_lazy("an API key", "May"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    person = forms.ModelChoiceField(
        User.objects.none(),
        label=pgettext_lazy("an API key", "Acts for"),
        required=False,
        to_field_name="username",
        help_text=gettext_lazy(
            "Who a key that writes acts for: it may do what they may do at that moment."
        ),
    )
    expires_at = forms.DateTimeField(
        label=gettext_lazy("Expires"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=gettext_lazy("Never, if left empty."),
    )

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        writers = User.objects.with_perm(WRITE, backend="django.contrib.auth.backends.ModelBackend")
        self.fields["person"].queryset = writers.order_by("username")  # type: ignore[attr-defined]


@admin.register(ApiKey)
class ApiKeyAdmin(DeskAdmin):
    opens = ADMINISTER
    writes = ADMINISTER
    list_display = ("name", "prefix", "audience", "may", "created_at", "expires_at", "opens_now")
    list_filter = ("audience",)
    list_per_page = 50
    search_fields = ("name", "prefix")
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("<path:object_id>/revoke/", self.revoke_view, "apikey_revoke"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("in force"), boolean=True)
    def opens_now(self, key: ApiKey) -> bool:
        return key.revoked_at is None and (
            key.expires_at is None or key.expires_at > timezone.now()
        )

    @admin.display(description=pgettext_lazy("an API key", "May"))
    def may(self, key: ApiKey) -> str:
        return ", ".join(_in_words(key))

    @sensitive_variables("secret")
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        require_role(request, ADMINISTER)
        form = KeyForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                key, secret = create_api_key(actor=actor_of(request), **form.cleaned_data)
            except OperationRefused as refusal:
                blame(form, refusal)
            else:
                return self._shown_once(request, key, secret)
        return self.page(
            request,
            "admin/channels/new_key.html",
            title=_("New API key"),
            status=CONFLICT if form.is_bound else 200,
            form=form,
            errors=error_count(form) if form.errors else "",
        )

    @sensitive_variables("secret")
    def _shown_once(self, request: HttpRequest, key: ApiKey, secret: str) -> HttpResponse:
        """The secret is in this one answer and nowhere else, so no cache may keep it either."""
        response = self.page(
            request, "admin/channels/key_made.html", title=key.name, key=key, secret=secret
        )
        response["Cache-Control"] = "no-store"
        return response

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        key = self.found(request, object_id)
        return self.page(
            request,
            "admin/channels/key.html",
            title=key.name,
            key=key,
            scopes=_in_words(key),
            opens_now=self.opens_now(key),
        )

    @method_decorator(require_POST)
    def revoke_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        key = self.found(request, object_id)
        with refusals_told(request):
            revoke_api_key(actor=actor_of(request), key=key)
            messages.success(request, _("Revoked. The key opens nothing from now on."))
        return HttpResponseRedirect(reverse("admin:channels_apikey_change", args=[key.pk]))


def _in_words(key: ApiKey) -> list[str]:
    return [str(Scope(scope).label) for scope in key.scopes if scope in Scope.values]
