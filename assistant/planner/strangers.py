"""Words that stand where a place's name should but name none: Guandong, Atlantis, 亚特兰蒂斯, 广冬省."""

from __future__ import annotations

import re
from functools import cache

from assistant.planner.cues import not_places
from data.classification import GROUPS, PROVINCES, folded

_AFTER = re.compile(
    r"(?:\b(?:of|in|for|from|by|did|does|has|do|about|province|region|place|area)\s*[:=]?\s+|(?:province|region|place|area)\s*[:=]\s*)"
    r"(?P<name>[A-Za-z][A-Za-z'\-]{2,}(?:\s+(?:[A-Z][a-z]+))?)",
)
_TAIL_ZH = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,5}?)(?:省|自治区|直辖市)(?=\s*(?:\d|的|在|碳|排|二|年|,|。|\?|$|各|人|G|用|能|电|C))"
)
_HEAD_ZH = re.compile(
    r"^(?:请问|查(?:询|一下)?|那|那么|看看)?(?P<name>[\u4e00-\u9fff]{2,8}?)(?:市|县|区|国)?的?(?=\d{2,4}年?|碳排|排放|二氧化碳|人均|CO2|碳强度)"
)


@cache
def _names() -> dict[str, str]:
    return {folded(p.name.en): p.name.en for p in (*PROVINCES, *GROUPS)}


def misspelt(word: str) -> str | None:
    """The place whose English name a word nearly is, None where no name is near."""
    if len(word) < 5 or not word.isascii() or word.lower() in not_places():
        return None
    from rapidfuzz import fuzz, process

    hit = process.extractOne(folded(word), list(_names()), scorer=fuzz.ratio, score_cutoff=76)
    return _names()[hit[0]] if hit else None


_OUTSIDE = re.compile(r"香港|澳门|台湾|hong ?kong|maca[ou]|taiwan", re.IGNORECASE)


def stranger(text: str, leftover: tuple[str, ...]) -> str | None:
    """A word of the text that is placed like a place's name and was read as nothing; None where there is none."""
    outside = _OUTSIDE.search(text)
    if outside:
        return outside[0]
    for word in leftover:
        if misspelt(word):
            return word
    for m in _AFTER.finditer(text):
        name = m["name"]
        first = name.split()[0]
        if first[0].isupper() and first.lower() not in not_places() and not first.isupper() and first in leftover:
            return name if all(w in leftover or w[0].isupper() for w in name.split()) else first
    for pattern in (_TAIL_ZH, _HEAD_ZH):
        z = pattern.search(text)
        if z and any(w.startswith(z["name"]) or (w == z["name"][: len(w)] and len(w) >= 2) for w in leftover):
            return z["name"]
    return None
