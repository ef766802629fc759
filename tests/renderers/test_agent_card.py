"""The agent's card is the stored HTML, with links to other cards."""

from __future__ import annotations

from channels.envelopes import agent_card
from channels.registry import FORMATS
from tests.renderers.samples import CONTEXT, ESIM, document, paragraph

HTML = FORMATS["html"].render(ESIM, CONTEXT)


def test_links_to_articles_lead_to_the_agents_pages() -> None:
    card = agent_card.card(HTML, locale="en")
    assert b'data-article="roaming" href="/agent/articles/roaming/?locale=en#kh-eu">' in card
    assert b"/en/a/" not in card


def test_nothing_else_is_changed() -> None:
    card = agent_card.card(HTML, locale="en")
    back = card.replace(b"/agent/articles/roaming/?locale=en", b"/en/a/roaming/")
    assert back == HTML


def test_what_customers_may_not_hear_stays_marked() -> None:
    assert b'data-audience="agent"' in agent_card.card(HTML, locale="en")


def test_text_that_looks_like_a_link_stays_text() -> None:
    lookalike = '<a class="kh-link" data-article="x" href="/en/a/x/">'
    html = FORMATS["html"].render(document(paragraph(lookalike)), CONTEXT)
    assert agent_card.card(html, locale="en") == html
