"""What an agent asks for, and votes for: forms that are posted, answered by the page again."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.exceptions import InvalidInput, WrongState
from articles.locales import locales
from articles.models import Article
from articles.public_ids import is_public_id
from channels.agent.access import agents_only
from channels.agent.listing import RANK
from channels.agent.page import show
from channels.agent.selection import own_locale
from channels.agent.wishes import visible_request
from channels.delivery.throttle import TOO_OFTEN, seconds_to_wait
from channels.models import UpdateRequest
from channels.operations.requests import ask, retract_vote, vote
from channels.queries import entries_at
from channels.voters import voter_of


@require_POST
@agents_only
def ask_about(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the sentence that says what an article's update should bring."""
    article = _readable(public_id)
    if article is None:
        return show(request, public_id=public_id)
    return _ask(request, article)


@require_POST
@agents_only
def ask_for(request: HttpRequest) -> HttpResponse:
    """Take the sentence that says what is not written yet."""
    return _ask(request, None)


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
    return _back(request, request.POST.get("at", ""))


def _ask(request: HttpRequest, article: Article | None) -> HttpResponse:
    public_id = article.public_id if article else ""
    sentence = request.POST.get("sentence", "")
    locale = request.POST.get("locale", "")
    if wait := seconds_to_wait(request):
        page = show(request, public_id=public_id, sentence=sentence, refusal=str(TOO_OFTEN))
        return _too_often(page, wait)
    try:
        ask(
            voter=voter_of(request),
            locale=locale if locale in locales() else own_locale(),
            sentence=sentence,
            origin=UpdateRequest.Origin.AGENT,
            audience_rank=RANK,
            article=article,
        )
    except InvalidInput as refusal:
        return show(request, public_id=public_id, sentence=sentence, refusal=str(refusal))
    messages.success(request, _("Thank you. The editors see it, and other agents can vote for it."))
    return _back(request, public_id)


def _too_often(page: HttpResponse, wait: int) -> HttpResponse:
    """Let the page ask for patience: 429, with the seconds to wait (RFC 6585, 4)."""
    page.status_code = HTTPStatus.TOO_MANY_REQUESTS
    page.headers["Retry-After"] = str(wait)
    return page


def _readable(public_id: str) -> Article | None:
    """Return an article that the current edition tells to agents, in whatever locale."""
    if not is_public_id(public_id):
        return None
    told = entries_at(None, rank=RANK).filter(public_id=public_id).select_related("article")
    entry = told.first()
    return entry.article if entry else None


def _back(request: HttpRequest, public_id: str) -> HttpResponseRedirect:
    address = (
        reverse("agent:article", args=[public_id])
        if is_public_id(public_id)
        else reverse("agent:home")
    )
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"{address}?{query}#requests" if query else f"{address}#requests")
