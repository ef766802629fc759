"""What is put around stored bytes when somebody asks: the words inside stay the stored ones, and
a word that an envelope lost, added or changed would be heard."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.document.words import document_words
from channels.parity import first_difference
from channels.registry import ENVELOPES, FORMATS
from tests.building import published, snippet
from tests.renderers.samples import CONTEXT, ESIM
from tests.renderers.wrapping import WRAPPINGS

BODY = """It costs {{ fee }}[^1].

1. Open **Settings**.
2. Scan the code.

| Plan | Price |
|---|---|
| S | {{ fee }} |

::: warning "Once"
Do *not* delete it.
:::

::: agent
Waive the fee.
:::

[^1]: Once only.
"""
FAULTS = {
    "loses a word": ("Settings", ""),
    "adds a word": ("Settings", "all Settings"),
    "changes a price": ("£19.99", "£91.99"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ENVELOPES)
def test_an_envelope_says_the_words_that_are_stored(client: Client, name: str) -> None:
    snippet("fee", "money", {"amount": "19.99", "currency": "GBP"})
    more_than_one_verb_may_say = "\n\n".join(f"{n} " + "word " * 100 for n in range(10))
    article = published("Activate an eSIM", BODY + "\n" + more_than_one_verb_may_say)
    address = f"/api/v1/articles/{article.public_id}/"
    stored = client.get(address, {"format": "json"})
    wrapped = client.get(address, {"format": name})
    assert ENVELOPES[name].words(wrapped.content) == FORMATS["document"].words(stored.content)
    assert wrapped["Knowledge-Digest"] == stored["Knowledge-Digest"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", WRAPPINGS)
def test_a_fault_in_an_envelope_is_heard(name: str, fault: str) -> None:
    wrapping = WRAPPINGS[name]
    wrapped = wrapping.wrap(FORMATS[wrapping.wraps].render(ESIM, CONTEXT)).decode()
    expected = document_words(ESIM)
    assert wrapping.words(wrapped.encode()) == expected
    old, new = FAULTS[fault]
    assert old in wrapped
    said = wrapping.words(wrapped.replace(old, new, 1).encode())
    difference = first_difference(expected, said)
    assert difference is not None
    assert difference.expected in ("Settings", "19.99")
