"""What crawlers look for at the root, outside of any locale."""

from __future__ import annotations

from django.urls import path

from channels.website.sitemap import robots, sitemap, sitemap_part

urlpatterns = [
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", sitemap_part, name="sitemap-part"),
    path("robots.txt", robots, name="robots"),
]
