"""What an agent does in a call, kept with the call: by forms, as without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.exceptions import InvalidInput, NotAllowed
from articles.models import Article, AuditRecord
from articles.operations.audit import system_user
from channels.models import (
    Call,
    CallEvent,
    CallTick,
    Pin,
    SearchOutcome,
    SearchRecord,
    UpdateRequest,
)
from channels.operations.call_events import note_search, set_used
from channels.operations.calls import CallName, Shown, end_call, forget_old_calls
from channels.operations.items import Retirement
from tests.agent.conftest import Desk
from tests.building import publish_texts, published, write_approved

pytestmark = pytest.mark.django_db

POP = "/agent/?call=77&customer=K-1&locale=zh-hans&q=esim"
STEPS = "1. Open the settings.\n2. Scan the code.\n"
SHOWN = Shown("esim", "en", 1)


@pytest.fixture
def esim(db: None) -> None:
    first = write_approved("Activate an eSIM", STEPS, public_id="esim")
    second = write_approved(
        "激活 eSIM", "1. 打开设置。\n2. 扫码。\n", article=first.text.article, locale="zh-hans"
    )
    publish_texts(first, second)


def kinds(reference: str = "77") -> list[str]:
    rows = CallEvent.objects.filter(call__reference=reference).order_by("at", "pk")
    return list(rows.values_list("kind", flat=True))


def used(desk: Desk, query: str = "?call=77&locale=en&q=esim", **fields: str) -> Any:
    return desk.post(f"/agent/articles/esim/used/{query}", locale="en", edition="1", **fields)


# A screen-pop


def test_a_screen_pop_fills_the_page_and_writes_nothing(desk: Desk, esim: None) -> None:
    page = desk.open(POP)
    assert "Call 77" in page.text
    assert "Customer K-1" in page.text
    assert page.tree.xpath("string(//input[@id='q']/@value)") == "esim"
    assert page.tree.xpath("string(//select[@name='speaks']/option[@selected]/@value)") == "zh-hans"
    assert not Call.objects.exists()


def test_the_first_act_begins_the_call_with_all_that_was_said_of_it(
    desk: Desk, esim: None, agent: User
) -> None:
    used(desk, "?call=77&customer=K-1&locale=zh-hans")
    call = Call.objects.get()
    assert (call.agent, call.reference, call.customer) == (agent, "77", "K-1")
    assert call.locale == "zh-hans"


@pytest.mark.parametrize(
    "query",
    [
        "call=" + "9" * 101,
        "call=%00",
        "call=a%0Ab",
        "call=%E2%80%AE7",  # turns what follows around
        "call=%207",
        "call=%ED%A0%80%01",
        "call=7&customer=" + "x" * 101,
        "call=7&customer=%1b",
        "call=7&speaks=xx",
    ],
)
def test_a_name_that_can_be_no_calls_is_refused_clearly(desk: Desk, esim: None, query: str) -> None:
    page = desk.open(f"/agent/?{query}")
    assert page.status == 400
    assert page.tree.xpath("//*[@role='alert']")
    if "speaks" not in query:
        refused = desk.client.post(f"/agent/articles/esim/used/?{query}", {"locale": "en"})
        assert refused.status_code == 400
    assert not Call.objects.filter(reference="").exists()


def test_a_customer_without_a_call_is_said_to_be_kept_nowhere(desk: Desk, esim: None) -> None:
    page = desk.open("/agent/?customer=K-1&q=esim")
    assert page.status == 400
    assert "“customer” is kept only together with “call”." in page.text
    assert page.titles() == ["Activate an eSIM"]


def test_the_call_goes_along_wherever_the_page_leads(desk: Desk, esim: None) -> None:
    published("See also", "See [it](article:esim).", public_id="also")
    page = desk.open("/agent/articles/also/?call=77&customer=K-1&locale=en")
    inside = [link for link in page.links() if re.match(r"/agent/(articles/\w+/)?\?", link)]
    assert len(inside) > 5
    assert [link for link in inside if "call=77" not in link] == []


# What a call keeps


def test_a_call_keeps_what_was_searched_opened_and_used(desk: Desk, esim: None) -> None:
    used(desk)
    assert kinds() == ["searched", "opened", "used"]
    searched, opened, use = CallEvent.objects.order_by("at", "pk")
    assert (searched.query, searched.locale, searched.edition) == ("esim", "en", 1)
    for event in (opened, use):
        assert (event.public_id, event.locale, event.edition) == ("esim", "en", 1)
        assert len(event.digest) == 64
    assert "Activate an eSIM" in desk.open("/agent/?call=77").text


def test_to_be_used_twice_is_to_be_used_once_and_it_can_be_taken_back(
    desk: Desk, esim: None
) -> None:
    for _ in range(2):
        page = used(desk)
    assert kinds().count("used") == 1
    assert page.tree.xpath("//button[@data-key='u'][@aria-pressed='true']")
    used(desk, used="0")
    assert "used" not in kinds()


@pytest.mark.parametrize("kind", ["wrong", "missing"])
def test_what_is_flagged_becomes_a_request_that_the_call_names(
    desk: Desk, esim: None, kind: str
) -> None:
    page = desk.post(
        "/agent/articles/esim/ask/?call=77",
        kind=kind,
        sentence="The menu moved.",
        locale="en",
        edition="1",
    )
    request = UpdateRequest.objects.get()
    assert CallEvent.objects.get(kind=kind).request == request
    assert request.article
    assert request.article.public_id == "esim"
    assert "The menu moved." in page.text


def test_what_is_missing_altogether_is_kept_with_the_call(desk: Desk, esim: None) -> None:
    typed = {"kind": "missing", "sentence": "Satellites", "locale": "en"}
    desk.post("/agent/ask/?call=77&q=satellites", **typed)
    assert kinds() == ["searched", "missing"]


def test_a_flag_that_says_nothing_begins_no_call(desk: Desk, esim: None) -> None:
    desk.post("/agent/ask/?call=77", kind="missing", sentence="", locale="en")
    desk.post("/agent/articles/esim/ask/?call=77", kind="lost", sentence="Lost.", locale="en")
    assert not Call.objects.exists()


def box(page: Any, number: int) -> Any:
    return page.tree.xpath("//button[@role='checkbox']")[number - 1]


def test_ticked_steps_are_kept_for_the_call_and_no_other(desk: Desk, esim: None) -> None:
    page = desk.open("/agent/articles/esim/?call=77&locale=en")
    step = box(page, 2).get("value")
    page = desk.post(
        "/agent/articles/esim/tick/?call=77&locale=en", step=step, locale="en", edition="1"
    )
    assert [box(page, n).get("aria-checked") for n in (1, 2)] == ["false", "true"]
    assert "1 / 2" in page.text
    other = desk.open("/agent/articles/esim/?call=78&locale=en")
    assert box(other, 2).get("aria-checked") == "false"
    page = desk.post(
        "/agent/articles/esim/tick/?call=77&locale=en",
        step=box(page, 2).get("value"),
        locale="en",
        edition="1",
    )
    assert box(page, 2).get("aria-checked") == "false"
    assert not CallTick.objects.exists()


def test_a_tick_goes_along_into_another_language_and_a_new_edition(desk: Desk, esim: None) -> None:
    address = "/agent/articles/esim/tick/?call=77"
    page = desk.open("/agent/articles/esim/?call=77&locale=en")
    desk.post(address, step=box(page, 2).get("value"), locale="en", edition="1")
    chinese = desk.open("/agent/articles/esim/?call=77&locale=zh-hans")
    assert [box(chinese, n).get("aria-checked") for n in (1, 2)] == ["false", "true"]
    article = Call.objects.get().events.get(kind="opened").public_id
    published("Activate an eSIM", "1. Charge.\n" + STEPS, article=_article(article))
    later = desk.open("/agent/articles/esim/?call=77&locale=en")
    assert [box(later, n).get("aria-checked") for n in (1, 2, 3)] == ["false", "false", "true"]
    desk.post(address, step=box(chinese, 2).get("value"), locale="zh-hans", edition="1")
    assert not CallTick.objects.filter(locale="en", number=2).exists()


def _article(public_id: str) -> Article:
    return Article.objects.get(public_id=public_id)


BAD_ACTS = {
    "/agent/articles/esim/used/": {"locale": "xx", "edition": "1"},
    "/agent/articles/never/used/": {"locale": "en", "edition": "1"},
    "/agent/articles/%00/used/": {"locale": "en", "edition": "9" * 30},
    "/agent/articles/esim/opened/": {"locale": "en", "edition": "2"},
    "/agent/articles/esim/tick/": {"locale": "en", "edition": "1", "step": "0.x.1"},
    "/agent/articles/never/pin/": {},
    "/agent/call/searched/": {"edition": "1"},
    "/agent/call/language/": {"speaks": "xx"},
}


@pytest.mark.parametrize("as_script", [False, True])
def test_what_can_not_be_done_is_said_and_leaves_nothing(
    desk: Desk, esim: None, subtests: pytest.Subtests, as_script: bool
) -> None:
    headers = {"Accept": "application/json"} if as_script else {}
    for address, fields in BAD_ACTS.items():
        with subtests.test(address):
            answer = desk.client.post(f"{address}?call=77", fields, headers=headers)
            assert answer.status_code in (400, 404)
            assert not Call.objects.exists()


def test_nothing_is_done_by_following_a_link(desk: Desk, esim: None) -> None:
    for address in (*BAD_ACTS, "/agent/call/end/"):
        assert desk.client.get(address).status_code == 405, address


def test_an_act_from_a_foreign_page_is_refused(agent: User, esim: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(agent)
    answer = strict.post("/agent/articles/esim/used/?call=77", {"locale": "en", "edition": "1"})
    assert answer.status_code == 403


def test_a_script_is_answered_with_the_call_as_it_is_now(desk: Desk, esim: None) -> None:
    answer = desk.client.post(
        "/agent/articles/esim/used/?call=77",
        {"locale": "en", "edition": "1"},
        headers={"Accept": "application/json"},
    )
    assert answer.json()["used"] == ["esim"]
    assert "Activate an eSIM" in answer.json()["call"]
    assert kinds() == ["used"]  # What came before is noted by the script as it happens.


def test_a_search_keeps_what_was_found_and_goes_into_the_log_with_what_came_of_it(
    desk: Desk, esim: None, search_log: Callable[[], int]
) -> None:
    answer = desk.client.post(
        "/agent/call/searched/?call=77&q=esim&locale=en",
        {"edition": "1", "fits": "1", "result": ["esim", "<script>", "other"]},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 200
    searched = CallEvent.objects.get()
    assert searched.results == ["esim", "other"]
    used(desk)
    search_log()
    logged = SearchRecord.objects.get(search_id=searched.search_id)
    assert (logged.query, logged.channel, logged.fits) == ("esim", "agent", True)
    outcome = SearchOutcome.objects.get(search_id=searched.search_id, what="helped")
    assert outcome.public_id == "esim"


# Whose call it is


def test_nobody_reads_another_agents_call(desk: Desk, esim: None, reviewer: User) -> None:
    used(desk)
    colleague = Client()
    colleague.force_login(reviewer)
    page = Desk(colleague).open("/agent/?call=77")
    assert not page.tree.xpath("//*[@class='ledger']")
    Desk(colleague).post("/agent/call/end/?call=77")
    assert Call.objects.get().ended_at is None
    used(Desk(colleague))
    assert Call.objects.count() == 2


def test_who_may_not_read_for_agents_keeps_no_calls(esim: None, django_user_model: Any) -> None:
    stranger = django_user_model.objects.create_user("sam")
    with pytest.raises(NotAllowed):
        set_used(actor=stranger, call=CallName("77"), shown=SHOWN, used=True)
    with pytest.raises(NotAllowed):
        end_call(actor=stranger, call=CallName("77"))


# Without a telephone system


def test_a_call_without_a_number_begins_with_the_first_act_and_ends(desk: Desk, esim: None) -> None:
    used(desk, "?locale=en")
    assert "This call" in desk.open("/agent/").text
    page = desk.post("/agent/call/end/")
    assert "The call is over." in page.text
    assert "No call yet" in desk.open("/agent/").text
    used(desk, "?locale=en")
    assert Call.objects.count() == 2


def test_a_call_without_a_number_that_was_left_is_over(agent: User, esim: None) -> None:
    first = set_used(actor=agent, call=CallName(), shown=SHOWN, used=True)
    later = timezone.now() + timedelta(hours=5)
    second = set_used(actor=agent, call=CallName(), shown=SHOWN, used=True, now=later)
    first.refresh_from_db()
    assert first.pk != second.pk
    assert first.ended_at


def test_what_is_done_after_a_call_is_still_kept_with_it(desk: Desk, esim: None) -> None:
    used(desk)
    desk.post("/agent/call/end/?call=77")
    desk.post("/agent/ask/?call=77", kind="missing", sentence="Satellites", locale="en")
    assert Call.objects.get().ended_at
    assert kinds()[-1] == "missing"


def test_other_open_calls_are_at_hand(desk: Desk, esim: None) -> None:
    used(desk)
    page = desk.open("/agent/?call=78")
    others = "//ul[@class='other-calls']//a/@href"
    assert page.tree.xpath(others) == ["/agent/?locale=en&call=77"]
    assert desk.open("/agent/?call=77").tree.xpath(others) == []


# The customer's language


def test_what_is_sent_is_in_the_customers_language(desk: Desk, esim: None) -> None:
    page = desk.open("/agent/articles/esim/?call=77&locale=en&speaks=zh-hans")
    assert page.tree.xpath("//article/@lang") == ["en"]
    (copy,) = page.tree.xpath("//a[@data-copy]")
    assert copy.get("href") == "/agent/articles/esim/text/?locale=zh-hans"
    assert page.tree.xpath("//a[@data-aloud]/@href")[0].endswith("/spoken/?locale=zh-hans")
    assert page.tree.xpath("//a[@data-link]/@href")[0].startswith("/zh-hans/articles/")


def test_a_language_that_an_article_lacks_is_said_to_be_lacking(desk: Desk) -> None:
    published("Late bill", "Pay.", public_id="bill")
    page = desk.open("/agent/articles/bill/?call=77&locale=en&speaks=zh-hans")
    assert "There is no text in 简体中文" in page.text
    assert page.tree.xpath("//a[@data-copy]/@href") == ["/agent/articles/bill/text/?locale=en"]


def test_an_agent_says_which_language_the_customer_speaks(desk: Desk, esim: None) -> None:
    desk.post("/agent/call/language/?call=77", speaks="zh-hans", at="esim")
    page = desk.open("/agent/articles/esim/?call=77&locale=en")
    assert page.tree.xpath("//a[@data-copy]/@href")[0].endswith("locale=zh-hans")


def test_what_is_read_aloud_leaves_out_what_is_for_agents(desk: Desk) -> None:
    published("Bill", "It is £5.\n\n::: agent\nOffer ten.\n:::\n", public_id="bill")
    said = desk.client.get("/agent/articles/bill/spoken/?locale=en")
    assert said.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "It is" in said.content.decode()
    assert "Offer" not in said.content.decode()


# At hand without searching


def group(page: Any, name: str) -> list[str]:
    found = page.tree.xpath(f"//*[contains(@class, 'shortcuts-{name}')]//@data-id")
    return [str(one) for one in found]


def test_pinned_recent_and_most_used_articles_are_at_hand(
    desk: Desk, esim: None, reviewer: User
) -> None:
    published("Late bill", "Pay.", public_id="bill")
    desk.post("/agent/articles/bill/pin/")
    for reference in ("1", "2"):
        used(desk, f"?call={reference}&locale=en")
    shown = Shown("bill", "en", 2)
    set_used(actor=reviewer, call=CallName("3"), shown=shown, used=True)
    page = desk.open("/agent/")
    assert group(page, "pinned") == ["bill"]
    assert group(page, "lately") == ["esim"]
    assert group(page, "today") == ["esim", "bill"]
    assert not group(desk.open("/agent/?q=esim"), "pinned")
    desk.post("/agent/articles/bill/pin/", pinned="0")
    assert not Pin.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert group(desk.open("/agent/"), "today") == []


def test_what_is_at_hand_is_what_is_still_told(desk: Desk, esim: None) -> None:
    used(desk)
    publish_texts(Retirement(_article("esim")))
    assert group(desk.open("/agent/"), "lately") == []


# What is forgotten, and what never is


def test_old_calls_are_forgotten_and_what_was_asked_in_them_is_not(desk: Desk, esim: None) -> None:
    desk.post("/agent/ask/?call=77", kind="missing", sentence="Satellites", locale="en")
    used(desk, "?call=78&locale=en")
    now = timezone.now()
    Call.objects.filter(reference="77").update(begun_at=now - timedelta(days=91))
    assert forget_old_calls(days=90) == 1
    assert Call.objects.get().reference == "78"
    assert UpdateRequest.objects.count() == 1


def test_calls_leave_no_audit_rows(desk: Desk, esim: None) -> None:
    before = AuditRecord.objects.count()
    used(desk)
    desk.post("/agent/articles/esim/pin/")
    desk.post("/agent/call/end/?call=77")
    assert AuditRecord.objects.count() == before


def test_a_call_keeps_no_more_than_it_should(
    agent: User, esim: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels.operations.call_events.MOST_EVENTS", 2)
    search = {"actor": agent, "call": CallName("77"), "locale": "en", "edition": 1}
    for query in ("one", "two", "two"):
        note_search(**search, query=query)
    with pytest.raises(InvalidInput):
        note_search(**search, query="three")
    assert kinds() == ["searched", "searched"]


def test_the_language_of_a_list_is_not_taken_for_the_customers(desk: Desk) -> None:
    spoken = "string(//select[@name='speaks']/option[@selected]/@value)"
    page = desk.open("/agent/?call=77")
    assert page.tree.xpath("//input[@name='speaks']/@value") == [""]
    searched = desk.open("/agent/?q=bill&locale=en&call=77&speaks=")
    assert searched.tree.xpath(spoken) == ""
    assert desk.open("/agent/?q=bill&locale=en&call=77").tree.xpath(spoken) == "en"


# What a page costs


def test_a_long_call_takes_no_more_statements(
    desk: Desk, esim: None, agent: User, django_assert_max_num_queries: Any
) -> None:
    addresses = (
        "/agent/?call=77",
        "/agent/articles/esim/?call=77&locale=en",
        "/agent/articles/esim/card/?call=77&locale=en",
        "/agent/results/?call=77",
    )
    used(desk)
    desk.post("/agent/articles/esim/pin/")
    desk.post("/agent/ask/?call=77", kind="missing", sentence="The first", locale="en")
    few = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as counted:
            desk.open(address)
        few[address] = len(counted)
    for number in range(6):
        published(f"T{number}", "1. T.", public_id=f"text-{number}")
        shown = Shown(f"text-{number}", "en", 2 + number)
        for reference in ("77", f"call-{number}"):
            set_used(actor=agent, call=CallName(reference), shown=shown, used=True)
        desk.post(f"/agent/articles/text-{number}/pin/")
        desk.post("/agent/ask/?call=77", kind="missing", sentence=f"No. {number}", locale="en")
    for address in addresses:
        with django_assert_max_num_queries(few[address]):
            desk.open(address)
    assert max(few.values()) <= 20


def test_the_operations_take_the_system_as_well(esim: None) -> None:
    call = set_used(actor=system_user(), call=CallName("9"), shown=SHOWN, used=True)
    assert call.reference == "9"
