"""Whether the text that is open is still what is told: asked each second by each open article, so
it costs one statement, and mostly no more than a number is answered.

The address proves itself: it is signed, and names one text. Whoever has it learns that the text
changed, never what it says, and no session or permission has to be read for that.
"""

from __future__ import annotations

from http import HTTPStatus

from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from channels.models import Entry

SALT = "channels.agent.watching"
A_SHIFT = 12 * 3600  # seconds that an address is good for
GONE = '"gone"'


def watch_address(entry: Entry) -> str:
    token = signing.dumps([entry.public_id, entry.locale], salt=SALT)
    return reverse("agent:watch", args=[token])


def etag_of(digest: str, rank: int) -> str:
    """Return the ETag of what is told: it covers every rendering, and who may read it."""
    return f'"{digest[:32]}-{rank}"'


@require_safe
def watch(request: HttpRequest, token: str) -> HttpResponse:
    """Answer 304 while the text is told as it was. One statement."""
    try:
        public_id, locale = signing.loads(token, salt=SALT, max_age=A_SHIFT)
    except signing.BadSignature:
        return JsonResponse({}, status=HTTPStatus.FORBIDDEN)
    live = Entry.objects.live().filter(public_id=public_id, locale=locale)
    told = live.values_list("entry_digest", "audience_rank").first()
    etag = etag_of(*told) if told else GONE
    response: HttpResponse
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = JsonResponse({"told": bool(told)})
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_store=True)
    return response
