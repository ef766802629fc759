"""What we tell: editions and their entries, what readers ask for, and who may pull."""

from channels.models.api_key import ApiKey
from channels.models.call import Call, CallEvent, CallTick, Pin
from channels.models.edition import Edition, Pointer
from channels.models.entry import Entry, EntryLink, EntrySnippet
from channels.models.idempotent_answer import IdempotentAnswer
from channels.models.outbox import OutboxRow
from channels.models.release import Release, ReleaseItem
from channels.models.release_check import ReleaseChange, ReleaseCheck
from channels.models.rendering import Blob, Rendering
from channels.models.search_record import FrequentQuery, SearchOutcome, SearchRecord
from channels.models.search_words import (
    BestBet,
    BestBetArticle,
    GoldenQuery,
    SearchWords,
    Synonym,
)
from channels.models.snippet_entry import SnippetEntry
from channels.models.topic_entry import TopicEntry
from channels.models.update_request import UpdateRequest, Vote

__all__ = [
    "ApiKey",
    "BestBet",
    "BestBetArticle",
    "Blob",
    "Call",
    "CallEvent",
    "CallTick",
    "Edition",
    "Entry",
    "EntryLink",
    "EntrySnippet",
    "FrequentQuery",
    "GoldenQuery",
    "IdempotentAnswer",
    "OutboxRow",
    "Pin",
    "Pointer",
    "Release",
    "ReleaseChange",
    "ReleaseCheck",
    "ReleaseItem",
    "Rendering",
    "SearchOutcome",
    "SearchRecord",
    "SearchWords",
    "SnippetEntry",
    "Synonym",
    "TopicEntry",
    "UpdateRequest",
    "Vote",
]
