"""Every write of the editors is an operation, and every operation leaves its audit row."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from articles.models import AuditRecord
from articles.operations.freshness import verify_unchanged
from articles.operations.remarks import add_remark, reopen_remark, settle_remark
from articles.operations.reviewing import approve, reject, set_review_rule, submit, withdraw
from articles.operations.snippets import (
    approve_snippet,
    reject_snippet,
    save_snippet,
    submit_snippet,
    withdraw_snippet,
)
from articles.operations.sources import move_source
from articles.operations.topics import save_topic
from articles.operations.translating import convert_chinese, still_right
from articles.operations.writing import create_article, save_revision, update_article
from channels.admin.audit import ToldAuditRecordAdmin
from channels.operations.api_keys import create_api_key, revoke_api_key
from channels.operations.best_bets import remove_best_bet, save_best_bet
from channels.operations.golden_queries import (
    check_golden_queries,
    remove_golden_query,
    save_golden_query,
)
from channels.operations.publishing import publish
from channels.operations.release_timing import schedule_release, unschedule_release
from channels.operations.releases import (
    add_items,
    cancel_release,
    create_release,
    remove_items,
    rename_release,
)
from channels.operations.requests import assign_article, decide, set_hidden, start_work
from channels.operations.rollback import go_back
from channels.operations.synonyms import remove_synonym, save_synonym
from channels.search.indexing import bring_index_to_current
from tests.admin.test_requests import wish
from tests.building import write_approved

PACKAGES = ("articles.operations", "channels.operations")
# What Django's managers and models, and treebeard's, write with.
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "add_root",
    "add_child",
}

# Run inside somebody's operation, which leaves the row.
PARTS = {
    "articles.operations.addresses.remember_address",
    "articles.operations.addresses.take_slug",
    "articles.operations.attachments.note_uses",
    "articles.operations.attachments.note_uses_in_snippet",
    "articles.operations.held_texts.held_text",
    "articles.operations.sources.remember_import",
    "articles.operations.tagging.keep_tags",
    "articles.operations.text_words.keep_words",
    "channels.operations.aftermath.answer_requests",
    "channels.operations.aftermath.mark_texts",
    "channels.operations.committing.commit",
    "channels.operations.calls.held_call",
    "channels.operations.search_words.hold_words",
}
# No editor's act that follows into what readers get.
WITHOUT_ROWS = {
    "articles.operations.audit.operation": "writes the rows themselves",
    "articles.operations.audit.system_user": "made once, by whatever needs it first",
    "articles.operations.freshness.remind_owners": "notes that a message went out today",
    "articles.operations.freshness.remind_when_due": "the same, at its hour",
    "articles.operations.working_copies.be_seen": "that somebody is there is gone in a minute",
    "articles.operations.working_copies.drop_working_copy": "nobody else has read it",
    "articles.operations.working_copies.keep_working_copy": "nobody else reads it",
    **dict.fromkeys(
        (
            "channels.operations.call_events.flag",
            "channels.operations.call_events.note_opened",
            "channels.operations.call_events.note_search",
            "channels.operations.call_events.set_used",
            "channels.operations.call_ticks.set_tick",
            "channels.operations.calls.end_call",
            "channels.operations.calls.set_language",
        ),
        "an agent's part in a call, an interaction that is kept with the call and forgotten",
    ),
    "channels.operations.calls.forget_old_calls": "what is kept is personal; nobody decides it",
    "channels.operations.pins.set_pin": "what one agent keeps at hand",
    "channels.operations.outbox.drain": "follows from an edition, which has its row",
    "channels.operations.preparing.prepare_entries": "bytes by their hash, which nobody is told",
    "channels.operations.release_check.check_release": "how far it is; its verdict has a row",
    "channels.operations.release_mail.tell_owners": "notes that a message went out",
    "channels.operations.search_log.keep_search_log": "a machine's log, which it keeps by itself",
    "channels.operations.requests.ask": "a reader's, who is not known by name",
    "channels.operations.requests.retract_vote": "a reader's",
    "channels.operations.requests.vote": "a reader's",
}


@dataclass
class Function:
    name: str
    public: bool
    operation: bool = False
    records: bool = False
    writes: bool = False
    calls: set[str] = field(default_factory=set)


def functions() -> dict[str, Function]:
    """All functions of the operations, by module and name, methods by their class's name."""
    found: dict[str, Function] = {}
    for package in PACKAGES:
        folder = Path(settings.BASE_DIR, *package.split("."))
        for path in sorted(folder.glob("*.py")):
            module = f"{package}.{path.stem}"
            tree = ast.parse(path.read_text(encoding="utf-8"))
            known = dict(_imported(tree))
            known |= {
                node.name: f"{module}.{node.name}"
                for node in tree.body
                if isinstance(node, ast.FunctionDef)
            }
            for node in tree.body:
                if isinstance(node, ast.FunctionDef):
                    one = _read(node, f"{module}.{node.name}", known)
                    found[one.name] = one
    return found


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PACKAGES):
            for name in node.names:
                yield name.asname or name.name, f"{node.module}.{name.name}"


