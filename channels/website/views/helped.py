"""Whether an article answered the question that led to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from articles.public_ids import is_public_id
from channels.delivery.throttle import seconds_to_wait
from channels.search.recording import is_search_id, note_outcome
from channels.website.listing import teaser
from channels.website.reading import begin
from channels.website.views.too_often import too_often


@require_POST
def helped(request: HttpRequest) -> HttpResponse:
    """Put down a reader's yes or no, and lead back to the article: after a no, to where they can
    say what is missing."""
    search_id, public_id = request.POST.get("search", ""), request.POST.get("article", "")
    answer = request.POST.get("helped", "")
    if not (is_search_id(search_id) and is_public_id(public_id) and answer in ("yes", "no")):
        raise Http404("There is no such question.")
    reading = begin(get_language())
    text = reading.best_texts().filter(public_id=public_id).first()
    if text is None:
        raise Http404("There is no such article.")
    back = teaser(text, locale=reading.locale).href
    if wait := seconds_to_wait(request):
        return too_often(request, wait, back=back)
    what = "helped" if answer == "yes" else "not_helped"
    note_outcome(search_id=search_id, what=what, public_id=public_id)
    if answer == "yes":
        messages.success(request, gettext("Thank you."))
        return HttpResponseRedirect(back)
    messages.success(request, gettext("Thank you. Please tell us below what is missing."))
    return HttpResponseRedirect(f"{back}#requests")
