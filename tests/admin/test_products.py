"""Products of an article at the desk."""

from __future__ import annotations

from articles.models import Article
from tests.admin.desk import ABOUT, TEXT, Desk, words


def saved(desk: Desk, article: Article, products: str) -> str:
    """Say the products on top of what is said; return the page that answers."""
    article.refresh_from_db()
    about = {**ABOUT, "products": products, "based_on": str(article.version)}
    answer = words(desk.send("articles_article_change", article.pk, **about))
    article.refresh_from_db()
    return answer


def test_they_are_typed_one_a_line_and_shown_again(author_desk: Desk) -> None:
    article = author_desk.write_article()
    saved(author_desk, article, "Tide 5, blue\r\n\r\n OL-KT310 \r\ntide 5, BLUE")
    assert article.products == ["Tide 5, blue", "OL-KT310"]
    page = author_desk.open("articles_article_change", article.pk).content.decode()
    assert "Tide 5, blue\nOL-KT310" in page


def test_a_new_article_has_them_at_once(author_desk: Desk) -> None:
    typed = {**TEXT, **ABOUT, "locale": "en", "products": "Tide 5"}
    author_desk.send("articles_article_add", **typed)
    assert Article.objects.get().products == ["Tide 5"]


def test_what_cannot_be_kept_is_said_at_the_field_and_stays_typed(author_desk: Desk) -> None:
    article = author_desk.write_article()
    for typed in ("x" * 61, "\r\n".join(f"Tide {n}" for n in range(21)), "a\x00b"):
        answer = saved(author_desk, article, typed)
        assert article.products == []
        assert "error" in answer
        assert "Tide 20" in answer or "Tide" not in typed
