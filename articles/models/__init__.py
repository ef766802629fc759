"""What the company knows: articles, their texts and revisions, snippets, topics, attachments."""

from articles.models.article import Article, Kind
from articles.models.attachment import Attachment, AttachmentUse
from articles.models.audit import AuditRecord
from articles.models.former_address import FormerAddress
from articles.models.reminder import Reminder
from articles.models.review import Remark, ReviewRule, ReviewStep
from articles.models.revision import Revision, Significance
from articles.models.saved_view import SavedView
from articles.models.snippet import Snippet, SnippetKind, SnippetRevision, SnippetStep, SnippetUse
from articles.models.tag import ArticleTag
from articles.models.text import ArticleText
from articles.models.text_words import TextWords
from articles.models.topic import Topic, TopicName
from articles.models.working_copy import WorkingCopy

__all__ = [
    "Article",
    "ArticleTag",
    "ArticleText",
    "Attachment",
    "AttachmentUse",
    "AuditRecord",
    "FormerAddress",
    "Kind",
    "Remark",
    "Reminder",
    "ReviewRule",
    "ReviewStep",
    "Revision",
    "SavedView",
    "Significance",
    "Snippet",
    "SnippetKind",
    "SnippetRevision",
    "SnippetStep",
    "SnippetUse",
    "TextWords",
    "Topic",
    "TopicName",
    "WorkingCopy",
]
