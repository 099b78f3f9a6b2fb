"""Words that stand where a place's name should but name none: Guandong, Atlantis, 亚特兰蒂斯, 广冬省."""

from __future__ import annotations

import re
from functools import cache

from assistant.planner.cues import phrases_of, words_of
from data.characters import folded
from data.classification import GROUPS, PROVINCES

_AFTER = re.compile(
    r"(?:\b(?:of|in|for|from|by|did|does|has|do|about|province|region|place|area)\s*[:=]?\s+|(?:province|region|place|area)\s*[:=]\s*)"
    r"(?P<name>[A-Za-z][A-Za-z'\-]{2,}(?:\s+(?:[A-Z][a-z]+))?)",
)
_TAIL_ZH = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,5}?)(?:省|自治区|直辖市)(?=\s*(?:\d|的|在|碳|排|二|年|,|。|\?|$|各|人|G|用|能|电|C))"
)
_HEAD_ZH = re.compile(
    r"^(?:请问|查(?:询|一下)?|那|那么|看看)?(?P<name>[\u4e00-\u9fff]{2,8}?)(?:市|县|区|国)?的?\s*(?=\d{2,4}年?|碳排|排放|二氧化碳|人均|CO2|碳强度)"
)


_ROAD_ZH = re.compile(
    r"^(?:请问|请给出|给出|给我|画出|看看|做)?(?P<name>[\u4e00-\u9fff]{2,6}?)(?:市|县|区)?的?\s*(?=碳中和|碳达峰|净零|双碳|达峰|减排路径|路线图)"
)


@cache
def _names() -> dict[str, str]:
    return {folded(p.name.en): p.name.en for p in (*PROVINCES, *GROUPS)}


def misspelt(word: str) -> str | None:
    """The place whose English name a word nearly is, None where no name is near."""
    if len(word) < 5 or not word.isascii() or word.lower() in words_of("not_places"):
        return None
    from rapidfuzz import fuzz, process

    hit = process.extractOne(folded(word), list(_names()), scorer=fuzz.ratio, score_cutoff=76)
    return _names()[hit[0]] if hit else None


_HEAD_EN = re.compile(
    r"(?P<name>[A-Z][A-Za-z'\-]+(?: [A-Z][a-z]+)??)(?:'s)?(?=\s+(?:\d{4}\s+)?(?:(?:total|annual|coal|power|per[ -]capita|carbon) )?"
    r"(?:CO2|carbon|emissions?|GDP|population|electricity|energy|per[ -](?:head|capita))\b)"
)


@cache
def _abroad() -> re.Pattern[str]:
    names = sorted(phrases_of("abroad"), key=len, reverse=True)
    chinese = "|".join(re.escape(n) for n in names if not n.isascii())
    english = "|".join(re.escape(n) for n in names if n.isascii())
    # Written with a capital or all in capitals: "turkey" and "eu" in a sentence are no countries.
    return re.compile(rf"{chinese}|(?<![A-Za-z])(?:{english})(?![A-Za-z])")


def abroad(text: str) -> str | None:
    """A country or place abroad that the text names, as written; None where it names none."""
    found = _abroad().search(text)
    return found[0] if found else None


_OUTSIDE = re.compile(r"香港|澳门|台湾|hong ?kong|maca[ou]|taiwan", re.IGNORECASE)


_ASKING = re.compile(r"[哪几谁]|什么|多少|怎")  # 影响哪些省 names no province


def stranger(text: str, leftover: tuple[str, ...], grown: tuple[str, ...] = ()) -> str | None:
    """A word of the text that is placed like a place's name and was read as nothing; None where there is none.

    ``grown`` are the words left over with the fillers grown to them (三亚, of which 三 alone is a filler).
    """
    outside = _OUTSIDE.search(text)
    if outside:
        return outside[0]
    land = abroad(text)
    if land:
        return land
    for word in leftover:
        if misspelt(word):
            return word
    for m in _AFTER.finditer(text):
        name = m["name"]
        first = name.split()[0]
        if (
            first[0].isupper()
            and first.lower() not in words_of("not_places")
            and not first.isupper()
            and first in leftover
        ):
            return name if all(w in leftover or w[0].isupper() for w in name.split()) else first
    for m in _HEAD_EN.finditer(text):
        name = m["name"].removesuffix("'s")
        if name.split()[0] in leftover and name.split()[0].lower() not in words_of("not_places") | words_of("harmless"):
            return name
    for pattern in (_TAIL_ZH, _HEAD_ZH, _ROAD_ZH):
        z = pattern.search(text)
        if (
            z
            and not _ASKING.search(z["name"])
            and z["name"] not in words_of("not_places")
            and any(w.startswith(z["name"]) or (w == z["name"][: len(w)] and len(w) >= 2) for w in (*leftover, *grown))
        ):
            return z["name"]
    return None
