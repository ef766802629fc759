"""The next steps of a text on its article's page: what its state and the person's role allow."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.review_standing import offered_to_take_back
from articles.models import Article, ArticleText
from articles.workflow import WORKFLOW, Action

# Where channels' pages do what leads out of this app. They are reached by name only.
PUBLISH_TEXT = "admin:channels_publish_text"
RETIRE = "admin:channels_retire"


@dataclass(frozen=True, slots=True)
class Button:
    """A step that is possible now and allowed to this person."""

    action: str
    label: str
    url: str
    asks_reason: bool = False
    confirmed_there: bool = False  # leads to a page that asks again
    main: bool = False


def buttons_of(user: AbstractUser, article: Article, text: ArticleText) -> list[Button]:
    """Return the workflow's steps from the text's state that this person may take."""
    move = reverse("admin:articles_text_move", args=[article.pk, text.locale])
    author = text.head.author_id if text.head else 0
    buttons = []
    for (state, action), step in WORKFLOW.items():
        if state != text.state or action is Action.SAVE or not user.has_perm(step.permission):
            continue
        match action:
            case Action.WITHDRAW if not offered_to_take_back(user, author=author):
                continue
            case Action.PUBLISH:
                url = reverse(PUBLISH_TEXT, args=[text.pk])
                buttons.append(Button(action, _("Publish now"), url, main=True))
            case Action.RETIRE:
                url = reverse(RETIRE, args=[article.pk])
                buttons.append(Button(action, _("Retire…"), url, confirmed_there=True))
            case _:
                buttons.append(
                    Button(
                        action,
                        action.label.capitalize(),
                        move,
                        asks_reason=action is Action.REJECT,
                        main=action in (Action.SUBMIT, Action.APPROVE),
                    )
                )
    return buttons
