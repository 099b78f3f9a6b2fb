"""Provinces ranked in a scenario: 哪个省最后达峰, the five highest net emissions in 2035, who cuts most, who needs most CCUS."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.amounts import amounts
from assistant.planner.compile_roadmap import SCENARIOS
from assistant.planner.intents import FIRST_PROJECTED
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from assistant.planner.thresholds import limit_of

_PROVINCES = re.compile(
    r"(?:哪|那)(?:一|几|些|[两三四五六七八九十]|\d+)?个?(?:省|地区|地方)|什么省|啥地方|(?:各|分|每个|全部|所有|三十个?|3[01]个?)(?:省|地区)|省份?(?:之间|里|中|当中|排|名单|有)"
    r"|(?:几|多少)个?省|\bprovinces?\b|谁(?!先)|\bwho\b|\bwhich regions?\b",
    re.IGNORECASE,
)
_PEAK = re.compile(r"达峰|见顶|峰值|\bpeak(?:s|ing)?\b", re.IGNORECASE)
_ZERO = re.compile(r"中和|净零|零碳|归零|neutral|net[\s-]?zero|zero emissions", re.IGNORECASE)
_LEFT = re.compile(
    r"残余|剩余|剩下|还(?:有|剩|在排)|仍(?:有|剩|在排|然)|尚有|residual|remaining|\bstill\b|\bleft\b", re.IGNORECASE
)
_NET = re.compile(r"净(?:碳)?排放|\bnet\b(?![\s-]?zero)(?! (?:import|export|power|electricity))", re.IGNORECASE)
_SCENARIO = re.compile(r"情景|路径|路线图|scenario|pathway|roadmap|双碳|dual[\s-]carbon", re.IGNORECASE)
_AHEAD = re.compile(
    r"最后|最(?:先|早|晚|迟)|先后|顺序|次序|早晚|能|会|将|要|\blast\b|\bfirst\b|latest|earliest|soonest|\bwill\b|\bcan\b|\bcould\b|order",
    re.IGNORECASE,
)
_EMITS = re.compile(r"排放|排碳|排得|减排|减碳|降碳|二氧化碳|emi(?:t|ssion)|\bCO2\b|carbon|\bcuts?\b", re.IGNORECASE)
_LATE = re.compile(r"最后|最(?:晚|迟)|\blast\b|latest|slowest", re.IGNORECASE)
_EARLY = re.compile(r"最(?:先|早|快)|率先|谁先|\bfirst\b|earliest|soonest", re.IGNORECASE)
_BEFORE = re.compile(
    r"(20\d\d)\s*年?\s*(?:以|之)?前|(?:before|ahead of)\s+(?:the year\s+)?(20\d\d)|早于\s*(20\d\d)", re.IGNORECASE
)
_AFTER = re.compile(
    r"(20\d\d)\s*年?\s*(?:以|之)?后|(?:after|later than|beyond|past)\s+(?:the year\s+)?(20\d\d)|晚于\s*(20\d\d)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"不能|无法|难以|达不到|做不到|没(?:有)?能|还没|尚未|仍未|未(?:能|达|实现)|不会|不了|\bnot\b|\bcannot\b|can't|won't|don't|\bfail|\bmiss",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"减(?:得|排|了|少|碳|掉|幅)|降(?:得|了|幅|低|碳|最)|下降|\bcuts?\b|\bcutting\b|reduc|\bfall|\bdrop|declin|abat|增(?:得|长|幅|加)|上升|提高|提升|变化|change|\brise|\bgrow",
    re.IGNORECASE,
)
_RISES = re.compile(r"增(?:得|长|幅|加)|上升|提高|提升|\brise|\bgrow|increase", re.IGNORECASE)
_RATE = re.compile(
    r"幅|比例|百分|%|最快|最慢|fastest|slowest|per ?cent|relative|proportion|\brate\b|quickest", re.IGNORECASE
)
_MOST = re.compile(
    r"最(?:多|大|快|狠|高|猛)|\bmost\b|largest|biggest|greatest|fastest|quickest|deepest|前", re.IGNORECASE
)
_LEAST = re.compile(
    r"最(?:少|小|低|慢|不)|倒数|垫底|\bleast\b|lowest|smallest|slowest|bottom|fewest|由低到高|从低到高", re.IGNORECASE
)
_POSITION = re.compile(
    r"第几|排(?:名|位|在)?(?:多少|什么|哪|几)|名次|位次|\bwhere does\b|what (?:rank|place|position)|rank of|'s rank"
)
_SUMMED = re.compile(r"累计|总共|合计|一共|cumulat|in (?:all|total)|altogether", re.IGNORECASE)
_SHORT_OF = re.compile(
    r"不够|不足|缺口|超出|超过.{0,4}容量|够不够|够吗|放不下|装不下|short of|lack|enough|exceed|beyond", re.IGNORECASE
)
_NEGATIVE = re.compile(r"负(?:排放|值|碳)|小于零|低于零|negative|below zero", re.IGNORECASE)
_RISEN = re.compile(
    r"(?:比|较)\s*20\d\d年?[^，。降减少低]{0,6}(?:高|多|大|增)(?!多少)|(?:higher|more|above|larger)[^,.]{0,16} than (?:in )?20\d\d|"
    r"above (?:its |their )?20\d\d",
    re.IGNORECASE,
)
_GROSS = re.compile(r"总排放|\bgross\b", re.IGNORECASE)
_TO_STORE = re.compile(
    r"(?:封存|埋藏|捕集)[^，。?？]{0,10}(?:够|不足|缺口|装得下|放得下|容得下|满足)|(?:要|需|须)(?:要)?封(?:存)?多少|能封(?:存)?多少|封得下|"
    r"(?:enough|sufficient|short of|room for)[^.?]{0,30}(?:stor|captur|CCUS|CCS)|(?:stor|captur)\w*[^.?]{0,40}(?:enough|suffic|fit|capacity)|"
    r"how much (?:CO2 )?(?:must|has to|needs to|can)[^.?]{0,24}stor",
    re.IGNORECASE,
)
_STORE = re.compile(r"封存|\bstor(?:e|ed|age)\b", re.IGNORECASE)
_CAPTURE = re.compile(r"捕集|ccus|\bccs\b|captur", re.IGNORECASE)
_OUT = re.compile(r"调出|外送|送出|输出|送电|export", re.IGNORECASE)
_INDICATORS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.IGNORECASE))
    for key, pattern in (
        ("removals", r"移除|碳汇|removals?|\bsinks?\b"),
        ("net_import", r"外来电|外购电|调(?:入|出)|外送|送出|输出电|送电|受电|(?:power|electricity)[\s\w]{0,8} (?:import|export)|"
            r"(?:import|export)\w* (?:of |the most |most )?(?:power|electricity)"),
        ("wind_solar", r"风(?:电)?(?:和|与|、)?光|风光|新能源装机|\bwind\b|\bsolar\b"),
        ("nonfossil_power", r"(?:非化石|清洁|绿)(?:能源)?(?:电力|发电|电量|电)|(?:non-?\s?fossil|clean|renewable)[\w\s-]{0,16}(?:power|electricity)|"
            r"(?:power|electricity)[\w\s]{0,20}non-?\s?fossil"),
        ("nonfossil_energy", r"非化石|non-?\s?fossil|清洁能源(?:占|比)"),
        ("power_use", r"用电|(?:power|electricity) (?:use|consum|demand)|(?:us|consum)\w* (?:the )?(?:most |least )?(?:power|electricity)"),
    )
)  # fmt: skip
_AIMS = re.compile(
    r"提出|承诺|宣布|计划(?!单列)|规划|方案|目标|写(?:明|了|进)|官方|pledg|promis|target|announce|\bplans?\b|commit|official",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"国家|\bcountr", re.IGNORECASE)
_HELD = frozenset(
    {
        "co2",
        "electricity_use",
        "energy",
        "generation",
        "capacity",
        "power_import",
        "power_export",
        "net_power_import",
        "storage",
    }
)
_SURE = 24.0  # provinces, an order or a limit, and a year to come: no table of observations holds it
_LAST = 2060
_PLAN = 5  # years of a plan


def _future(reading: Reading) -> list[int]:
    return [y for y in reading.years.all if FIRST_PROJECTED <= y <= _LAST]


def _dated(reading: Reading) -> str | None:
    """Whether the year of a peak or of net zero is what is asked for."""
    if _NET.search(reading.text) and not _ZERO.search(reading.text):
        return None
    if _PEAK.search(reading.text) and not (_ZERO.search(reading.text) and _EARLY.search(reading.text)):
        return "peak"
    return "net_zero" if _ZERO.search(reading.text) else None


def _indicator(reading: Reading) -> str | None:
    """What is ranked; None where only emissions are named."""
    text, summed = reading.text, _SUMMED.search(reading.text) is not None
    if _TO_STORE.search(text) and len([p for p in reading.places if p.kind == "province"]) == 1:
        return "storage_gap"
    if _STORE.search(text) and not re.search(r"利用与封存", text):
        return "storage_gap" if _SHORT_OF.search(text) else "storage"
    if _CAPTURE.search(text):
        return "captured" if _future(reading) and not summed else "captured_total"
    found = next((key for key, pattern in _INDICATORS if pattern.search(text)), None)
    if found is not None:
        return "net_export" if found == "net_import" and _OUT.search(text) else found
    per = reading.per or next((a.per for a in reading.measures if a.per != "none"), None)
    if per == "head" or re.search(r"人均|per (?:head|capita|person)", text, re.IGNORECASE):
        return "per_head"
    if per == "gdp" or re.search(r"单位GDP|强度|per (?:unit of )?GDP|intensit", text, re.IGNORECASE):
        return "per_gdp"
    if summed and not reading.sectors and not _CHANGE.search(text):
        return "cumulative"
    if _NET.search(text) or _NEGATIVE.search(text):
        return "net"
    return None


def _asks(reading: Reading) -> bool:
    """Whether provinces are to be ranked or picked out by what a scenario gives."""
    several = len([p for p in reading.places if p.kind == "group"]) > 1
    return several or _PROVINCES.search(reading.masked) is not None or _position(reading)


def _position(reading: Reading) -> bool:
    one = [p for p in reading.places if p.kind == "province"]
    return len(one) == 1 and (_POSITION.search(reading.text) is not None or reading.has("position"))


def _others(reading: Reading) -> bool:
    """Whether what documents say is asked, another quantity, another country, or what the data hold of storage."""
    if _AIMS.search(reading.text) or _ABROAD.search(reading.text):
        return True
    held = (
        any(a.measure == "storage" for a in reading.measures)
        and not _SHORT_OF.search(reading.text)
        and not _storable(reading)
    )
    return held or any(a.measure not in _HELD for a in reading.measures)


def _storable(reading: Reading) -> bool:
    """Whether one province's need for storage is held against what it has: 广东CCUS封存够不够, 要封多少能封多少."""
    one = [p for p in reading.places if p.kind == "province"]
    return len(one) == 1 and _TO_STORE.search(reading.text) is not None and not reading.has("what_if")


