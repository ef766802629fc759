"""What an agent asks for, and votes for: forms that are posted, answered by the page again."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.exceptions import InvalidInput, WrongState
from articles.locales import locales
from articles.operations.audit import operation
from articles.public_ids import is_public_id
from channels.agent.access import agent_of, agents_only
from channels.agent.acting import (
    back,
    call_as_json,
    came_here,
    named_call,
    readable,
    shown_on,
    wants_json,
)
from channels.agent.page import show
from channels.agent.selection import own_locale
from channels.agent.wishes import visible_request
from channels.delivery.throttle import TOO_OFTEN, seconds_to_wait
from channels.models import CallEvent
from channels.operations.call_events import flag
from channels.operations.requests import retract_vote, vote
from channels.voters import voter_of


@require_POST
@agents_only
def ask_about(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the sentence that says what an article's update should bring."""
    if readable(public_id) is None:
        return show(request, public_id=public_id)
    return _ask(request, public_id)


@require_POST
@agents_only
def ask_for(request: HttpRequest) -> HttpResponse:
    """Take the sentence that says what is not written yet."""
    return _ask(request, "")


@require_POST
@agents_only
def vote_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote for what somebody asked, or with `retract` take the vote back."""
    wish = visible_request(pk)
    if wish is None:
        raise Http404
    if wait := seconds_to_wait(request):
        messages.error(request, TOO_OFTEN)
        at = request.POST.get("at", "")
        return _too_often(show(request, public_id=at if is_public_id(at) else ""), wait)
    voter = voter_of(request)
    try:
        if "retract" in request.POST:
            retract_vote(voter=voter, request=wish)
            messages.success(request, _("Your vote was taken back."))
        else:
            vote(voter=voter, request=wish)
            messages.success(request, _("Your vote counts."))
    except WrongState:
        messages.error(request, _("This was closed in the meantime."))
    # Back to where the vote was given: with the list as it was, and to the article if it was open.
    return back(request, request.POST.get("at", ""), "#requests")


def _ask(request: HttpRequest, public_id: str) -> HttpResponse:
    sentence = request.POST.get("sentence", "")
    kind = request.POST.get("kind", CallEvent.Kind.MISSING)
    typed = {"public_id": public_id, "sentence": sentence, "kind": kind}
    if wait := seconds_to_wait(request):
        if wants_json(request):
            return _too_often(JsonResponse({"said": str(TOO_OFTEN)}), wait)
        return _too_often(show(request, **typed, refusal=str(TOO_OFTEN)), wait)
    locale = request.POST.get("locale", "")
    shown = shown_on(request, public_id) if public_id else None
    try:
        with operation():  # What was refused leaves nothing of how the agent came to it.
            selection = named_call(request)
            came_here(request, selection, shown)
            flag(
                actor=agent_of(request),
                call=selection.call,
                kind=kind,
                sentence=sentence,
                locale=locale if locale in locales() else own_locale(),
                shown=shown,
            )
    except InvalidInput as refusal:
        if wants_json(request):
            return JsonResponse({"said": str(refusal)}, status=HTTPStatus.BAD_REQUEST)
        return show(request, **typed, refusal=str(refusal))
    said = _("Thank you. The editors see it, and other agents can vote for it.")
    if wants_json(request):
        return call_as_json(request, said, public_id=public_id)
    messages.success(request, said)
    return back(request, public_id, "#requests")


def _too_often(page: HttpResponse, wait: int) -> HttpResponse:
    """Let the page ask for patience: 429, with the seconds to wait (RFC 6585, 4)."""
    page.status_code = HTTPStatus.TOO_MANY_REQUESTS
    page.headers["Retry-After"] = str(wait)
    return page
