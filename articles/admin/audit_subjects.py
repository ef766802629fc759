"""What audit rows are about: from what somebody types to the subjects it may mean, and from a
subject to its page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from articles.living import titles_of
from articles.models import Article, ArticleText, Attachment, Kind, Snippet, Topic

MOST_MEANT = 200  # things that one word may mean


@dataclass(frozen=True, slots=True)
class SubjectPage:
    url: str
    name: str  # to be read beside the subject; "" where that says it all


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """`meant` gives the names that typed words may mean, `pages` each known name's page."""

    kind: str  # "article" of "article k3v9…"
    meant: Callable[[str], Iterable[str]]
    pages: Callable[[Collection[str]], Mapping[str, SubjectPage]]


def subjects_meant(typed: str, kinds: Iterable[SubjectKind]) -> frozenset[str]:
    """Return the subjects that `typed` may mean: itself, where it is one whole, or else all whose
    name or title it is, or is a part of."""
    known = list(kinds)
    if any(typed.startswith(f"{one.kind} ") for one in known):
        return frozenset({typed})
    return frozenset(f"{one.kind} {name}" for one in known for name in one.meant(typed))


def pages_of(subjects: Iterable[str], kinds: Iterable[SubjectKind]) -> dict[str, SubjectPage]:
    """Return the pages of the subjects that have one. At most two statements for each kind."""
    names: dict[str, set[str]] = {}
    for subject in subjects:
        kind, _space, name = subject.rpartition(" ")
        names.setdefault(kind, set()).add(name)
    return {
        f"{one.kind} {name}": page
        for one in kinds
        if one.kind in names
        for name, page in one.pages(names[one.kind]).items()
    }


def _articles_meant(typed: str) -> Iterable[str]:
    texts = ArticleText.objects.filter(Q(head__title__icontains=typed) | Q(slug=typed))
    named = Article.objects.filter(Q(public_id=typed) | Q(pk__in=texts.values("article")))
    return named.values_list("public_id", flat=True)[:MOST_MEANT]


def _article_pages(names: Collection[str]) -> dict[str, SubjectPage]:
    articles = list(Article.objects.filter(public_id__in=names))
    titles = titles_of(articles)
    return {
        article.public_id: SubjectPage(
            reverse("admin:articles_article_change", args=[article.pk]), titles[article.pk]
        )
        for article in articles
    }


def _snippets_meant(typed: str) -> Iterable[str]:
    return Snippet.objects.filter(key__icontains=typed).values_list("key", flat=True)[:MOST_MEANT]


def _snippet_pages(names: Collection[str]) -> dict[str, SubjectPage]:
    rows = Snippet.objects.filter(key__in=names).values_list("key", "pk")
    return {key: _page("articles_snippet_change", pk) for key, pk in rows}


def _topics_meant(typed: str) -> Iterable[str]:
    found = Topic.objects.filter(Q(slug=typed) | Q(names__name__icontains=typed)).distinct()
    return found.values_list("slug", flat=True)[:MOST_MEANT]


def _topic_pages(names: Collection[str]) -> dict[str, SubjectPage]:
    rows = Topic.objects.filter(slug__in=names).values_list("slug", "pk")
    return {slug: _page("articles_topic_change", pk) for slug, pk in rows}


def _attachments_meant(typed: str) -> Iterable[str]:
    found = Attachment.objects.filter(Q(name=typed) | Q(original_name__icontains=typed))
    return found.values_list("name", flat=True)[:MOST_MEANT]


def _attachment_pages(names: Collection[str]) -> dict[str, SubjectPage]:
    rows = Attachment.objects.filter(name__in=names).values_list("name", "pk", "original_name")
    return {
        name: SubjectPage(reverse("admin:articles_attachment_change", args=[pk]), original)
        for name, pk, original in rows
    }


def _rules_meant(typed: str) -> Iterable[str]:
    return [kind for kind in Kind.values if kind == typed]


def _rule_pages(names: Collection[str]) -> dict[str, SubjectPage]:
    url = reverse("admin:articles_reviewrule_changelist")
    return {name: SubjectPage(url, "") for name in names}


def _page(view: str, pk: int, name: str = "") -> SubjectPage:
    return SubjectPage(reverse(f"admin:{view}", args=[pk]), name)


SUBJECTS = (
    SubjectKind("article", _articles_meant, _article_pages),
    SubjectKind("snippet", _snippets_meant, _snippet_pages),
    SubjectKind("topic", _topics_meant, _topic_pages),
    SubjectKind("attachment", _attachments_meant, _attachment_pages),
    SubjectKind("review of", _rules_meant, _rule_pages),
)
