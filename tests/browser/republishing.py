"""An article that is changed, or taken back, while somebody has it open: a job in the installation.

It prints when the edition was there, in seconds since the epoch.
"""

from __future__ import annotations

import time

from articles.models import Article
from articles.operations.audit import system_user
from channels.models import Entry
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from tests.building import publish_texts, published, write_approved


def main(arguments: list[str]) -> None:
    """`new TITLE BODY LOCALE`: publish an article, print its id. `change ID LOCALE OLD NEW`: say
    it otherwise. `retire ID`: take it back."""
    match arguments:
        case ["new", title, body, locale]:
            print(published(title, body, locale=locale).public_id)
        case ["change", public_id, locale, old, new]:
            live = Entry.objects.live().select_related("revision")
            entry = live.get(public_id=public_id, locale=locale)
            revision = write_approved(
                entry.title,
                entry.revision.body.replace(old, new),
                article=entry.article,
                locale=locale,
                summary=entry.summary,
                questions=entry.questions,
            )
            publish_texts(revision)
            print(time.time())
        case ["retire", public_id]:
            article = Article.objects.get(public_id=public_id)
            publish(items=[Retirement(article)], actor=system_user())
            print(time.time())
