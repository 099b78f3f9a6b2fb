"""What a text names: places, sectors, years, and which way a change goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Generic, TypeVar

from data.classification import NATION, Place, Sector, place_aliases, sector_aliases

Named = TypeVar("Named", Place, Sector)

_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d{2}|2100)(?![\d%]|[.,]\d)")
_DOCUMENTS = re.compile(r"《[^》]*》|[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*\d+\s*号")
# Names that also are everyday words; "Central" alone is no place, nor is "power" in "net imported power" a sector.
_NO_PLACE = {"central", "east", "south", "north", "nation", "national", "nationally", "国家", "im", "tar"}
_PLAIN_WORDS = {
    "others",
    "all",
    "research",
    "health",
    "education",
    "repair",
    "urban",
    "rural",
    "城镇",
    "农村",
    "卫生",
    "教育",
}
_NO_SECTOR = re.compile(
    r"净调入电力|净外来电|外来电力?|调入电力|净输入电力|电力贸易|电力消费|电力结构|电力因子|用电|发电量|能源消费|"
    r"全社会|建筑面积|net (?:imported|power|electricity)\s*(?:imports?|power|electricity)?|electricity (?:trade|imports?)|"
    r"power (?:mix|trade|generation|consumption|imports?)|energy (?:use|consumption)",
    re.IGNORECASE,
)
_FALL = re.compile(
    r"下降|减少|降低|降幅|降至|减至|回落|下滑|收窄|缩减|压减|低于|少于|更低|更少|负增长|负值|为负|移除|吸收|碳汇|净调出|缺口|差距|"
    r"不足|[降减少低缺]了?[约近]?\s*(?=\d)|"
    r"\b(?:fell|falls?|fallen|falling|decreas\w*|declin\w*|dropp?\w*|reduc\w*|lower\w*|less|below|down|cuts?|cutting|shr[aiu]nk\w*|"
    r"fewer|short|behind|minus|negative|removals?|removed|absorb\w*|sinks?|gap|deficit|smaller|under)\b",
    re.IGNORECASE,
)
_RISE = re.compile(
    r"增长|上升|增加|提高|升至|增至|上涨|扩大|高于|高出|多于|超过|超出|更高|更多|增速|增幅|[增升多高]了?[约近]?\s*(?=\d)|"
    r"\b(?:rose|rises?|risen|rising|increas\w*|grew|grows?|grown|growing|growth|higher|above|up|more|exceed\w*|gain\w*|larger|"
    r"greater|over)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"变化|变动|增减|增速|增长|同比|差额|之差|相差|change|growth|differen|increase", re.IGNORECASE)
_REDUCTION = re.compile(r"降幅|下降|减少|减排|降低|reduction|decline|decrease|cut|fall", re.IGNORECASE)


class Lexicon(Generic[Named]):
    """Names looked up inside a text, the longest first, Latin ones at word boundaries and in any case."""

    def __init__(self, aliases: Mapping[str, Named]) -> None:
        self._known: dict[str, Named] = {}
        for name, found in aliases.items():
            if _usable(name):
                self._known.setdefault(name.lower(), found)
        self._lengths: dict[str, list[int]] = {}
        for name in self._known:
            lengths = self._lengths.setdefault(name[0], [])
            if len(name) not in lengths:
                lengths.append(len(name))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def find(self, text: str) -> list[tuple[int, Named]]:
        """Position and object of every name, left to right, none inside another."""
        low = text.lower()
        out: list[tuple[int, Named]] = []
        at = 0
        while at < len(low):
            step = 1
            for length in self._lengths.get(low[at], ()):
                name = low[at : at + length]
                if len(name) == length and name in self._known and _stands_alone(low, at, at + length):
                    out.append((at, self._known[name]))
                    step = length
                    break
            at += step
        return out


def _usable(name: str) -> bool:
    """One Chinese character or a two-letter code is too little to be taken for a name inside prose."""
    if name.lower() in _NO_PLACE:
        return False
    return len(name) >= 2 if not name.isascii() else len(name) >= 4


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start].isascii() and text[start].isalnum() and before.isascii() and before.isalnum():
        return False
    last = text[end - 1]
    return not (last.isascii() and last.isalnum() and after.isascii() and after.isalnum())


@cache
def _place_lexicon() -> Lexicon[Place]:
    return Lexicon(place_aliases())


@cache
def _sector_lexicon() -> Lexicon[Sector]:
    named = sector_aliases().items()
    return Lexicon({name: found for name, found in named if found.kind != "total" and name.lower() not in _PLAIN_WORDS})


@lru_cache(maxsize=4096)
def places(text: str) -> tuple[tuple[int, Place], ...]:
    """Places a text names, with positions."""
    return tuple(_place_lexicon().find(_blank(_DOCUMENTS, text)))


@lru_cache(maxsize=4096)
def sectors(text: str) -> tuple[tuple[int, Sector], ...]:
    """Sectors a text names, with positions; documents' titles and "net imported power" name none."""
    return tuple(_sector_lexicon().find(_blank(_NO_SECTOR, _blank(_DOCUMENTS, text))))


@lru_cache(maxsize=4096)
def years(text: str) -> tuple[tuple[int, int], ...]:
    """Years a text names, with positions; those in documents' titles and numbers are none."""
    return tuple((m.start(), int(m.group(1))) for m in _YEAR.finditer(_blank(_DOCUMENTS, text)))


def falls(text: str) -> bool:
    """Whether a word of fall, shortage or removal is in the text."""
    return bool(_FALL.search(text))


def rises(text: str) -> bool:
    """Whether a word of growth or excess is in the text."""
    return bool(_RISE.search(text))


def is_signed_change(label: str) -> bool:
    """Whether a fact's label says that its sign is the direction of a change."""
    return bool(_CHANGE.search(label)) and not _REDUCTION.search(label)


def agree(named: Place, region: Place) -> bool:
    """Whether a place named may stand for the region of a fact: itself, or a member of the group it is."""
    return named.code == region.code or (region.kind == "group" and named.code in region.members)


def overlap(one: Sector, other: Sector) -> bool:
    """Whether two sectors share anything."""
    if one.key == other.key or one.part_of in other.mrio or other.part_of in one.mrio:
        return True
    return bool(set(one.inventory) & set(other.inventory) or set(one.mrio) & set(other.mrio))


def is_nation(place: Place) -> bool:
    """China as a whole."""
    return place.code == NATION.code


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda m: "\x00" * len(m.group(0)), text)
