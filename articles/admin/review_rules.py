"""What approving a text takes, for each kind of article, and what approving a snippet takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.desk import CONFLICT, DeskAdmin, actor_of, blame, require_role
from articles.exceptions import OperationRefused
from articles.models import ReviewRule
from articles.models.review import MOST_APPROVALS, RULE_KINDS
from articles.operations.audit import operation
from articles.operations.reviewing import set_review_rule
from articles.roles import ADMINISTER


class RuleForm(forms.Form):
    approvals = forms.IntegerField(
        label=gettext_lazy("Approvals"),
        min_value=1,
        max_value=MOST_APPROVALS,
        help_text=gettext_lazy("So many people must approve a text before it can be published."),
    )
    own = forms.BooleanField(
        label=gettext_lazy("Authors may approve what they wrote"), required=False
    )


@admin.register(ReviewRule)
class ReviewRuleAdmin(DeskAdmin):
    opens = ADMINISTER

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the rules of all kinds in one form."""
        require_role(request, ADMINISTER)
        rules = {rule.kind: rule for rule in ReviewRule.objects.all()}
        forms_of_kinds = [
            (
                kind,
                name,
                RuleForm(request.POST or None, prefix=kind, initial=_said(rules.get(kind))),
            )
            for kind, name in RULE_KINDS
        ]
        if request.method == "POST" and self._saved(request, forms_of_kinds):
            messages.success(request, _("Saved. The rules hold from now on."))
            return HttpResponseRedirect(reverse("admin:articles_reviewrule_changelist"))
        return self.page(
            request,
            "admin/articles/review_rules.html",
            title=_("Review rules"),
            status=CONFLICT if request.method == "POST" else 200,
            forms_of_kinds=forms_of_kinds,
        )

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        require_role(request, ADMINISTER)
        return HttpResponseRedirect(reverse("admin:articles_reviewrule_changelist"))

    def _saved(self, request: HttpRequest, forms_of_kinds: list[tuple[str, Any, RuleForm]]) -> bool:
        """Save the rules that were changed, all or none."""
        valid = [form.is_valid() for *_kind, form in forms_of_kinds]
        if not all(valid):
            return False
        form = forms_of_kinds[0][-1]
        try:
            with operation():
                for kind, _name, form in forms_of_kinds:
                    if form.has_changed():
                        set_review_rule(actor=actor_of(request), kind=kind, **form.cleaned_data)
        except OperationRefused as refusal:
            blame(form, refusal)
            return False
        return True


def _said(rule: ReviewRule | None) -> dict[str, Any]:
    rule = rule or ReviewRule()
    return {"approvals": rule.approvals, "own": rule.own}
