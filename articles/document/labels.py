"""The words that a callout or a part for one audience gets where its author gives no title."""

from __future__ import annotations

_LABELS = {
    "en": {
        "note": "Note",
        "tip": "Tip",
        "warning": "Warning",
        "danger": "Danger",
        "customer": "For customers",
        "partner": "For partners",
        "agent": "For agents only",
    },
    "zh-hans": {
        "note": "说明",
        "tip": "提示",
        "warning": "注意",
        "danger": "警告",
        "customer": "仅供客户",
        "partner": "仅供合作伙伴",
        "agent": "仅供客服人员",
    },
    "zh-hant": {
        "note": "說明",
        "tip": "提示",
        "warning": "注意",
        "danger": "警告",
        "customer": "僅供客戶",
        "partner": "僅供合作夥伴",
        "agent": "僅供客服人員",
    },
}


def label(kind: str, locale: str) -> str:
    """Return the locale's title for a callout kind or an audience, in English where unknown."""
    return _LABELS.get(locale, _LABELS["en"])[kind]
