"""All addresses: the API, the four faces, the admin."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("api/", include("channels.api.urls")),
    path("agent/", include("channels.agent.urls")),
    path("ivr/", include("channels.ivr.urls")),
    path("kiosk/", include("channels.website.kiosk.urls")),
    path("feeds/", include("channels.feeds.urls")),
    path("admin/", admin.site.urls),
    path("", include("knowledgehub.site_urls")),
    path("", include("channels.website.root_urls")),
    # The website comes last: what nothing else answers may be an old address of an article.
    *i18n_patterns(path("", include("channels.website.urls"))),
]

handler400 = "knowledgehub.problem_details.bad_request"
handler403 = "knowledgehub.problem_details.permission_denied"
handler404 = "knowledgehub.problem_details.page_not_found"
handler500 = "knowledgehub.problem_details.server_error"