def _read(node: ast.FunctionDef, name: str, known: dict[str, str]) -> Function:
    one = Function(name, public=not node.name.startswith("_"))
    one.operation = any("operation(" in ast.unparse(mark) for mark in node.decorator_list)
    for part in ast.walk(node):
        if isinstance(part, ast.With):
            one.operation |= any("operation(" in ast.unparse(item) for item in part.items)
        # What is handed on, to be run alongside, runs in the operation of who takes it.
        match part:
            case ast.Call(func=ast.Name(id=called)):
                one.records |= called == "record"
                one.calls |= {known[called]} if called in known else set()
            case ast.Call(func=ast.Attribute() as called):
                one.writes |= _is_write(called)
    return one


def _is_write(called: ast.Attribute) -> bool:
    """Dictionaries are updated as well: they are plain names here, where rows are called from a
    query, a manager or by what is held."""
    if called.attr == "update":
        return not isinstance(called.value, ast.Name) or called.value.id.endswith(
            ("rows", "row", "mine", "told", "waiting", "text")
        )
    return called.attr in WRITES


def reaching(known: dict[str, Function], what: Callable[[Function], bool]) -> set[str]:
    """The functions for which it is true, or for one that they call."""
    return _spread(known, {name for name, one in known.items() if what(one)})


def _spread(known: dict[str, Function], found: set[str]) -> set[str]:
    """Return the functions, who calls one of them, who calls those, and so on."""
    while more := {name for name, one in known.items() if one.calls & found} - found:
        found |= more
    return found


def faults(known: dict[str, Function]) -> set[str]:
    """The public functions that write outside of any operation, or without leaving a row."""
    recording = reaching(known, lambda one: one.records)
    writing = reaching(known, lambda one: one.writes)
    outside = {name: one for name, one in known.items() if not one.operation}
    bare = _spread(outside, {name for name, one in outside.items() if one.writes})
    return {name for name in bare | (writing - recording) if known[name].public}


def test_every_write_is_an_operation_that_leaves_a_row() -> None:
    known = functions()
    # Whoever calls what needs no row needs none for that; parts make their callers operations.
    judged = {name: one for name, one in known.items() if name not in WITHOUT_ROWS}
    assert faults(judged) - PARTS == set()


def test_what_is_excepted_still_needs_it() -> None:
    assert (PARTS | WITHOUT_ROWS.keys()) - faults(functions()) == set()


def test_the_walk_finds_operations_and_what_they_are_made_of() -> None:
    known = functions()
    saving = known["articles.operations.writing.save_revision"]
    assert (saving.operation, saving.writes, saving.records) == (True, True, True)
    assert "channels.operations.publishing.publish" in reaching(known, lambda one: one.records)


