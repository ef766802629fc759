"""What search can answer instead of hits, and indexing instead of an index."""

from __future__ import annotations


class SearchUnavailable(Exception):
    """The index can't be read. The background process makes it anew; a face says so politely."""


class IndexBusy(Exception):
    """Another process is writing the index: try again in a moment."""
