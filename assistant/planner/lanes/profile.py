"""A province in the 3B frame: Guangdong profile, 内蒙古碳排放画像报告; the baseline of one of its sectors: 河北钢铁行业基线."""

from __future__ import annotations

import re

from assistant.planner.lanes import Lane
from assistant.planner.plan import Call
from assistant.planner.reader import Reading
from data.classification import Place

_MOST = 3
_FRAME = "oxon8-3b"
_DEFINED = r"是什么|什么是|什么意思|含义|定义|what (?:is|does|are) (?:a |the )?(?:3B|baseline)"


_WHERE_APART = re.compile(
    r"[高低多少]在(?:哪|什么|何)|差在(?:哪|什么|何)|(?:哪些|什么|哪几个)"
    r"(?:行业|部门|方面|地方).{0,8}(?:[高低多少差]|拉开)|"
    r"(?:差距|差异|差别|区别|不同).{0,6}(?:在哪|主要在|来自|体现在)|"
    r"(?:结构|构成|水平|强度).{0,6}(?:对比|比较|差异|不同|区别)|哪(?:里|儿|些地方)(?:更)?[高低多少不差]|"
    r"\bwhere (?:is|are|does|do)\b.{0,60}(?:higher|lower|more|less|worse|better|differ)|"
    r"in which sectors?\b.{0,60}(?:higher|lower|more|less|differ|exceed)|"
    r"\b(?:what|which sectors?) (?:makes?|explains?|accounts? for|drives?).{0,60}(?:higher|lower|more than|less than|gap|difference)|"
    r"\bside[- ]by[- ]side\b|how do(?:es)? .{0,60}differ|(?:structure|make-?up|profile)s?.{0,40}(?:compar|differ|beside|against|versus|vs)|"
    r"compar\w*.{0,60}(?:structure|make-?up|profile)",
    re.IGNORECASE,
)
_APART = 30.0  # two provinces and where they differ: today's levels, no scenario


def _beside(reading: Reading) -> bool:
    """Whether it is asked in what two provinces differ today."""
    own = [p for p in reading.places if p.kind == "province"]
    plain = not (reading.documents or reading.sectors or reading.fuels or reading.cities or reading.years.named)
    other = reading.has(
        "target_words", "roadmap", "footprint", "embodied_trade", "what_if", "trend", "linkages", "all_accounts"
    )
    measured = any(a.measure != "co2" for a in reading.measures)
    return (
        len(own) == 2 == len(reading.places)
        and plain
        and not other
        and not measured
        and bool(_WHERE_APART.search(reading.text))
    )


def _vote(reading: Reading) -> float:
    """Only where provinces are asked about as a whole, or one sector's baseline; a measure or a document named means that."""
    if _beside(reading):
        return _APART
    if _of_sector(reading):
        return 16.0
    named = set(reading.documents) - {_FRAME}  # 3B is the name of a document too
    if not reading.has("portrait") or named or reading.sectors or reading.fuels or reading.cities:
        return 0.0
    if reading.years.single:  # a profile stands in the latest year; one of another year is put together from figures
        return 0.0
    if reading.has("target_words", "roadmap", "trend", "rank", "share") or any(
        a.measure != "co2" for a in reading.measures
    ):
        return 0.0
    if not any(p.kind == "province" for p in reading.places) and not reading.stranger:
        return 0.0
    return 0.0 if reading.find(_DEFINED) and not reading.places else 6.75


def _subject_first(reading: Reading) -> list[Place]:
    """The two provinces, the one asked about first: 和江苏比，山东高在哪 is about Shandong."""
    own = [p for p in reading.places if p.kind == "province"]
    turned = re.search(
        r"^\s*(?:和|与|跟|同|相比|比起|相对于?|对比|compared? (?:to|with)|relative to|against|unlike|than)",
        reading.text,
        re.IGNORECASE,
    )
    return own[::-1] if turned else own


def _of_sector(reading: Reading) -> bool:
    """Whether the baseline of a sector in a province is asked for."""
    return (
        reading.has("sector_baseline")
        and any(s.kind != "total" for s in reading.sectors)
        and any(p.kind == "province" for p in reading.places)
        and not reading.documents
    )


def _compile(reading: Reading) -> list[Call]:
    if _beside(reading):
        one, two = (p.name.en for p in _subject_first(reading))
        return [Call("profile", {"place": one, "beside": two})]
    if _of_sector(reading):
        places = [p.name.en for p in reading.places if p.kind == "province"]
        sectors = [s for s in reading.sectors if s.kind != "total"]
        return [Call("profile", {"place": p, "sector": reading.called(s)}) for p in places for s in sectors][:_MOST]
    own = [p.name.en for p in reading.places if p.kind == "province"][:_MOST]
    return [Call("profile", {"place": name}) for name in own or [reading.stranger or ""]]


LANE = Lane("profile", _vote, _compile, from_data=True)