def _vote(reading: Reading) -> float:
    if reading.documents or reading.has(
        "target_words", "policy_words", "chain", "embodied_trade", "footprint", "linkages"
    ):
        return 0.0
    if _others(reading):
        return 0.0
    provinces = [p for p in reading.places if p.kind == "province"]
    if not (_asks(reading) or _storable(reading)) or len(provinces) > 1 or reading.fuels or reading.cities:
        return 0.0
    future, scenario = _future(reading), _SCENARIO.search(reading.text) is not None
    past = [y for y in reading.years.all if y < FIRST_PROJECTED - 1]
    capture = _CAPTURE.search(reading.text) or _STORE.search(reading.text)
    dated = _dated(reading)
    if len(provinces) == 1 and not _position(reading):
        return _SURE if _storable(reading) else 0.0
    if dated is not None and (future or scenario or _AHEAD.search(reading.text)) and not (past and not future):
        return 0.0 if reading.has("peaking") and not future else _SURE
    if capture and (
        _MOST.search(reading.text)
        or _LEAST.search(reading.text)
        or _SHORT_OF.search(reading.text)
        or reading.has("rank", "which_place")
    ):
        return _SURE
    if not future and reading.years.plan is not None and reading.years.plan >= FIRST_PROJECTED:
        future = [reading.years.plan]
    if not future and not (scenario and not past):
        return 0.0
    asked = (
        _EMITS.search(reading.text) or any(p.search(reading.text) for _, p in _INDICATORS) or _LEFT.search(reading.text)
    )
    return _SURE if asked or reading.measures else 0.0


