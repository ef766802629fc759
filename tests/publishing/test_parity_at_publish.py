"""What is published was compared word by word: a format that says something else goes nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from channels.exceptions import PublishRefused
from channels.models import Edition, OutboxRow, Rendering
from channels.queries import current_number
from channels.registry import FORMATS
from tests.building import publish_texts, write_approved

pytestmark = pytest.mark.django_db


class Forgetful:
    """A renderer that leaves one word out."""

    def __init__(self, renderer: Any, word: str) -> None:
        self._renderer, self._word = renderer, word.encode()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._renderer, name)

    def render(self, *arguments: Any) -> bytes:
        body: bytes = self._renderer.render(*arguments)
        return body.replace(self._word, b"")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("word", ["Unmistakable", "Confidential"])
def test_a_format_that_loses_a_word_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, word: str
) -> None:
    revision = write_approved(
        "Roaming",
        "Something Unmistakable.\n\n::: agent\nSomething Confidential.\n:::",
        public_id="roaming",
    )
    monkeypatch.setitem(FORMATS, name, Forgetful(FORMATS[name], word))
    with pytest.raises(PublishRefused) as refusal:
        publish_texts(revision)
    said = str(refusal.value)
    assert all(part in said for part in ("roaming", name, word)), said
    assert (current_number(), Edition.objects.count()) == (0, 0)
    assert not Rendering.objects.exists()
    assert not OutboxRow.objects.exists()
