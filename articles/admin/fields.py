"""Form fields that editors meet on several pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.document.text import clean_line
from articles.exceptions import InvalidInput
from articles.models import Topic
from articles.operations.products import MAX_PRODUCTS, clean_products
from articles.operations.tagging import split_tags


class LinesField(forms.CharField):
    """A list of lines, typed one under the other."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(max_length=20_000, **kwargs)
        self.most = most

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line for line in map(clean_line, super().clean(value).splitlines()) if line]
        if len(lines) > self.most:
            raise ValidationError(_("At most %d lines.") % self.most)
        return lines


class TagsField(forms.CharField):
    """Tags separated by commas, also Chinese ones; each is kept once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=4_000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        try:
            return split_tags([super().clean(value)])
        except InvalidInput as refusal:
            raise ValidationError(str(refusal)) from None


class ProductsField(LinesField):
    """Names of products, one a line; each is kept once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=MAX_PRODUCTS, **kwargs)

    def clean(self, value: Any) -> list[str]:
        try:
            return clean_products(super().clean(value))
        except InvalidInput as refusal:
            raise ValidationError(str(refusal)) from None


class TopicField(forms.ModelChoiceField):
    """A topic of the tree, shown in its reading order and indented."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Topic.objects.order_by("path").prefetch_related("names"), **kwargs)

    def label_from_instance(self, obj: Topic) -> str:
        return "— " * (obj.depth - 1) + str(obj)