def _order(reading: Reading, indicator: str | None, of: str) -> str | None:
    """asc where the smallest, the earliest or the largest cut is asked for."""
    text = reading.text
    if indicator in ("peak", "net_zero"):
        return "desc" if _LATE.search(text) else "asc" if _EARLY.search(text) else None
    least = _LEAST.search(text) is not None
    if of != "value" and not _RISES.search(text):
        return None if least else "asc"  # the largest cut is the lowest change
    return "asc" if least else None


def _limits(reading: Reading, indicator: str | None) -> dict[str, Any]:
    """``above`` and ``below`` in the unit of the indicator."""
    text = reading.text
    left = _LEFT.search(text) is not None
    if _NEGATIVE.search(text):
        return {"below": 0.0}
    if left and indicator in ("net", None):
        return {"above": 0.0} if indicator == "net" else {}
    if re.search(r"大于零|高于零|above zero", text, re.IGNORECASE):
        return {"above": 0.0}
    found = limit_of(reading)
    if not found:
        return {}
    side, value = next(iter(found.items()))
    mass = next((a.value for a in amounts(reading) if a.dimension == "mass"), None)
    if (
        indicator in (None, "net", "removals", "captured", "captured_total", "storage", "cumulative")
        and mass is not None
    ):
        return {side: mass / 1e6}
    if isinstance(value, str):
        number = re.match(r"-?[\d.]+", value)
        value = float(number[0]) if number else 0.0
    return {side: float(value)} if float(value) not in reading.years.all else {}


