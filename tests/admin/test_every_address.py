"""Every address of the desk, asked for and sent what nobody means: an answer, never an error, and
nothing written but by operations."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from articles.models import Article, AuditRecord
from articles.operations.audit import system_user
from channels.operations.best_bets import save_best_bet
from channels.operations.golden_queries import save_golden_query
from channels.operations.releases import create_release
from channels.operations.synonyms import save_synonym
from channels.search import recording
from tests.admin.desk import Desk
from tests.building import published, snippet

# What stands in an address: something that is there, or as good as.
PLACES = {"locale": "en", "name": "tag", "form": "csv", "app_label": "articles", "url": "nowhere"}
ODD_IDS = ("9" * 30, "%E2%80%AE")
GARBAGE = ("9" * 30, "😀\u202e\u200b<b>=1")
# Fields and parameters that pages ask for, and Django's own.
NAMES = tuple(
    """
    q p o all e _popup _to_field _facets _changelist_filters next action select_across
    _selected_action _save chosen seen list do also topic state locale owner kind audience tag due
    changed live from to left right number line title slug summary questions body note significance
    translation_of based_on seen_slug merge tags review_by source_locale name query shared first
    key value amount currency number region reason words remark act revision release text snippet
    retire items version local zone fold person scopes expires_at actor subject since until file
    within answer outcome period standing show
    """.split()  # noqa: SIM905 - eighty names, to be read
)
# Where a session begins, ends or changes, and what Django serves to its own scripts.
APART = {"login", "logout", "password_change", "password_change_done", "jsi18n"}


def _patterns(below: list[URLPattern | URLResolver], start: str = "") -> Iterator[tuple[str, str]]:
    for pattern in below:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, start + str(pattern.pattern))
        elif pattern.name not in APART:
            yield start + str(pattern.pattern), pattern.name or ""


def _address(pattern: str, **places: str) -> str:
    """Return an address of the admin, its places filled; a number is 1."""
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern.strip("^").removesuffix("$"))
    filled = re.sub(
        r"<(?:\w+:)?(\w+)>", lambda found: ({**PLACES, **places}).get(found[1], "1"), plain
    )
    return reverse("admin:index") + filled


def _odd_places(pattern: str) -> Iterator[dict[str, str]]:
    for place in re.findall(r"<path:(\w+)>", pattern):
        yield from ({place: odd} for odd in ODD_IDS)
    for place in re.findall(r"<int:(\w+)>", pattern):
        yield {place: "9" * 30}


PATTERNS = [pattern for pattern, _name in _patterns(admin.site.get_urls())]
# The pages of one model: a test each.
PARTS = sorted({"/".join(pattern.split("/")[:2]) for pattern in PATTERNS})


@pytest.fixture
def everything(db: None) -> None:
    """Something of each kind, so that the first of each is there."""
    published("Live", "Words.")
    snippet("phone.care", "phone", "+448081570101")
    create_release(actor=system_user(), name="Autumn")
    boss = system_user()
    article = Article.objects.get()
    save_synonym(actor=boss, locale="en", words="zorb, glimmer")
    save_best_bet(actor=boss, locale="en", questions=["zorb"], articles=[article])
    save_golden_query(
        actor=boss, locale="en", audience="public", query="zorb", article=article, within=3
    )
    recording.forget()
    recording.note(
        query="zorb",
        locale="en",
        channel="website",
        audience_rank=0,
        edition=1,
        total=0,
        fits=False,
        results=[],
    )
    recording.flush()


@pytest.fixture
def root_desk(administrator_desk: Desk) -> Desk:
    """Somebody whom Django itself lets do everything."""
    User.objects.filter(pk=administrator_desk.user.pk).update(is_superuser=True)
    return administrator_desk


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("part", PARTS)
def test_garbage_gets_an_answer(root_desk: Desk, part: str, subtests: pytest.Subtests) -> None:
    client = root_desk.client
    for pattern in PATTERNS:
        if "/".join(pattern.split("/")[:2]) != part:
            continue
        url = _address(pattern)
        with subtests.test(url):
            for places in _odd_places(pattern):
                assert client.get(_address(pattern, **places)).status_code < 500
            for garbage in GARBAGE:
                assert client.post(url, dict.fromkeys(NAMES, garbage)).status_code < 500
            for garbage in ("a\x00b", GARBAGE[0]):
                assert client.get(url, dict.fromkeys(NAMES, garbage)).status_code < 500
            assert client.post(url).status_code < 500
            assert client.post(url, b"\xff", content_type="application/json").status_code < 500
            assert client.put(url).status_code < 500


@pytest.mark.usefixtures("everything")
def test_no_form_of_djangos_own_writes_what_operations_write(root_desk: Desk) -> None:
    rows = list(AuditRecord.objects.values_list("pk", flat=True))
    for model in admin.site._registry:
        label, name = model._meta.app_label, model._meta.model_name
        if label not in ("articles", "channels"):
            continue
        first = model._default_manager.first()
        typed = {field.name: "x" for field in model._meta.concrete_fields if field.name != "name"}
        for action, args in (("add", []), ("change", [first]), ("delete", [first])):
            url = reverse(
                f"admin:{label}_{name}_{action}", args=[getattr(a, "pk", 1) for a in args]
            )
            root_desk.client.post(url, {**typed, "_save": "Save", "post": "yes"})
        chosen = {"action": "delete_selected", "_selected_action": ["1"], "post": "yes"}
        root_desk.client.post(reverse(f"admin:{label}_{name}_changelist"), chosen)

    assert not LogEntry.objects.exists()
    assert list(AuditRecord.objects.values_list("pk", flat=True)) == rows
    assert Article.objects.count() == 1


@pytest.mark.usefixtures("everything")
def test_nothing_is_taken_from_other_sites(root_desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = root_desk.client.cookies

    taken = [url for url in map(_address, PATTERNS) if client.post(url).status_code != 403]

    assert taken == []


@pytest.mark.usefixtures("everything")
def test_nobody_without_a_role_at_the_desk_gets_in(agent: User) -> None:
    reader, visitor = Client(), Client()
    reader.force_login(agent)
    for url in map(_address, PATTERNS):
        for client in (reader, visitor):
            for answer in (client.get(url), client.post(url)):
                assert answer.status_code in (302, 401, 403, 404), url
                if answer.status_code == 302:
                    assert answer["Location"].startswith(("/admin/login/", "/admin/")), url
