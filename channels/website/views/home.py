"""The first page: search, topics, what is new, what readers ask for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from channels.queries import topics_at
from channels.website.addresses import page_languages
from channels.website.listing import teasers, topic_cards, topic_counts
from channels.website.page import SHARED, render_page
from channels.website.reading import begin
from channels.website.wishes import most_wanted

NEWEST = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    reading = begin(get_language())
    counts = topic_counts(reading)
    newest = reading.best_texts().order_by("-from_edition_id", "title")[:NEWEST]
    context = {
        "topics": topic_cards(topics_at(reading.number), counts, locale=reading.locale),
        "total": sum(counts.values()),
        "newest": teasers(newest, locale=reading.locale),
        "wanted": most_wanted(reading),
        "canonical": request.path,
    }
    return render_page(
        request,
        "website/home.html",
        context,
        reading=reading,
        languages=page_languages("home", current=reading.locale),
        cache=SHARED,
    )