def _dates(reading: Reading) -> dict[str, Any]:
    """``before`` and ``after`` of a peak or of net zero."""
    text, future = reading.text, _future(reading)
    before, after = _BEFORE.search(text), _AFTER.search(text)
    refused = _NOT.search(text) is not None
    if before is not None:
        year = int(next(g for g in before.groups() if g))
        return {"after": year - 1} if refused else {"before": year}
    if after is not None:
        return {"after": int(next(g for g in after.groups() if g))}
    if future:
        return {"after": future[-1]} if refused else {"before": future[-1] + 1}
    return {}


def _of(reading: Reading, indicator: str | None) -> str | None:
    """Whether a change between two years is ranked, in the unit or in per cent."""
    if indicator not in _NO_CHANGE and _RISEN.search(reading.text):
        return "change"
    if indicator in _NO_CHANGE or not _CHANGE.search(reading.text):
        return None
    relative = _RATE.search(reading.text) and indicator not in ("nonfossil_energy", "nonfossil_power")
    return "growth" if relative else "change"


_DATES = ("peak", "net_zero")
_BY_SECTOR = (None, "cumulative", "peak")
_NO_CHANGE = (*_DATES, "storage", "storage_gap", "captured_total", "cumulative")


def _compile(reading: Reading) -> list[Call]:
    indicator = _dated(reading) or _indicator(reading)
    if indicator in _DATES and not _asks(reading):
        return []
    if indicator == "net_zero" and _LEFT.search(reading.text) and _EMITS.search(reading.text):
        indicator = "net"
    if _others(reading) or len([p for p in reading.places if p.kind == "province"]) > 1:
        return []
    future, of = _future(reading), _of(reading, indicator)
    plan = reading.years.plan if reading.years.plan is not None and reading.years.plan >= FIRST_PROJECTED else None
    plainly = "gross" if reading.sectors or _GROSS.search(reading.text) else None
    args: dict[str, Any] = {"indicator": indicator or plainly, "of": of}
    if indicator in _DATES:
        args |= _dates(reading)
    else:
        since = [y for y in reading.years.all if 2019 <= y < max(future, default=_LAST)]
        args["year"] = max(future) if future else plan + _PLAN - 1 if plan else None
        args["since"] = (min(since) if since else plan - 1 if plan else None) if of else None
        args |= {"above": 0.0} if of and _RISEN.search(reading.text) else _limits(reading, indicator)
    bounded = any(key in args for key in ("before", "after", "above", "below"))
    args["order"] = None if bounded and (indicator in _DATES or of) else _order(reading, indicator, of or "value")
    args["limit"] = reading.limit or (None if bounded or indicator in _DATES else _one(reading))
    args["scenario"] = next((key for key, pattern in SCENARIOS if reading.find(pattern)), None)
    sector = next(iter(reading.sectors), None) if indicator in _BY_SECTOR else None
    args["sector"] = reading.called(sector) if sector is not None else None
    args["places"] = [p.name.en for p in reading.places if p.kind == "group"] or None
    args["excluding"] = [p.name.en for p in reading.excluded if p.kind != "nation"] or None
    one = next((p for p in reading.places if p.kind == "province"), None)
    if one is not None:
        args |= {"position_of": one.name.en, "limit": None, "places": None}
    return [Call("roadmap_ranking", trimmed(args))]


def _one(reading: Reading) -> int | None:
    """One where a single province is asked for."""
    single = re.search(
        r"哪(?:一)?个?省(?!份?些)(?!.{0,6}哪些)|谁|\bwho\b|which province\b(?!s)", reading.text, re.IGNORECASE
    )
    return 1 if single and not re.search(r"哪些|排名|排序|排行|rank", reading.text, re.IGNORECASE) else None


LANE = Lane("roadmap_ranking", _vote, _compile, from_data=True)
