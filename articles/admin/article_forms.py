"""The forms of an article: what is said about it, its text in one locale, and both at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.validators import MaxLengthValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin.fields import LinesField, ProductsField, TagsField, TopicField
from articles.audiences import NARROWEST
from articles.locales import locale_choices
from articles.merging import has_marks
from articles.models import Article, ArticleText, Kind, Significance
from articles.models.article import AUDIENCE_CHOICES
from articles.operations.validation import MAX_BODY_BYTES, MAX_QUESTIONS
from articles.workflow import Action

LINE = forms.TextInput(attrs={"class": "vTextField"})


class MetadataForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    topic = TopicField(label=_("Topic"), required=False)
    audience = forms.ChoiceField(
        label=_("Audience"),
        choices=AUDIENCE_CHOICES,
        initial=NARROWEST,
        help_text=_("Who may read it. Readers see a change with the article's next edition."),
    )
    tags = TagsField(
        label=_("Tags"), required=False, help_text=_("Separated by commas."), widget=LINE
    )
    products = ProductsField(
        label=_("Products"),
        required=False,
        help_text=_("As printed on the product, one a line; the same in all languages."),
        widget=forms.Textarea({"rows": 2}),
    )
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none(), required=False)
    review_by = forms.DateField(
        label=_("Review by"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    source_locale = forms.ChoiceField(
        label=_("Source language"),
        choices=locale_choices,
        required=False,
        help_text=_("The language that the others are translated from."),
    )
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, article: Article | None = None, **kwargs: Any) -> None:
        if article is not None:
            kwargs.setdefault("initial", _metadata(article))
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        may_own = Q(is_staff=True, is_active=True)
        if article is not None and article.owner_id:
            # Who left still owns until somebody else does.
            may_own |= Q(pk=article.owner_id)
        owner.queryset = User.objects.filter(may_own).order_by("username")


class TextForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, widget=LINE)
    slug = forms.CharField(
        label=_("Address"),
        max_length=120,
        required=False,
        widget=LINE,
        help_text=_("Made from the title if left empty. Old addresses keep leading here."),
    )
    summary = forms.CharField(
        label=_("Summary"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    questions = LinesField(
        label=_("Questions"),
        most=MAX_QUESTIONS,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("How customers ask it, one question a line."),
    )
    body = forms.CharField(
        label=_("Text"),
        # Not `max_length`: by that browsers cut what is pasted, and say nothing.
        validators=[MaxLengthValidator(MAX_BODY_BYTES)],
        strip=False,
        widget=forms.Textarea(
            {
                "rows": 22,
                "class": "desk-body",
                "spellcheck": "true",
                "data-most-bytes": MAX_BODY_BYTES,
            }
        ),
        help_text=_(
            "Markdown; {{ key }} for a snippet, [words](article:id) for a link, ::: agent … ::: "
            "for agents only."
        ),
    )
    significance = forms.ChoiceField(
        label=_("What changed"),
        choices=Significance.choices,
        initial=Significance.CONTENT,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Whether readers are told something else, and translations must follow."),
    )
    translation_of = forms.TypedChoiceField(
        label=_("Says the same as"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("The revision of the source text that this one is a translation of."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        widget=LINE,
        help_text=_("What changed and why, for colleagues."),
    )
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    seen_slug = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        text: ArticleText | None = None,
        sources: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        """`sources` are the revisions that a translation may name: number and words to read."""
        if text is not None:
            kwargs.setdefault("initial", _content(text))
        kwargs.setdefault("initial", {"based_on": 0})
        super().__init__(*args, **kwargs)
        if sources:
            translation_of = self.fields["translation_of"]
            assert isinstance(translation_of, forms.ChoiceField)  # noqa: S101 - for the type checker
            translation_of.choices = [("", "–"), *sources]
        else:
            del self.fields["translation_of"]

    def clean_body(self) -> str:
        """Refuse a merged text in which somebody has not chosen yet."""
        body: str = self.cleaned_data["body"]
        return _without_marks(body)

    def clean_questions(self) -> list[str]:
        questions: list[str] = self.cleaned_data["questions"]
        _without_marks("\n".join(questions))
        return questions

    def content(self) -> dict[str, Any]:
        """What was typed, as arguments of `save_revision`; of a translation's source only the
        number."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            # An address that was left as it was renames nothing.
            "slug": data["slug"] if data["slug"] not in ("", data.get("seen_slug")) else None,
            "summary": data["summary"],
            "questions": data["questions"],
            "body": data["body"],
            "note": data["note"],
            "significance": data.get("significance") or Significance.CONTENT,
            "translation_of": data.get("translation_of"),
            "based_on": data.get("based_on", 0),  # a new article's text is based on nothing
        }


class NewArticleForm(TextForm, MetadataForm):
    """An article and its first text on one page."""

    locale = forms.ChoiceField(label=_("Language"), choices=locale_choices)
    based_on = None  # type: ignore[assignment]
    source_locale = None  # type: ignore[assignment]  # that of its first text
    seen_slug = None  # type: ignore[assignment]
    significance = None  # type: ignore[assignment]
    field_order = (
        "locale",
        "title",
        "slug",
        "summary",
        "questions",
        "body",
        "note",
        "kind",
        "topic",
        "audience",
        "tags",
        "products",
        "owner",
        "review_by",
    )


class MoveForm(forms.Form):
    """A step of the workflow on the revision that was looked at."""

    action = forms.ChoiceField(
        choices=[
            (action.value, action.label)
            for action in (Action.SUBMIT, Action.WITHDRAW, Action.APPROVE, Action.REJECT)
        ]
    )
    revision = forms.IntegerField(min_value=0)
    reason = forms.CharField(max_length=2000, required=False)


def _without_marks(text: str) -> str:
    if has_marks(text):
        raise forms.ValidationError(
            _(
                "Two versions still stand here, between “<<<<<<< yours” and “>>>>>>> theirs”. "
                "Keep what shall be said and take out the marks."
            )
        )
    return text


def error_count(form: forms.BaseForm) -> str:
    """Return the line above a form that says how much is to be mended."""
    count = sum(len(errors) for errors in form.errors.values())
    return ngettext("Please correct the error below.", "Please correct the errors below.", count)


def _metadata(article: Article) -> dict[str, Any]:
    return {
        "kind": article.kind,
        "topic": article.topic_id,
        "audience": article.audience,
        "tags": article.tags,
        "products": article.products,
        "owner": article.owner_id,
        "review_by": article.review_by,
        "source_locale": article.source_locale,
        "based_on": article.version,
    }


def _content(text: ArticleText) -> dict[str, Any]:
    head = text.head
    if head is None:
        return {"based_on": 0, "slug": text.slug, "seen_slug": text.slug}
    return {
        "title": head.title,
        "slug": text.slug,
        "seen_slug": text.slug,
        "summary": head.summary,
        "questions": head.questions,
        "body": head.body,
        "significance": Significance.CONTENT,
        "based_on": head.number,
    }
