"""A snippet has a new revision when somebody changed what it says, and only then."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from articles.exceptions import InvalidInput
from articles.operations.snippets import save_snippet

pytestmark = pytest.mark.django_db


def test_a_text_that_a_browser_sends_back_unchanged_is_no_new_revision(author: User) -> None:
    saved = save_snippet(
        actor=author, key="returns", kind="text", value="Send it back.\n\nWe pay.", based_on=0
    )
    again = save_snippet(
        actor=author,
        key="returns",
        kind="text",
        value="Send it back.\r\n\r\nWe pay.\r\n",
        based_on=1,
    )
    assert again == saved


def test_a_text_for_each_locale_is_kept_without_the_line_ends_of_a_browser(author: User) -> None:
    saved = save_snippet(
        actor=author,
        key="returns",
        kind="text",
        value={"en": "One\r\ntwo\r\n", "zh-hans": "\u4e00"},
        based_on=0,
    )
    assert saved.value == {"en": "One\ntwo", "zh-hans": "\u4e00"}


@pytest.mark.parametrize(
    "value", [None, 5, ["a"], {"en": None}, {"en": {"en": "a"}}, "\r\n", "\ufeff"]
)
def test_what_is_no_text_is_refused(author: User, value: object) -> None:
    with pytest.raises(InvalidInput):
        save_snippet(actor=author, key="returns", kind="text", value=value, based_on=0)
