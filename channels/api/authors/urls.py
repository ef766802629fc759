"""Addresses of the authors' side of the API."""

from __future__ import annotations

from django.urls import path

from channels.api.authors import (
    attachments,
    audit,
    comparing,
    drafts,
    export,
    releases,
    remarks,
    review_rules,
    reviewing,
    snippets,
    taxonomy,
    texts,
    translations,
)

_TEXT = "drafts/<str:public_id>/<str:locale>/"
_RELEASE = "releases/<str:release_id>/"

urlpatterns = [
    path("drafts/", drafts.DraftList.as_view()),
    path("drafts/<str:public_id>/", drafts.DraftDetail.as_view()),
    path("drafts/<str:public_id>/retire/", drafts.Retiring.as_view()),
    path("drafts/<str:public_id>/verify/", drafts.Verifying.as_view()),
    path(_TEXT, texts.DraftText.as_view()),
    path(f"{_TEXT}revisions/", texts.RevisionList.as_view()),
    path(f"{_TEXT}revisions/<str:number>/", texts.RevisionOne.as_view()),
    path(f"{_TEXT}differences/", comparing.Differences.as_view()),
    path(f"{_TEXT}remarks/", remarks.RemarkList.as_view()),
    path(f"{_TEXT}remarks/<str:remark_id>/settle/", remarks.SettlingRemark.as_view()),
    path(f"{_TEXT}remarks/<str:remark_id>/reopen/", remarks.ReopeningRemark.as_view()),
    path(f"{_TEXT}still-right/", translations.StillRight.as_view()),
    path(f"{_TEXT}convert/", translations.Converting.as_view()),
    path(f"{_TEXT}review/", reviewing.ReviewSteps.as_view()),
    path(f"{_TEXT}submit/", reviewing.Submitting.as_view()),
    path(f"{_TEXT}withdraw/", reviewing.Withdrawing.as_view()),
    path(f"{_TEXT}approve/", reviewing.Approving.as_view()),
    path(f"{_TEXT}send-back/", reviewing.SendingBack.as_view()),
    path(f"{_TEXT}publish/", reviewing.PublishingText.as_view()),
    path("translations/", translations.TranslationList.as_view()),
    path("review-rules/", review_rules.ReviewRuleList.as_view()),
    path("review-rules/<str:kind>/", review_rules.ReviewRuleOne.as_view()),
    path("audit/", audit.AuditList.as_view()),
    path("snippets/", snippets.SnippetList.as_view()),
    path("snippets/<str:key>/", snippets.SnippetDetail.as_view()),
    path("snippets/<str:key>/revisions/", snippets.SnippetRevisions.as_view()),
    path("snippets/<str:key>/approve/", snippets.ApprovingSnippet.as_view()),
    path("snippets/<str:key>/publish/", snippets.PublishingSnippet.as_view()),
    path("attachments/", attachments.AttachmentList.as_view()),
    path("attachments/<str:name>/", attachments.AttachmentDetail.as_view()),
    path("taxonomy/", taxonomy.TaxonomyList.as_view()),
    path("taxonomy/<str:slug>/", taxonomy.TaxonomyDetail.as_view()),
    path("export/", export.Export.as_view()),
    path("releases/", releases.ReleaseList.as_view()),
    path(_RELEASE, releases.ReleaseDetail.as_view()),
    path(f"{_RELEASE}items/", releases.ReleaseItems.as_view()),
    path(f"{_RELEASE}items/<str:item_id>/", releases.ReleaseItemOne.as_view()),
    path(f"{_RELEASE}check/", releases.ReleaseChecking.as_view()),
    path(f"{_RELEASE}changes/", releases.ReleaseChanges.as_view()),
    path(f"{_RELEASE}schedule/", releases.Scheduling.as_view()),
    path(f"{_RELEASE}unschedule/", releases.Unscheduling.as_view()),
    path(f"{_RELEASE}cancel/", releases.Cancelling.as_view()),
    path(f"{_RELEASE}publish/", releases.PublishingRelease.as_view()),
    path("editions/<str:number>/go-back/", releases.GoingBack.as_view()),
]
