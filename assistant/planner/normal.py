"""A question as typed, made uniform: width, Traditional to Simplified, dashes, control characters, bots' notations."""

from __future__ import annotations

import json
import re
import unicodedata

from data.characters import simplified
from data.text import Language

READ_AT_MOST = 2000  # characters; what is asked stands well within, and reading stays under a few milliseconds

_DASHES = re.compile(r"[‐-―−~〜～]+")
_QUOTES = re.compile(r"[“”„‟«»「」『』]")
_SINGLE_QUOTES = re.compile(r"[‘’‛′`´]")
# A year written to a word without a blank: GDP2022, UNEP2024.
_GLUED = re.compile(r"(?<=[A-Za-z]{2})(?=(?:19|20)\d{2}(?![\dA-Za-z_-]))")
# Words of speech and a common slip, as they are written in the vocabulary.
_SPOKEN = (
    ("氧化炭", "氧化碳"), ("为啥", "为什么"), ("啥", "什么"), ("咋样", "怎么样"), ("咋", "怎么"), ("靠谱", "可靠"),
    ("老百姓", "居民"),
)  # fmt: skip
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def has_chinese(text: str) -> bool:
    """Whether a Chinese character is in the text."""
    return bool(_CHINESE.search(text))


def language_of(text: str) -> Language:
    """Chinese where any Chinese character is, else English."""
    return "zh" if has_chinese(text) else "en"


def clean(text: str) -> str:
    """NFKC width, one kind of dash and quote, control characters as blanks, Simplified Chinese, single blanks."""
    text = text[: READ_AT_MOST * 2].replace("℃", "°C")
    text = unicodedata.normalize("NFKC", text.replace("\u2026", " "))
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Cn") else c for c in text)
    text = _SINGLE_QUOTES.sub("'", _QUOTES.sub('"', _DASHES.sub("-", text)))
    text = _GLUED.sub(" ", simplified(re.sub(r"\s+", " ", text).strip()[:READ_AT_MOST]))
    for said, meant in _SPOKEN:
        text = text.replace(said, meant)
    return text


def structured(text: str) -> dict[str, object] | None:
    """The object a bot sent as JSON; None for anything else."""
    stripped = text.strip()
    if not (stripped.startswith("{") and stripped.endswith("}")):
        return None
    try:
        found = json.loads(stripped)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def spoken(value: object, depth: int = 0) -> str:
    """A bot's object as a line of words: keys and values in order, so that one reader serves all."""
    if depth > 4:
        return ""
    if isinstance(value, dict):
        return "; ".join(f"{k}: {spoken(v, depth + 1)}" for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(spoken(v, depth + 1) for v in value)
    if isinstance(value, bool) or value is None:
        return ""
    return str(value)
