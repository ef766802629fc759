"""The telephone: VoiceXML that leads from a language by topic to an article, and reads it.

Calls come from a voice platform, which keeps no session with us: every answer depends on its
address and the current edition alone.
"""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.locales import default_locale, locales
from articles.numbers import whole_number
from articles.public_ids import is_public_id
from channels.delivery.lookup import Found, find
from channels.delivery.responses import told, unless_known
from channels.envelopes import voicexml
from channels.envelopes.phrases import phrases
from channels.envelopes.voicexml import MOST_CHOICES, Choice, Language
from channels.ivr.catalogue import CALLER, Catalogue, SpokenArticle, spoken_locales
from channels.languages import html_lang
from channels.models import TopicEntry
from channels.queries import at_edition, current_number, entries_at

LAST_PAGE = 999_999


@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """Offer the languages in which something is told to callers, each in its own words."""
    number = current_number()
    told_in = set(
        entries_at(number, rank=CALLER).order_by().values_list("locale", flat=True).distinct()
    )
    offered = [
        Language(locale, name, _menu_url(locale))
        for locale, name in settings.LOCALES.items()
        if told_in & set(spoken_locales(locale))
    ]
    if len(offered) < 2:  # No choice, so the call goes on at once.
        return main_menu(request, offered[0].locale if offered else default_locale())
    return _answer(request, voicexml.languages(offered, title=settings.SITE_NAME), edition=number)


@require_safe
def main_menu(request: HttpRequest, locale: str) -> HttpResponse:
    """Offer the top topics that lead to an article."""
    if locale not in locales():
        return _not_found(locale)
    number = current_number()
    catalogue = Catalogue(number, locale)
    choices = _topic_choices(catalogue, "", locale)
    if catalogue.has_articles_without_topic():
        choices.append(Choice(phrases(locale).other, reverse("ivr:other", args=[locale])))
    title = phrases(locale).welcome.format(site=settings.SITE_NAME)
    return _menu(request, choices, locale=locale, edition=number, title=title)


@require_safe
def topic(request: HttpRequest, locale: str, slug: str) -> HttpResponse:
    """Offer what is below a topic: narrower topics first, then its own articles."""
    if locale not in locales():
        return _not_found(locale)
    number = current_number()
    catalogue = Catalogue(number, locale)
    node = catalogue.topics.get(slug)
    if node is None:
        return _not_found(locale, edition=number)
    choices = [
        *_topic_choices(catalogue, slug, locale),
        *_article_choices(catalogue.articles_of(slug), locale),
    ]
    return _menu(
        request,
        choices,
        locale=locale,
        edition=number,
        title=node.name(locale),
        back_url=_menu_url(locale, node.parent),
    )


@require_safe
def other(request: HttpRequest, locale: str) -> HttpResponse:
    """Offer the articles that belong to no topic."""
    if locale not in locales():
        return _not_found(locale)
    number = current_number()
    return _menu(
        request,
        _article_choices(Catalogue(number, locale).articles_without_topic(), locale),
        locale=locale,
        edition=number,
        title=phrases(locale).other,
        back_url=_menu_url(locale),
    )


@require_safe
def article(request: HttpRequest, locale: str, public_id: str) -> HttpResponse:
    """Read an article to the caller, and lead back to where it stands in the menus."""
    if locale not in locales() or not is_public_id(public_id):
        return _not_found(locale)
    found = find(public_id=public_id, locales=spoken_locales(locale), format="ssml", rank=CALLER)
    if not isinstance(found, Found) or found.body is None:
        return _not_found(locale, edition=found.edition)
    document = voicexml.article(
        found.body,
        locale=locale,
        title=found.title,
        back_url=_menu_url(locale, _topic_of(found)),
        agent_url=settings.IVR_PERSON_URL,
    )
    return _answer(
        request, document, edition=found.edition, locale=locale, digest=found.content_digest
    )


@require_safe
def astray(request: HttpRequest) -> HttpResponse:
    """Answer an address that nothing stands at."""
    return _not_found(request.path_info.split("/")[2])


def _topic_of(found: Found) -> str:
    """Return the topic whose menu offers the text, in the very edition that was read; "" for none.

    An article may name a topic that the tree has no more.
    """
    topics = at_edition(TopicEntry.objects.all(), found.edition).values("slug")
    entries = entries_at(found.edition, rank=CALLER).filter(
        public_id=found.public_id, locale=found.locale, topic__in=topics
    )
    return entries.values_list("topic", flat=True).first() or ""


def _menu_url(locale: str, topic: str = "") -> str:
    if topic:
        return reverse("ivr:topic", args=[locale, topic])
    return reverse("ivr:main", args=[locale])


def _topic_choices(catalogue: Catalogue, above: str, locale: str) -> list[Choice]:
    return [
        Choice(node.name(locale), _menu_url(locale, node.slug))
        for node in catalogue.topics_below(above)
    ]


def _article_choices(articles: list[SpokenArticle], locale: str) -> list[Choice]:
    return [
        Choice(article.title, reverse("ivr:article", args=[locale, article.public_id]))
        for article in articles
    ]


def _menu(
    request: HttpRequest,
    choices: list[Choice],
    *,
    locale: str,
    edition: int,
    title: str,
    back_url: str = "",
) -> HttpResponse:
    """Offer the choices; those that are too many for one document from `?page=2` on."""
    page = whole_number(request.GET.get("page", "1"), most=LAST_PAGE) or 0
    first, end = (page - 1) * MOST_CHOICES, page * MOST_CHOICES
    if page < 1 or (page > 1 and first >= len(choices)):
        return _not_found(locale, edition=edition)
    document = voicexml.menu(
        choices[first:end],
        locale=locale,
        title=title,
        back_url=back_url,
        agent_url=settings.IVR_PERSON_URL,
        more_url=f"{request.path}?page={page + 1}" if end < len(choices) else "",
    )
    return _answer(request, document, edition=edition, locale=locale)


def _answer(
    request: HttpRequest, document: bytes, *, edition: int, locale: str = "", digest: str = ""
) -> HttpResponse:
    response = HttpResponse(document, content_type=voicexml.MEDIA_TYPE)
    if locale:
        response.headers["Content-Language"] = html_lang(locale)
    return unless_known(request, told(response, edition=edition, digest=digest))


def _not_found(locale: str, *, edition: int | None = None) -> HttpResponse:
    """Say sorry and lead to the menu; what is hidden answers exactly as what is missing."""
    known = locale in locales()
    document = voicexml.apology(
        locale=locale if known else default_locale(),
        next_url=_menu_url(locale) if known else reverse("ivr:languages"),
    )
    response = HttpResponse(document, content_type=voicexml.MEDIA_TYPE, status=HTTPStatus.NOT_FOUND)
    return told(response, edition=current_number() if edition is None else edition)
