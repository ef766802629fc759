"""VoiceXML 2.1 around stored speech: an article with a small menu after it, and menus of links.

Keys: 1 to 9 choose, * goes back, 0 leads to a person where there is one. After the third time
without an answer that is understood, the call ends with a goodbye. What can't be fetched is
regretted, and the menu is said again (VoiceXML 2.0, section 5.2.6, error.badfetch).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from channels.envelopes.phrases import PHRASES, Phrases, phrases
from channels.envelopes.speech import speech_of
from channels.languages import speech_lang
from channels.renderers.base import escape_xml
from channels.renderers.speech_reading import parse_xml, words_of_speech

MEDIA_TYPE = "application/voicexml+xml"

_NAMESPACE = "http://www.w3.org/2001/vxml"
_ARTICLE_PROMPT = f"{{{_NAMESPACE}}}form[@id='article']/*/{{{_NAMESPACE}}}prompt"
_MOST_KEYS = 9  # 1 to 9; the last one says "more" where a page is not the last
# What one document may offer, so that none grows past what a voice platform takes. Ten full pages.
MOST_CHOICES = 10 * (_MOST_KEYS - 1)


class Choice(NamedTuple):
    """One line of a menu: what the caller hears and may say, and where it leads."""

    label: str
    url: str


class Language(NamedTuple):
    """A locale in which something is told, and where its menu is."""

    locale: str
    name: str  # in the language itself
    url: str


class _Option(NamedTuple):
    """A key of a menu, with its announcement, the word to say instead and its target."""

    key: str
    announcement: str
    word: str
    url: str


def article(ssml: bytes, *, locale: str, title: str, back_url: str, agent_url: str = "") -> bytes:
    """Return a dialogue that reads a stored SSML rendering, and then offers to repeat it.

    The caller may interrupt the reading with any key of the menu that follows. Raises ValueError
    for bytes that are not a stored rendering.
    """
    words, speech = phrases(locale), speech_of(ssml)
    options = [
        _Option("1", words.repeat.format(key="1"), words.repeat_word, "#article"),
        *_ways_out(words, back_url, agent_url),
    ]
    reading = (
        '<form id="article">\n<block>\n'
        f'<prompt bargein="true" xml:lang="{speech.lang}">\n{speech.content}</prompt>\n'
        '<goto next="#after"/>\n</block>\n</form>\n'
    )
    after = _menu("after", [], options, words)
    return _document(locale, title, [_handlers(words), reading, after])


def menu(
    choices: Sequence[Choice],
    *,
    locale: str,
    title: str,
    back_url: str = "",
    agent_url: str = "",
    more_url: str = "",
) -> bytes:
    """Return a dialogue that offers the choices by key or voice, a page of at most nine at a time.

    The first page says the title. All pages are in the one document, so that they can't change
    while the caller listens; only past MOST_CHOICES does `more_url` lead to a next document.
    """
    words = phrases(locale)
    ways_out = list(_ways_out(words, back_url, agent_url))
    pages = list(_pages(choices, goes_on=bool(more_url)))
    greeting = [title] if choices else [title, words.nothing_here]
    dialogs = []
    for number, page in enumerate(pages, start=1):
        options = [
            _Option(str(key), words.offer(label, key), label, url)
            for key, (label, url) in enumerate(page, start=1)
        ]
        following = f"#page-{number + 1}" if number < len(pages) else more_url
        if following:
            more = words.more.format(key=_MOST_KEYS)
            options.append(_Option(str(_MOST_KEYS), more, words.more_word, following))
        dialogs.append(
            _menu(f"page-{number}", greeting if number == 1 else [], [*options, *ways_out], words)
        )
    return _document(locale, title, [_handlers(words), *dialogs])


def languages(offered: Sequence[Language], *, title: str) -> bytes:
    """Return a menu of languages, each said in its own words. There must be one.

    It listens to keys alone: nobody knows yet in which language a caller would speak. Also where
    the menu of a language can't be fetched, the languages are said again.
    """
    said, choices = [f"<s>{escape_xml(title)}</s>"], []
    for key, (locale, name, url) in enumerate(offered, start=1):
        sentence = _language_offer(locale, name, key)
        said.append(f'<s xml:lang="{escape_xml(speech_lang(locale))}">{escape_xml(sentence)}</s>')
        choices.append(f'<choice dtmf="{key}" next="{escape_xml(url)}"/>\n')
    events = "noinput nomatch error.badfetch"
    menu = (
        f'<menu id="languages">\n<prompt bargein="true"><p>{"".join(said)}</p></prompt>\n'
        f'{"".join(choices)}<catch event="{events}"><reprompt/></catch>\n'
        f'<catch event="{events}" count="3"><exit/></catch>\n</menu>\n'
    )
    return _document(offered[0].locale, title, [menu])


def apology(*, locale: str, next_url: str) -> bytes:
    """Return a dialogue that says sorry and goes on to `next_url`."""
    words = phrases(locale)
    form = (
        f'<form id="sorry">\n<block>\n{_prompt([words.not_found, words.main_menu])}'
        f'<goto next="{escape_xml(next_url)}"/>\n</block>\n</form>\n'
    )
    return _document(locale, words.not_found, [form])


def spoken_words(voicexml: bytes) -> list[str]:
    """Return the written words of the article in a document that `article` made."""
    return words_of_speech(*parse_xml(voicexml).iterfind(_ARTICLE_PROMPT))


def _language_offer(locale: str, name: str, key: int) -> str:
    if locale in PHRASES:
        return PHRASES[locale].choose_language.format(key=key)
    return f"{name}: {key}."


def _pages(choices: Sequence[Choice], *, goes_on: bool) -> Iterator[Sequence[Choice]]:
    """Yield the pages of a menu; a page that is not the last leaves a key free for "more", and
    so does the last of a menu that goes on in another document."""
    room = _MOST_KEYS - 1 if goes_on else _MOST_KEYS
    while len(choices) > room:
        yield choices[: _MOST_KEYS - 1]
        choices = choices[_MOST_KEYS - 1 :]
    yield choices


def _ways_out(words: Phrases, back_url: str, agent_url: str) -> Iterator[_Option]:
    if back_url:
        yield _Option("*", words.back.format(key=words.star), words.back_word, back_url)
    if agent_url:
        yield _Option("0", words.agent.format(key="0"), words.agent_word, agent_url)


def _menu(name: str, greeting: Iterable[str], options: Iterable[_Option], words: Phrases) -> str:
    """Return a dialog that says the sentences of `greeting` and then the options."""
    options = list(options)
    if not options:  # a menu must offer something; here the caller can only be thanked
        prompt = _prompt([*greeting, words.goodbye])
        return f'<form id="{name}">\n<block>\n{prompt}<exit/>\n</block>\n</form>\n'
    announced = _prompt([*greeting, *(option.announcement for option in options)])
    choices = "".join(
        f'<choice dtmf="{option.key}" accept="approximate" next="{escape_xml(option.url)}">'
        f"{escape_xml(option.word)}</choice>\n"
        for option in options
    )
    return f'<menu id="{name}">\n{announced}{choices}</menu>\n'


def _handlers(words: Phrases) -> str:
    """Return what is said in any dialog of the document when something goes wrong.

    Of two handlers for the same event the first that fits is taken.
    """
    return (
        f"<noinput>\n{_prompt([words.no_input])}<reprompt/>\n</noinput>\n"
        f"<nomatch>\n{_prompt([words.no_match])}<reprompt/>\n</nomatch>\n"
        f'<catch event="noinput nomatch" count="3">\n{_prompt([words.goodbye])}<exit/>\n</catch>\n'
        '<catch event="error.badfetch">\n'
        f"{_prompt([words.unreachable])}<reprompt/>\n</catch>\n"
        f'<catch event="error.badfetch" count="3">\n{_prompt([words.goodbye])}<exit/>\n</catch>\n'
        f'<catch event="error">\n{_prompt([words.goodbye])}<exit/>\n</catch>\n'
    )


def _prompt(sentences: Iterable[str]) -> str:
    said = "".join(f"<s>{escape_xml(sentence)}</s>" for sentence in sentences if sentence)
    return f'<prompt bargein="true"><p>{said}</p></prompt>\n'


def _document(locale: str, title: str, parts: Iterable[str]) -> bytes:
    lang = escape_xml(speech_lang(locale))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<vxml version="2.1" xmlns="{_NAMESPACE}" xml:lang="{lang}">\n'
        f'<meta name="title" content="{escape_xml(title)}"/>\n'
        f"{''.join(parts)}</vxml>\n"
    ).encode()
