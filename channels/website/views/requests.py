"""Readers' priorities: the public list, asking for an update, voting for what others asked."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.document.text import clean_line
from articles.exceptions import InvalidInput, OperationRefused
from articles.public_ids import is_public_id
from channels.delivery.throttle import TOO_OFTEN, seconds_to_wait
from channels.models import Entry, UpdateRequest
from channels.operations import requests as operations
from channels.search.recording import is_search_id, note_outcome
from channels.voters import remember, voter_of
from channels.website.addresses import address, page_languages
from channels.website.listing import read_page, teaser
from channels.website.page import render_page
from channels.website.reading import RANK, Reading, begin
from channels.website.views.too_often import too_often
from channels.website.wishes import wishes_on_page

State = UpdateRequest.State

LONGEST_ADDRESS = 2_000  # characters that a form may send as the page to go back to


@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """What readers ask for, most wanted first; `?state=` narrows it."""
    reading = begin(get_language())
    state = request.GET.get("state", "")
    if state and state not in State.values:
        raise Http404("There is no such state.")
    rows = reading.requests()
    page = read_page(request, rows.filter(state=state) if state else rows)
    context = {
        "page": page,
        "wishes": wishes_on_page(request, reading, page),
        "state": state,
        "states": [(f"?state={one.value}", str(one.label), one.value == state) for one in State],
        "here": request.get_full_path(),
        "canonical": request.path,
    }
    languages = page_languages("requests", current=reading.locale)
    return render_page(
        request, "website/requests.html", context, reading=reading, languages=languages
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: HttpRequest) -> HttpResponse:
    """A form for one sentence, on an article (`article`, its public id) or on what is missing."""
    reading = begin(get_language())
    data = request.POST if request.method == "POST" else request.GET
    entry = _entry(reading, data.get("article", ""))
    sentence, origin = data.get("sentence", ""), data.get("from", "")
    search_id = data.get("search", "")
    problem, status, wait = "", HTTPStatus.OK, 0
    if request.method == "POST":
        if wait := seconds_to_wait(request):
            problem, status = str(TOO_OFTEN), HTTPStatus.TOO_MANY_REQUESTS
        else:
            try:
                response = _ask(request, reading, entry, sentence, origin)
                public_id = entry.public_id if entry else ""
                note_outcome(search_id=search_id, what="asked", public_id=public_id)
                return response
            except InvalidInput as refused:
                problem, status = str(refused), HTTPStatus.BAD_REQUEST
    context: dict[str, Any] = {
        "about": teaser(entry, locale=reading.locale) if entry else None,
        "article_id": entry.public_id if entry else "",
        "sentence": clean_line(sentence[: operations.LONGEST_SENT])[:500],
        "from": origin,
        "search_id": search_id if is_search_id(search_id) else "",
        "problem": problem,
    }
    languages = page_languages("ask", current=reading.locale)
    response = render_page(
        request, "website/ask.html", context, reading=reading, languages=languages, status=status
    )
    if wait:
        response["Retry-After"] = str(wait)
    return response


def _ask(
    request: HttpRequest, reading: Reading, entry: Entry | None, sentence: str, origin: str
) -> HttpResponse:
    """Ask, and lead back to where the request can be seen. Raises InvalidInput."""
    voter = voter_of(request)
    from_search = origin == UpdateRequest.Origin.SEARCH
    operations.ask(
        voter=voter,
        locale=reading.locale,
        sentence=sentence,
        origin=UpdateRequest.Origin.SEARCH if from_search else UpdateRequest.Origin.WEBSITE,
        audience_rank=RANK,
        article=entry.article if entry else None,
    )
    messages.success(request, gettext("Thank you. Your request is on the list, with your vote."))
    if entry:
        back = teaser(entry, locale=reading.locale).href + "#requests"
    else:
        back = address("requests", locale=reading.locale)
    response = HttpResponseRedirect(back)
    remember(request, response, voter)
    return response


@require_POST
def vote_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote for a request; a second vote by the same person changes nothing."""
    if wait := seconds_to_wait(request):
        return too_often(request, wait, back=_form_page(request))
    wish = _visible(pk)
    voter = voter_of(request)
    try:
        operations.vote(voter=voter, request=wish)
        messages.success(request, gettext("Your vote is counted."))
    except OperationRefused as refused:
        messages.error(request, str(refused))
    response = _back(request)
    remember(request, response, voter)
    return response


@require_POST
def retract(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's vote back."""
    if wait := seconds_to_wait(request):
        return too_often(request, wait, back=_form_page(request))
    operations.retract_vote(voter=voter_of(request), request=_visible(pk))
    messages.success(request, gettext("Your vote is taken back."))
    return _back(request)


def _visible(pk: int) -> UpdateRequest:
    """Return a request that everybody may see. Raises Http404."""
    wish = begin(get_language()).requests().filter(pk=pk).first()
    if wish is None:
        raise Http404("There is no such request.")
    return wish


def _entry(reading: Reading, public_id: str) -> Entry | None:
    """Return the text of the article that is asked about, None for none. Raises Http404."""
    if not public_id:
        return None
    if not is_public_id(public_id):
        raise Http404
    entry = reading.best_texts().filter(public_id=public_id).select_related("article").first()
    if entry is None:
        raise Http404
    return entry


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(_form_page(request))


def _form_page(request: HttpRequest) -> str:
    """Return the page that the form was on, if it is one of ours, else the list of requests."""
    back = request.POST.get("back", "")[:LONGEST_ADDRESS]
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else address("requests", locale=get_language())
