"""Products: what an article is about, by the names that are printed on them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from articles.document.text import clean_name
from articles.exceptions import InvalidInput

MAX_PRODUCTS = 20  # of one article
MAX_PRODUCT = 60  # characters


def clean_products(named: Iterable[str]) -> list[str]:
    """Return the names without those that say nothing, each once, as it was first written.

    Raises InvalidInput where they are too many or too long.
    """
    products: dict[str, str] = {}
    for name in map(clean_name, named):
        if name:
            products.setdefault(name.casefold(), name)
    if len(products) > MAX_PRODUCTS or any(len(name) > MAX_PRODUCT for name in products.values()):
        raise InvalidInput(
            gettext("At most %(products)d products of %(length)d characters.")
            % {"products": MAX_PRODUCTS, "length": MAX_PRODUCT},
            field="products",
        )
    return list(products.values())
