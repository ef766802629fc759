"""What the telephone itself says around what is told, by locale."""

from __future__ import annotations

from dataclasses import dataclass

_SENTENCE_ENDS = ("?", "!", ".", "？", "！", "。", "…")


@dataclass(frozen=True, slots=True)
class Phrases:
    """`*_word` is what a caller may say, the others are what is said to the caller."""

    choose_language: str  # {key}; the language as callers call it, who hear no script
    welcome: str  # {site}
    other: str  # articles that belong to no topic
    choice: str  # {label} and {key}
    choice_of_sentence: str  # the same where the label ends as a sentence does
    repeat: str  # {key}
    repeat_word: str
    back: str  # {key}
    back_word: str
    agent: str  # {key}
    agent_word: str
    more: str  # {key}
    more_word: str
    star: str  # how the * key is called
    nothing_here: str
    no_input: str
    no_match: str
    unreachable: str  # what was chosen can't be fetched
    not_found: str
    main_menu: str
    goodbye: str

    def offer(self, label: str, key: int) -> str:
        """Return the sentence that offers a choice."""
        ends = label.endswith(_SENTENCE_ENDS)
        return (self.choice_of_sentence if ends else self.choice).format(label=label, key=key)


PHRASES = {
    "en": Phrases(
        choose_language="For English, press {key}.",
        welcome="Welcome to {site}. What would you like to know about?",
        other="other questions",
        choice="{label}: press {key}.",
        choice_of_sentence="{label} Press {key}.",
        repeat="To hear this again, press {key} or say: repeat.",
        repeat_word="repeat",
        back="To go back to the menu, press {key} or say: menu.",
        back_word="menu",
        agent="To talk to somebody, press {key} or say: agent.",
        agent_word="agent",
        more="For more choices, press {key} or say: more.",
        more_word="more",
        star="star",
        nothing_here="There is nothing here at the moment.",
        no_input="Sorry, I did not hear you.",
        no_match="Sorry, I did not understand that.",
        unreachable="Sorry, I cannot get that at the moment.",
        not_found="Sorry, what you asked for is not here any more.",
        main_menu="Back to the main menu.",
        goodbye="Thank you for calling. Goodbye.",
    ),
    "zh-hans": Phrases(
        choose_language="普通话，请按{key}。",
        welcome="欢迎致电{site}。请问您想了解什么？",
        other="其他问题",
        choice="{label}，请按{key}。",
        choice_of_sentence="{label}请按{key}。",
        repeat="再听一遍，请按{key}，或者说：重听。",
        repeat_word="重听",
        back="返回菜单，请按{key}，或者说：菜单。",
        back_word="菜单",
        agent="人工服务，请按{key}，或者说：人工。",
        agent_word="人工",
        more="更多选项，请按{key}，或者说：更多。",
        more_word="更多",
        star="星号键",
        nothing_here="目前这里没有内容。",
        no_input="抱歉，我没有听到您的声音。",
        no_match="抱歉，我没有听明白。",
        unreachable="抱歉，暂时无法提供这项内容。",
        not_found="抱歉，您要找的内容已经不在这里了。",
        main_menu="现在返回主菜单。",
        goodbye="感谢您的来电，再见。",
    ),
    "zh-hant": Phrases(
        choose_language="國語，請按{key}。",
        welcome="歡迎致電{site}。請問您想了解什麼？",
        other="其他問題",
        choice="{label}，請按{key}。",
        choice_of_sentence="{label}請按{key}。",
        repeat="再聽一遍，請按{key}，或者說：重聽。",
        repeat_word="重聽",
        back="返回選單，請按{key}，或者說：選單。",
        back_word="選單",
        agent="專人服務，請按{key}，或者說：專人。",
        agent_word="專人",
        more="更多選項，請按{key}，或者說：更多。",
        more_word="更多",
        star="米字鍵",
        nothing_here="目前這裡沒有內容。",
        no_input="抱歉，我沒有聽到您的聲音。",
        no_match="抱歉，我沒有聽懂。",
        unreachable="抱歉，目前無法提供這項內容。",
        not_found="抱歉，您要找的內容已經不在這裡了。",
        main_menu="現在返回主選單。",
        goodbye="感謝您的來電，再見。",
    ),
}


def phrases(locale: str) -> Phrases:
    """Return the phrases of a locale, the English ones where it has none of its own."""
    return PHRASES.get(locale.lower(), PHRASES["en"])
