"""What the audit's actions are called where people read them. Channels have words of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

ACTIONS: Mapping[str, Any] = {
    "create-article": _("made an article"),
    "update-article": _("changed what is said about an article"),
    "verify-unchanged": _("found an article unchanged"),
    "move-source": _("moved an article’s source"),
    "save": _("saved a text"),
    "rename": _("gave a text another address"),
    "submit": _("submitted a text for review"),
    "withdraw": _("took a text back from review"),
    "approve": _("approved a text"),
    "reject": _("sent a text back"),
    "remark": _("remarked on a text"),
    "settle-remark": _("settled a remark"),
    "reopen-remark": _("reopened a remark"),
    "set-review-rule": _("changed a review rule"),
    "save-snippet": _("saved a snippet"),
    "submit-snippet": _("submitted a snippet for review"),
    "withdraw-snippet": _("took a snippet back from review"),
    "approve-snippet": _("approved a snippet"),
    "reject-snippet": _("sent a snippet back"),
    "save-topic": _("saved a topic"),
    "store-attachment": _("uploaded an attachment"),
    "save-view": _("saved a view of the list"),
    "change-view": _("changed a view of the list"),
    "delete-view": _("deleted a view of the list"),
}
