"""The filters above the list: what each one offers, and what is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.locales import locale_choices
from articles.models.article import AUDIENCE_CHOICES, Kind
from channels.agent.selection import Selection
from channels.queries import TopicNode

INDENT = "\u2003"  # an em space: options of a list can't be indented otherwise


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    label: str
    options: Sequence[tuple[str, str]]  # value and label
    chosen: str
    everything: str = ""  # what it is called not to filter, "" where one must choose


def filters(selection: Selection, topics: Iterable[TopicNode]) -> list[Filter]:
    tree = [(node.slug, INDENT * node.depth + node.name(selection.locale)) for node in topics]
    return [
        Filter("locale", _("Language"), locale_choices(), selection.locale),
        Filter(
            "kind",
            _("Kind"),
            [(value, str(label)) for value, label in Kind.choices],
            selection.kind,
            pgettext("kinds", "all"),
        ),
        Filter("topic", _("Topic"), tree, selection.topic, pgettext("topics", "all")),
        Filter(
            "audience",
            _("For"),
            [(value, str(label)) for value, label in AUDIENCE_CHOICES],
            selection.audience,
            _("all readers"),
        ),
    ]
