"""What an agent does in a call: forms that are posted. Without a script the page is answered again;
a script gets what to say and the call as it is now, and leaves the rest as it stands."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.exceptions import InvalidInput
from articles.locales import locale_choices
from articles.models import Article
from articles.operations.audit import operation
from articles.public_ids import is_public_id
from channels.agent.access import agent_of, agents_only
from channels.agent.calling import call_state
from channels.agent.listing import RANK
from channels.agent.page import show
from channels.agent.selection import Selection, read_selection
from channels.models import CallEvent
from channels.operations.call_events import note_opened, note_search, set_used
from channels.operations.call_ticks import set_tick
from channels.operations.calls import Shown, end_call, set_language
from channels.operations.pins import set_pin
from channels.queries import current_number, entries_at

MOST_DIGITS = 9


@require_POST
@agents_only
def used(request: HttpRequest, public_id: str) -> HttpResponse:
    """Link the article to the call, or with `used=0` take that back."""
    wanted = request.POST.get("used", "1") != "0"

    def act(selection: Selection) -> str:
        shown = shown_on(request, public_id)
        came_here(request, selection, shown)
        set_used(actor=agent_of(request), call=selection.call, shown=shown, used=wanted)
        return _("Noted: this solved it.") if wanted else _("Taken back.")

    return _done(request, public_id, act)


@require_POST
@agents_only
def tick(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tick a step, or take that back: its button says which step, and what is wanted."""

    def act(selection: Selection) -> str:
        number, words, wanted = [*request.POST.get("step", "").split("."), "", ""][:3]
        shown = shown_on(request, public_id)
        came_here(request, selection, shown)
        set_tick(
            actor=agent_of(request),
            call=selection.call,
            shown=shown,
            number=_number(number),
            words=words,
            ticked=wanted != "0",
        )
        return ""

    return _done(request, public_id, act)


@require_POST
@agents_only
def pin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep the article at hand, or with `pinned=0` no longer."""
    wanted = request.POST.get("pinned", "1") != "0"

    def act(_selection: Selection) -> str:
        article = readable(public_id)
        if article is None:
            raise InvalidInput(_("There is no such text."))
        set_pin(actor=agent_of(request), article=article, pinned=wanted)
        return _("Pinned.") if wanted else _("No longer pinned.")

    return _done(request, public_id, act)


@require_POST
@agents_only
def opened(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(selection: Selection) -> str:
        shown = shown_on(request, public_id)
        note_opened(actor=agent_of(request), call=selection.call, shown=shown)
        return ""

    return _done(request, public_id, act)


@require_POST
@agents_only
def searched(request: HttpRequest) -> HttpResponse:
    def act(selection: Selection) -> str:
        note_search(
            actor=agent_of(request),
            call=selection.call,
            query=selection.q,
            locale=selection.locale,
            edition=_number(request.POST.get("edition", "")),
            results=request.POST.getlist("result"),
            fits=request.POST.get("fits", "1") != "0",
        )
        return ""

    return _done(request, "", act)


@require_POST
@agents_only
def language(request: HttpRequest) -> HttpResponse:
    """Say which language the customer speaks."""
    at = request.POST.get("at", "")

    def act(selection: Selection) -> str:
        wanted = request.POST.get("speaks", "")
        set_language(actor=agent_of(request), call=selection.call, locale=wanted)
        return _("What you copy and read aloud is in this language now.")

    return _done(request, at if is_public_id(at) else "", act)


@require_POST
@agents_only
def end(request: HttpRequest) -> HttpResponse:
    """End the call; the next one begins with nothing."""
    try:
        end_call(actor=agent_of(request), call=named_call(request).call)
    except InvalidInput as refusal:
        return show(request, refusal=str(refusal))
    messages.success(request, _("The call is over. What you do now begins a new one."))
    return HttpResponseRedirect(reverse("agent:home"))


def named_call(request: HttpRequest) -> Selection:
    """Return what the address says. Raises InvalidInput where it names no call that can be: what is
    done would be kept with another."""
    selection = _selection(request)
    if request.GET.get("call") and not selection.call.reference:
        raise InvalidInput(selection.refused[-1])
    return selection


def shown_on(request: HttpRequest, public_id: str) -> Shown:
    """Return what the page that sends showed, as its forms say."""
    edition = _number(request.POST.get("edition", ""))
    return Shown(public_id, request.POST.get("locale", ""), edition or current_number())


def came_here(request: HttpRequest, selection: Selection, shown: Shown | None) -> None:
    """Keep how the agent came to act, where no script has noted it as it happened."""
    if wants_json(request):
        return
    actor, call = agent_of(request), selection.call
    if selection.q and (edition := current_number()):
        last = call_state(actor.pk, selection).row
        seen = last and last.events.filter(kind=CallEvent.Kind.SEARCHED, query=selection.q)
        if not (seen and seen.exists()):
            note_search(
                actor=actor,
                call=call,
                query=selection.q,
                locale=selection.locale,
                edition=edition,
            )
    if shown:
        note_opened(actor=actor, call=call, shown=shown)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def readable(public_id: str) -> Article | None:
    """Return an article that the current edition tells to agents, in whatever locale."""
    if not is_public_id(public_id):
        return None
    told = entries_at(None, rank=RANK).filter(public_id=public_id).select_related("article")
    entry = told.first()
    return entry.article if entry else None


def call_as_json(request: HttpRequest, said: str, *, public_id: str = "") -> HttpResponse:
    """Answer a script with what to say, and with the call as it is now."""
    selection = _selection(request)
    call = call_state(agent_of(request).pk, selection)
    context = {
        "call": call,
        "selection": selection,
        "query": selection.query(),
        "public_id": public_id,
        "languages": locale_choices(),
    }
    shown = render_to_string("agent/call.html", context, request)
    return JsonResponse({"said": said, "call": shown, "used": sorted(call.used)})


def back(request: HttpRequest, public_id: str, place: str = "") -> HttpResponseRedirect:
    address = (
        reverse("agent:article", args=[public_id])
        if is_public_id(public_id)
        else reverse("agent:home")
    )
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"{address}?{query}{place}" if query else f"{address}{place}")


def _done(request: HttpRequest, public_id: str, act: Callable[[Selection], str]) -> HttpResponse:
    try:
        with operation():  # What was refused leaves nothing of how the agent came to it.
            said = act(named_call(request))
    except InvalidInput as refusal:
        if wants_json(request):
            return JsonResponse({"said": str(refusal)}, status=HTTPStatus.BAD_REQUEST)
        return show(request, public_id=public_id, refusal=str(refusal))
    if wants_json(request):
        return call_as_json(request, said, public_id=public_id)
    if said:
        messages.success(request, said)
    return back(request, public_id)


def _selection(request: HttpRequest) -> Selection:
    """Return what the address says. What it says of topics is the list's affair."""
    return read_selection(request.GET, {request.GET.get("topic", "")})


def _number(value: str) -> int:
    """Return a number from a form, 0 for none."""
    right = value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS
    return int(value) if right else 0
