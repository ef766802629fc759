"""The one page of the agent: the call on top, results on the left, on the right an article or the
readers' wishes. Its parts are asked for by themselves where a script swaps them in place."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.locales import locale_choices
from channels.agent.access import agent_of
from channels.agent.calling import call_state, other_calls
from channels.agent.card import open_card
from channels.agent.filters import filters
from channels.agent.listing import list_texts
from channels.agent.selection import read_selection
from channels.agent.shortcuts import shortcuts
from channels.agent.wishes import most_wanted, wishes_on
from channels.delivery.responses import told
from channels.queries import current_number, topics_at
from channels.voters import voter_of

WHOLE = "agent/page.html"
RESULTS = "agent/results.html"
READING = "agent/reading.html"


def show(
    request: HttpRequest,
    *,
    public_id: str = "",
    part: str = WHOLE,
    kind: str = "",
    sentence: str = "",
    refusal: str = "",
) -> HttpResponse:
    """Answer with the page, open at an article where one is named, or with a part of it.

    `sentence` and `refusal`: what the agent tried to say, and why it was not taken; `kind` is what
    they said it of: something wrong or missing.
    """
    number = current_number()
    topics = topics_at(number)
    selection = read_selection(request.GET, {node.slug for node in topics})
    agent = agent_of(request)
    call = call_state(agent.pk, selection)
    context = {
        "site_name": settings.SITE_NAME,
        "edition": number,
        "selection": selection,
        "query": selection.query(),
        "call": call,
        "public_id": public_id,
        "languages": locale_choices(),
        "kind": kind,
        "refusal": refusal,
    }
    card = None
    if part != READING:
        at_start = not selection.is_filtered and selection.page == 1
        context |= {
            "listing": list_texts(number, selection, topics),
            "filters": filters(selection, topics),
            "shortcuts": shortcuts(agent.pk, selection, number) if at_start else (),
        }
    if part != RESULTS:
        card = open_card(public_id, selection, number, topics, call, agent.pk)
        voter = voter_of(request)
        context |= {
            "card": card,
            "wishes": (
                wishes_on(card.article_id, voter, edition=number)
                if card
                else most_wanted(voter, edition=number)
            ),
            # What was searched and not found is what is missing.
            "sentence": sentence or ("" if card else selection.q),
        }
    if part == WHOLE:
        context["other_calls"] = other_calls(agent.pk, selection)
    if public_id and card is None:
        status = HTTPStatus.NOT_FOUND
    elif refusal or selection.refused:
        status = HTTPStatus.BAD_REQUEST
    else:
        status = HTTPStatus.OK
    response = render(request, part, context, status=status)
    return told(response, edition=number, digest=card.digest if card else "", private=True)
