"""The items of a release: what each is called, and whether it still is what was chosen."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F
from django.utils.translation import gettext

from articles.models import Article, ArticleText, Revision, Snippet, SnippetRevision
from channels.models import Entry
from channels.operations.chunks import chunks
from channels.operations.items import Item, Retirement, Wanted


def key_of(item: Item) -> tuple[str, int]:
    """Return what a release can hold one item of: a text, a snippet, an article to retire."""
    match item:
        case Revision():
            return "text", item.text_id
        case SnippetRevision():
            return "snippet", item.snippet_id
        case Retirement():
            return "retire", item.article.pk


def name_of(item: Item) -> str:
    """Return an item by what was chosen of it, for the audit and for messages."""
    match item:
        case Revision():
            return f"{item.title} ({item.text.locale}, r{item.number})"
        case SnippetRevision():
            return str(item)
        case Retirement():
            return gettext("retire %(article)s") % {"article": item.article.public_id}


def changed_since(wanted: Wanted) -> list[str]:
    """Return a line for each item that is not what is approved now, naming it.

    Words that are live may be told again, to other readers for instance, where nothing newer is
    approved.
    """
    return [*_changed_texts(wanted), *_changed_snippets(wanted)]


def not_live(wanted: Wanted) -> list[str]:
    """Return a line for each article that is to be retired and is not live."""
    gone = []
    for ids in chunks(sorted(wanted.retired)):
        live = set(Entry.objects.live().filter(article__in=ids).values_list("article", flat=True))
        names = Article.objects.filter(pk__in=set(ids) - live)
        gone += list(names.order_by("pk").values_list("public_id", flat=True))
    message = gettext("Article %(article)s is not live, so it cannot be retired.")
    return [message % {"article": public_id} for public_id in gone]


def newer_words(wanted: Wanted) -> list[str]:
    """Return a line for each text that was written on since its chosen revision was approved: what
    is newer does not go along. One statement for some hundreds of texts."""
    lines = []
    message = gettext(
        "“%(title)s” (%(locale)s) goes live as revision %(number)d; revision %(newer)d was written "
        "since, is not approved and does not go along."
    )
    for ids in chunks(sorted(wanted.revisions)):
        texts = ArticleText.objects.select_related("approved", "head").filter(pk__in=ids)
        texts = texts.defer("approved__body", "head__body", "approved__summary", "head__summary")
        for text in texts.exclude(head=F("approved")).order_by("pk"):
            approved, head = text.approved, text.head
            if approved and head and approved.pk == wanted.revisions[text.pk]:
                about = {"title": approved.title, "locale": text.locale}
                lines.append(message % (about | {"number": approved.number, "newer": head.number}))
    return lines


def _changed_texts(wanted: Wanted) -> Iterator[str]:
    for ids in chunks(sorted(wanted.revisions)):
        texts = ArticleText.objects.select_related("approved").filter(pk__in=ids).order_by("pk")
        changed = [text for text in texts if text.approved_id != wanted.revisions[text.pk]]
        chosen = [wanted.revisions[text.pk] for text in changed]
        live = set(
            Entry.objects.live().filter(revision__in=chosen).values_list("revision", flat=True)
        )
        revisions = Revision.objects.only("title", "number").in_bulk(chosen)
        for text in changed:
            revision = revisions[wanted.revisions[text.pk]]
            if text.approved is None and revision.pk in live:
                continue
            about = {"title": revision.title, "locale": text.locale, "number": revision.number}
            if text.approved:
                message = gettext(
                    "“%(title)s” (%(locale)s) changed since: revision %(number)d was chosen, and "
                    "%(approved)d is the approved one now."
                )
                yield message % (about | {"approved": text.approved.number})
            else:
                message = gettext(
                    "“%(title)s” (%(locale)s) changed since: revision %(number)d was chosen, and "
                    "none is approved now."
                )
                yield message % about


def _changed_snippets(wanted: Wanted) -> Iterator[str]:
    for ids in chunks(sorted(wanted.snippets)):
        snippets = Snippet.objects.select_related("approved").filter(pk__in=ids).order_by("key")
        changed = [row for row in snippets if row.approved_id != wanted.snippets[row.pk]]
        values = SnippetRevision.objects.in_bulk([wanted.snippets[row.pk] for row in changed])
        for snippet in changed:
            message = gettext(
                "Snippet %(key)s changed since: value %(number)d was chosen, and %(approved)s is "
                "the approved one now."
            )
            yield message % {
                "key": snippet.key,
                "number": values[wanted.snippets[snippet.pk]].number,
                "approved": snippet.approved.number if snippet.approved else gettext("none"),
            }
