"""What haystack finds: the entries that the current edition tells."""

from __future__ import annotations

from django.db.models import QuerySet
from haystack import indexes

from channels.models import Entry


class EntryIndex(indexes.SearchIndex, indexes.Indexable):
    """Its documents are written by `channels.search.indexing`, one for each group of readers."""

    text = indexes.CharField(document=True)
    public_id = indexes.CharField(model_attr="public_id")
    locale = indexes.CharField(model_attr="locale")
    kind = indexes.CharField(model_attr="kind")
    topic = indexes.CharField(model_attr="topic")

    def get_model(self) -> type[Entry]:
        return Entry

    def index_queryset(self, using: str | None = None) -> QuerySet[Entry]:
        return Entry.objects.live()
