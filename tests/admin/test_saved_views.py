"""Views of the list: kept, opened, changed, and never a way out of the desk."""

from __future__ import annotations

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import SavedView, Topic
from articles.operations.audit import system_user
from articles.operations.saved_views import change_view, save_view
from articles.operations.topics import save_topic
from tests.admin.desk import Desk, words
from tests.building import write

LIST = "/admin/articles/article/"


def save(desk: Desk, **typed: str) -> HttpResponse:
    return desk.client.post(reverse("admin:articles_view_save"), typed)


def keep(desk: Desk, name: str = "My drafts", query: str = "state=draft", **typed: str) -> None:
    answer = save(desk, name=name, query=query, **typed)
    assert answer.status_code == 302, words(answer)


def test_the_present_filters_are_kept_and_stand_above_the_list(author_desk: Desk) -> None:
    write("Activate an eSIM")
    keep(author_desk, query="state=draft&q=esim&p=3&e=1&kind__regex=(&next=//evil.example")

    page = words(author_desk.open("articles_article_changelist", query="?q=esim&state=draft"))

    assert SavedView.objects.get().query == "q=esim&state=draft"
    assert '<a href="/admin/articles/article/?q=esim&state=draft" aria-current="page">' in page
    assert 'aria-current="page">All articles' not in page


def test_a_view_is_others_only_where_it_is_shown_to_everybody(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    keep(reviewer_desk, "Theirs")
    keep(reviewer_desk, "Everybody's", shared="on")

    page = words(author_desk.open("articles_article_changelist"))

    assert "Everybody's</a>" in page
    assert "Theirs</a>" not in page
    theirs = SavedView.objects.get(name="Theirs")
    assert author_desk.open("articles_view_delete", theirs.pk).status_code == 405
    assert author_desk.send("articles_view_delete", theirs.pk).status_code == 404
    assert author_desk.send("articles_view_change", 10**30).status_code == 404


def test_the_list_opens_with_the_first_view_and_shows_everything_when_asked(
    author_desk: Desk,
) -> None:
    keep(author_desk)
    view = SavedView.objects.get()
    change_view(actor=author_desk.user, view=view, name=view.name, shared=False, first=True)

    assert author_desk.client.get(LIST)["Location"] == f"{LIST}?state=draft"
    assert author_desk.client.get(f"{LIST}?q=").status_code == 200


def test_a_view_never_leads_anywhere_else(author_desk: Desk) -> None:
    view = SavedView.objects.create(
        person=author_desk.user,
        name="Bad",
        query="//evil.example/?x=%0d%0aSet-Cookie:a",
        first=True,
    )

    assert author_desk.client.get(LIST)["Location"] == f"{LIST}?q="
    assert f'href="{LIST}?q="' in words(author_desk.open("articles_views"))
    SavedView.objects.filter(pk=view.pk).update(query="q=%00")
    assert author_desk.client.get(LIST, follow=True).status_code == 400


def test_a_view_of_a_topic_that_is_gone_opens(author_desk: Desk) -> None:
    topic = save_topic(actor=system_user(), slug="devices", names={"en": "Devices"})
    write("Activate an eSIM")
    keep(author_desk, query="topic=devices&state=draft")
    Topic.objects.filter(pk=topic.pk).delete()

    answer = author_desk.open("articles_article_changelist", query="?state=draft&topic=devices")

    assert answer.status_code == 200
    assert "Activate an eSIM</a>" in words(answer)


def test_a_view_is_renamed_and_deleted_on_its_page(author_desk: Desk) -> None:
    keep(author_desk)
    view = SavedView.objects.get()
    typed = {f"{view.pk}-name": "Drafts", f"{view.pk}-first": "on"}
    author_desk.send("articles_view_change", view.pk, **typed)
    view.refresh_from_db()
    assert (view.name, view.first, view.shared) == ("Drafts", True, False)

    page = words(author_desk.send("articles_view_delete", view.pk))

    assert "“Drafts” was deleted." in page
    assert not SavedView.objects.exists()


def test_a_name_that_is_taken_is_said_and_what_was_typed_stays(author_desk: Desk) -> None:
    keep(author_desk, "One")
    keep(author_desk, "Two", query="state=approved")
    two = SavedView.objects.get(name="Two")

    new = save(author_desk, name="One", query="state=retired")
    renamed = author_desk.send("articles_view_change", two.pk, **{f"{two.pk}-name": "One"})

    for answer in (new, renamed):
        assert answer.status_code == 409
        assert "You have a view “One” already." in words(answer)
        assert 'value="One"' in words(answer)
    assert 'name="query" value="state=retired"' in words(new)


def test_an_author_cannot_show_a_view_to_everybody(author_desk: Desk) -> None:
    answer = save(author_desk, name="Ours", query="state=draft", shared="on")

    assert answer.status_code == 409
    assert not SavedView.objects.exists()


def test_the_list_costs_no_more_with_many_views(author_desk: Desk, reviewer_desk: Desk) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as context:
            author_desk.open("articles_article_changelist", query="?q=")
            author_desk.open("articles_views")
        return len(context)

    keep(author_desk)
    few = statements()
    for number in range(5):
        for desk, shared in ((author_desk, False), (reviewer_desk, True)):
            save_view(actor=desk.user, name=f"View {number}", filters={"q": "x"}, shared=shared)

    assert statements() == few