@pytest.mark.usefixtures("index")
@pytest.mark.django_db(transaction=True)
def test_each_operation_writes_exactly_one_row(
    administrator: User, author: User, subtests: pytest.Subtests
) -> None:
    """An editor's life in order: each step stands on those before it."""
    boss = administrator
    steps = Steps(subtests)
    one = steps.take

    article = one(create_article, actor=author, kind="support")
    say = {"actor": author, "article": article, "locale": "en", "title": "Roaming"}
    first = one(save_revision, **say, body="Open the settings.", based_on=0)
    text = {"text": first.text, "revision": 1}
    one(submit, actor=author, **text)
    one(withdraw, actor=author, **text)
    one(submit, actor=author, **text)
    remark = one(add_remark, actor=boss, revision=first, words="Which settings?", line=1)
    one(settle_remark, actor=author, remark=remark)
    one(reopen_remark, actor=boss, remark=remark)
    one(reject, actor=boss, **text, reason="Say which.")
    second = one(save_revision, **say, body="Open the phone’s settings.", based_on=1)
    one(submit, actor=author, text=first.text, revision=2)
    one(approve, actor=boss, text=first.text, revision=2)
    about = {"kind": "sales", "topic": None, "audience": "public", "owner": boss}
    changed = one(update_article, actor=boss, article=article, **about, review_by=None, based_on=1)
    one(verify_unchanged, actor=boss, article=changed, based_on=2)
    one(move_source, actor=boss, article=article, source="demo:roaming")
    chinese = say | {"locale": "zh-hans", "title": "漫游"}
    simplified = one(save_revision, **chinese, body="打开设置。", based_on=0, translation_of=first)
    one(still_right, actor=author, text=simplified.text, revision=1, source_revision=2)
    one(convert_chinese, actor=author, article=article, to="zh-hant", revision=2, based_on=0)
    one(save_topic, actor=boss, slug="travel", names={"en": "Travel"})
    price = one(save_snippet, actor=author, key="price", kind="text", value="5", based_on=0)
    value = {"snippet": price.snippet, "revision": 1}
    one(submit_snippet, actor=author, **value)
    one(withdraw_snippet, actor=author, **value)
    one(submit_snippet, actor=author, **value)
    one(reject_snippet, actor=boss, **value, reason="In pounds?")
    price = one(save_snippet, actor=author, key="price", kind="text", value="£5", based_on=1)
    value = {"snippet": price.snippet, "revision": 2}
    one(submit_snippet, actor=author, **value)
    one(approve_snippet, actor=boss, **value)
    one(set_review_rule, actor=boss, kind="sales", approvals=2, own=True)

    release = one(create_release, actor=boss, name="Spring")
    release = one(rename_release, actor=boss, release=release, name="Summer")
    one(add_items, actor=boss, release=release, items=[second, price])
    item = release.items.last()
    assert item is not None
    release = one(remove_items, actor=boss, release=release, item_ids=[item.pk])
    when = {"local": "2099-07-01T13:00", "zone": "UTC"}
    release = one(schedule_release, actor=boss, release=release, version=release.version, **when)
    release = one(unschedule_release, actor=boss, release=release, version=release.version)
    one(cancel_release, actor=boss, release=release, version=release.version)
    one(publish, actor=boss, items=[second])
    one(publish, actor=boss, items=[write_approved("Another")])
    one(go_back, actor=boss, number=1)

    asked = {"actor": author, "request": wish("Add Norway")}
    one(decide, **asked, state="planned")
    one(assign_article, **asked, article=article)
    one(start_work, **asked)
    one(set_hidden, **asked, hidden=True)
    words = {"locale": "en", "words": "roaming, abroad"}
    synonym = one(save_synonym, actor=boss, **words)
    one(remove_synonym, actor=boss, synonym=synonym)
    pinned = {"locale": "en", "questions": ["roaming"], "articles": [article]}
    bet = one(save_best_bet, actor=boss, **pinned)
    one(remove_best_bet, actor=boss, bet=bet)
    wanted = {"locale": "en", "audience": "public", "query": "roaming", "within": 3}
    golden = one(save_golden_query, actor=boss, article=article, **wanted)
    bring_index_to_current()
    one(check_golden_queries, actor=author)
    one(remove_golden_query, actor=boss, golden=golden)
    key, _secret = one(create_api_key, actor=boss, name="Kiosks", audience="public")
    one(revoke_api_key, actor=boss, key=key)
    done = set(AuditRecord.objects.values_list("action", flat=True))
    assert done - set(ToldAuditRecordAdmin.actions_in_words) == set(), "said in no words"


class Steps:
    def __init__(self, subtests: pytest.Subtests) -> None:
        self._subtests = subtests

    def take(self, operation: Callable[..., Any], **arguments: Any) -> Any:
        before = AuditRecord.objects.count()
        done = operation(**arguments)
        with self._subtests.test(operation.__name__):
            assert AuditRecord.objects.count() == before + 1
        return done
