"""Two editors on one text: the later one is told, and nothing that was typed is lost."""

from __future__ import annotations

import re

from django.http import HttpResponse

from articles.models import ArticleText
from tests.admin.desk import ABOUT, Desk, words


def test_a_stale_save_keeps_what_was_typed_and_shows_the_others_text_and_the_difference(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article(body="One.\n\nTwo.")
    reviewer_desk.save_text(article, based_on=1, body="One.\n\nTwo, better.")

    answer = author_desk.save_text(
        article, based_on=1, title="My title", body="One.\n\nTwo, worse."
    )

    page = words(answer)
    assert answer.status_code == 409
    assert "Revision 2 by rosa" in page
    assert "Two, better." in page
    assert "One.\n\nTwo, worse.</textarea>" in page.replace("\r\n", "\n")
    assert 'value="My title"' in page
    assert re.search(r"Two, <del>.{0,60}better</del>\.", page)
    assert re.search(r"Two, <ins>.{0,60}worse</ins>\.", page)
    assert "What they changed, from revision 1 (−) to 2 (+)" in page
    assert re.search(r"Two<ins>.{0,60}, better</ins>\.", page)
    assert ArticleText.objects.get(article=article).head.number == 2


def test_a_page_that_was_open_while_the_address_changed_does_not_change_it_back(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article()
    before = ArticleText.objects.get(article=article).slug
    seen = {"slug": before, "seen_slug": before}
    assert f'name="seen_slug" value="{before}"' in words(
        author_desk.open("articles_article_change", article.pk)
    )
    reviewer_desk.save_text(article, based_on=1, slug="found-better")

    answer = author_desk.save_text(article, based_on=1, body="Mine.", **seen)

    assert answer.status_code == 200
    text = ArticleText.objects.get(article=article)
    assert (text.slug, text.head.body) == ("found-better", "Mine.\n")


def test_texts_are_sent_as_they_are_long_chinese_ones_as_well(author_desk: Desk) -> None:
    """Percent-encoded, a Chinese text is three times as long and would meet the limit."""
    page = words(author_desk.open("articles_article_change", author_desk.write_article().pk))
    forms = [
        form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'name="body"' in form
    ]
    assert len(forms) == 3
    assert all('enctype="multipart/form-data"' in form.split(">")[0] for form in forms)


def test_what_was_typed_can_be_saved_on_top_of_the_others_text(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article()
    reviewer_desk.save_text(article, based_on=1, body="Theirs.")
    answer = author_desk.save_text(article, based_on=1, body="Mine.")
    base = re.search(r'name="based_on" value="(\d+)" id="id_en_based_on"', words(answer))
    assert base is not None

    author_desk.save_text(article, based_on=int(base[1]), body="Mine and theirs.")

    head = ArticleText.objects.get(article=article).head
    assert (head.number, head.based_on.number, head.body) == (3, 2, "Mine and theirs.\n")


def test_two_first_texts_in_a_locale_meet_as_a_conflict(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article()
    reviewer_desk.save_text(article, based_on=0, locale="zh-hans", title="激活", body="打开设置。")

    answer = author_desk.save_text(
        article, based_on=0, locale="zh-hans", title="启用", body="打开设定。"
    )

    assert answer.status_code == 409
    assert "启用" in words(answer)
    assert re.search("<del>.{0,60}置</del>", words(answer))


def test_a_save_that_names_no_base_is_refused_and_keeps_what_was_typed(author_desk: Desk) -> None:
    article = author_desk.write_article()

    answer = author_desk.send(
        "articles_text", article.pk, "en", title="T", body="Typed without a base."
    )

    assert answer.status_code == 409
    assert "Typed without a base." in words(answer)
    assert ArticleText.objects.get(article=article).head.number == 1


def test_a_text_too_long_to_store_is_an_error_at_its_field(author_desk: Desk) -> None:
    article = author_desk.write_article()

    answer = author_desk.save_text(article, based_on=1, title="x" * 300, body="y" * 1_000_001)

    assert answer.status_code == 409
    assert "at most 200 characters" in words(answer)
    assert "at most 1000000 characters" in words(answer)


def test_a_stale_form_about_the_article_never_widens_its_audience_again(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article(audience="public", tags="esim")
    base = based_on(author_desk.open("articles_article_change", article.pk))
    reviewer_desk.send(
        "articles_article_change", article.pk, **about(base, audience="agent", tags="esim")
    )

    answer = author_desk.send(
        "articles_article_change", article.pk, **about(base, audience="public", tags="esim, setup")
    )

    article.refresh_from_db()
    assert (article.audience, article.tags) == ("agent", ["esim"])
    page = words(answer)
    assert answer.status_code == 409
    assert "rosa changed this while you had it open" in page
    assert difference(page, "Audience") == ("agents", "everybody")
    assert difference(page, "Tags") == ("esim", "esim, setup")
    assert 'value="esim, setup"' in page
    assert '<option value="public" selected>' in page


def test_what_was_typed_about_the_article_can_be_saved_on_top_of_theirs(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article(audience="public")
    base = based_on(author_desk.open("articles_article_change", article.pk))
    reviewer_desk.send("articles_article_change", article.pk, **about(base, audience="agent"))
    answer = author_desk.send("articles_article_change", article.pk, **about(base, tags="setup"))

    author_desk.send(
        "articles_article_change",
        article.pk,
        **about(based_on(answer), audience="agent", tags="setup"),
    )

    article.refresh_from_db()
    assert (article.audience, article.tags, article.version) == ("agent", ["setup"], 3)


def test_saving_the_same_about_the_article_twice_is_no_conflict(author_desk: Desk) -> None:
    article = author_desk.write_article()
    typed = about(1, tags="setup")

    answers = [author_desk.send("articles_article_change", article.pk, **typed) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    article.refresh_from_db()
    assert article.version == 2


def test_a_form_about_the_article_that_names_no_base_changes_nothing(author_desk: Desk) -> None:
    article = author_desk.write_article(audience="agent")

    answer = author_desk.send("articles_article_change", article.pk, **ABOUT)

    assert answer.status_code == 409
    article.refresh_from_db()
    assert (article.audience, article.version) == ("agent", 1)


def about(base: int, **typed: str) -> dict[str, str]:
    return {**ABOUT, "based_on": str(base), **typed}


def based_on(page: HttpResponse) -> int:
    found = re.search(r'name="based_on" value="(\d+)" id="id_about_based_on"', words(page))
    assert found is not None
    return int(found[1])


def difference(page: str, what: str) -> tuple[str, str]:
    """What the page says that they saved and that you typed."""
    cell = '<td class="desk-long">([^<]*)</td>'
    found = re.search(f'<th scope="row">{what}</th>{cell}{cell}', page)
    assert found is not None, what
    return found[1], found[2]


def test_the_line_ends_that_browsers_send_are_no_difference(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article(body="One.\n\nTwo.\n\nThree.")
    reviewer_desk.save_text(article, based_on=1, body="One.\n\nTwo, better.\n\nThree.")

    mine = "One.\r\n\r\nTwo, worse.\r\n\r\nThree."
    page = words(author_desk.save_text(article, based_on=1, body=mine))

    (difference,) = re.findall(r"From their text.*?</table>", page, re.DOTALL)
    assert difference.count('class="desk-compare-changed"') == 1
