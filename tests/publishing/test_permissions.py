"""Who may do what, asked of the operations themselves: pages only hide."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from articles.exceptions import NotAllowed
from articles.models import AuditRecord
from articles.operations.attachments import store_attachment
from articles.operations.audit import system_user
from articles.operations.reviewing import approve, reject, submit
from articles.operations.snippets import (
    approve_snippet,
    reject_snippet,
    save_snippet,
    submit_snippet,
    withdraw_snippet,
)
from articles.operations.topics import save_topic
from articles.operations.writing import create_article
from channels.models import ApiKey, Edition
from channels.operations.api_keys import create_api_key, revoke_api_key
from channels.operations.publishing import publish
from channels.operations.requests import assign_article, decide, set_hidden, start_work
from channels.operations.rollback import go_back
from tests.building import published, snippet, write
from tests.requests.asking import asked

pytestmark = pytest.mark.django_db

Operation = Callable[[User], object]


def operations() -> dict[str, tuple[str, Operation]]:
    """Return by name the role that is needed and the operation, on things that are there."""
    article = published("Roaming")
    text = submit(
        actor=system_user(), text=write("Roaming", "Newer.", article=article).text, revision=2
    )
    price = snippet("name", "text", "Tidewave")
    draft, waiting = (
        save_snippet(actor=system_user(), key=key, kind="text", value="x", based_on=0)
        for key in ("draft", "waiting")
    )
    submit_snippet(actor=system_user(), snippet=waiting.snippet, revision=1)
    wish = asked()
    key, _ = create_api_key(actor=system_user(), name="Shop", audience="partner")
    return {
        "create_article": ("author", lambda actor: create_article(actor=actor, kind="support")),
        "save_snippet": (
            "author",
            lambda actor: save_snippet(
                actor=actor, key="other", kind="text", value="x", based_on=0
            ),
        ),
        "save_topic": (
            "author",
            lambda actor: save_topic(actor=actor, slug="travel", names={"en": "Travel"}),
        ),
        "store_attachment": (
            "author",
            lambda actor: store_attachment(actor=actor, content=b"", original_name="x.png"),
        ),
        "approve_snippet": (
            "reviewer",
            lambda actor: approve_snippet(actor=actor, snippet=price.snippet, revision=1),
        ),
        "submit_snippet": (
            "author",
            lambda actor: submit_snippet(actor=actor, snippet=draft.snippet, revision=1),
        ),
        "withdraw_snippet": (
            "author",
            lambda actor: withdraw_snippet(actor=actor, snippet=waiting.snippet, revision=1),
        ),
        "reject_snippet": (
            "reviewer",
            lambda actor: reject_snippet(
                actor=actor, snippet=waiting.snippet, revision=1, reason="Wrong."
            ),
        ),
        "publish": ("publisher", lambda actor: publish(items=[price], actor=actor)),
        "go_back": ("publisher", lambda actor: go_back(number=1, actor=actor)),
        "start_work": ("author", lambda actor: start_work(actor=actor, request=wish)),
        "assign_article": (
            "author",
            lambda actor: assign_article(actor=actor, request=wish, article=article),
        ),
        "decide": (
            "author",
            lambda actor: decide(actor=actor, request=wish, state="declined", reason="No."),
        ),
        "set_hidden": (
            "author",
            lambda actor: set_hidden(actor=actor, request=wish, hidden=True),
        ),
        "create_api_key": (
            "administrator",
            lambda actor: create_api_key(actor=actor, name="Mine", audience="agent"),
        ),
        "revoke_api_key": ("administrator", lambda actor: revoke_api_key(actor=actor, key=key)),
        "approve": ("reviewer", lambda actor: approve(actor=actor, text=text, revision=2)),
        "reject": (
            "reviewer",
            lambda actor: reject(actor=actor, text=text, revision=2, reason="No."),
        ),
    }


ROLES = ("agent", "author", "reviewer", "publisher", "administrator")


@pytest.mark.parametrize("role", ROLES[:-1])
def test_nobody_does_what_a_higher_role_is_for(role: str, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(role)
    tried = 0
    for name, (needed, operation) in operations().items():
        before = AuditRecord.objects.count(), Edition.objects.count(), ApiKey.objects.count()
        if ROLES.index(role) < ROLES.index(needed):
            tried += 1
            with pytest.raises(NotAllowed):
                operation(person)
            now = AuditRecord.objects.count(), Edition.objects.count(), ApiKey.objects.count()
            assert now == before, name
    assert tried
