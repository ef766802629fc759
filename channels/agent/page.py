"""The one page of the agent: a list on the left, an article or the readers' wishes on the right."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from channels.agent.card import open_card
from channels.agent.filters import filters
from channels.agent.listing import list_texts
from channels.agent.selection import read_selection
from channels.agent.wishes import most_wanted, wishes_on
from channels.delivery.responses import told
from channels.queries import current_number, topics_at
from channels.voters import voter_of


def show(
    request: HttpRequest, *, public_id: str = "", sentence: str = "", refusal: str = ""
) -> HttpResponse:
    """Answer with the page, open at an article where one is named.

    `sentence` and `refusal`: what the agent tried to ask, and why it was not taken.
    """
    number = current_number()
    topics = topics_at(number)
    selection = read_selection(request.GET, {node.slug for node in topics})
    card = open_card(public_id, selection, number, topics) if public_id else None
    listing = list_texts(number, selection, topics)
    voter = voter_of(request)
    context = {
        "site_name": settings.SITE_NAME,
        "edition": number,
        "selection": selection,
        "query": selection.query(),
        "listing": listing,
        "filters": filters(selection, topics),
        "public_id": public_id,
        "card": card,
        "wishes": (
            wishes_on(card.article_id, voter, edition=number)
            if card
            else most_wanted(voter, edition=number)
        ),
        # What was searched and not found is what is missing.
        "sentence": sentence or ("" if listing.lines or card else selection.q),
        "refusal": refusal,
    }
    if public_id and card is None:
        status = HTTPStatus.NOT_FOUND
    elif refusal or selection.refused:
        status = HTTPStatus.BAD_REQUEST
    else:
        status = HTTPStatus.OK
    response = render(request, "agent/page.html", context, status=status)
    return told(response, edition=number, digest=card.digest if card else "", private=True)
