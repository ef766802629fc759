"""The API's description: the OpenAPI document, and the page that shows it."""

from __future__ import annotations

from functools import cache

from django.http import HttpResponse
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request

from channels.api.base import ApiView
from channels.delivery.responses import unless_known


@cache
def openapi_bytes() -> bytes:
    """Return the OpenAPI document; it depends on the code alone, so it is made once."""
    with translation.override("en"):
        document = SchemaGenerator().get_schema(request=None, public=True)
    rendered: bytes = OpenApiJsonRenderer().render(document)
    return rendered


@extend_schema(exclude=True)
class OpenApiDocument(ApiView):
    def get(self, request: Request) -> HttpResponse:
        response = HttpResponse(openapi_bytes(), content_type="application/json")
        response["Cache-Control"] = "no-cache"
        return unless_known(request._request, response)


class DocumentationPage(SpectacularSwaggerSplitView):
    """Swagger UI, its script in a file of its own, as our content security policy wants it."""

    url_name = "api-openapi"
    template_name = "api/documentation.html"
