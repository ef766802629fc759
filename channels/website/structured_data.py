"""What an article tells machines: schema.org's FAQPage as JSON-LD, safe to stand in a page."""

from __future__ import annotations

import json

from django.utils.safestring import SafeString, mark_safe

from channels.languages import html_lang
from channels.models import Entry

# Within <script> only these can end the element or begin a comment; JSON may escape any letter.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}


def faq_page(entry: Entry, *, answer: str, url: str) -> SafeString:
    """Return the JSON-LD of an entry: its questions, each answered by the text that was told.

    An entry without questions is asked for by its title. `entry.from_edition` must be loaded.
    """
    data = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "@id": url,
        "name": entry.title,
        "description": entry.summary,
        "inLanguage": html_lang(entry.locale),
        "url": url,
        "version": str(entry.from_edition_id),
        "identifier": f"sha256:{entry.content_digest}",
        "dateModified": entry.from_edition.published_at.isoformat(),
        "mainEntity": [
            {
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }
            for question in entry.questions or [entry.title]
        ],
    }
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308
