"""What a roadmap is asked for besides a year's figure: its levers, its peak, its _costs, several sectors, how sure it is."""

import re

from assistant.planner.compile_roadmap import PEAK_LEVEL, PEAK_WHEN
from assistant.planner.lanes.milestones import lever_of
from assistant.planner.plan import Call, trimmed
from assistant.planner.projected_words import (
    AIMS,
    FIRST,
    LAST,
    PLAN_YEARS,
    SECTORS,
    YEARS,
    elsewhere,
    named_when,
)
from assistant.planner.reader import Reading
from data.classification import NATION, Place

_LEVERS = re.compile(
    r"(?:哪|什么|何)(?:些|项|几项|个|种|几种)?(?:减排|降碳|减碳)?(?:的)?(?:措施|手段|技术|路径|抓手|杠杆)|(?:重点|主要|关键)(?:该|要|应)?(?:抓|做|靠)(?:什么|哪)|"
    r"(?:靠|凭|用)(?:什么|哪些|啥)(?:技术|措施|手段)?(?:来)?(?:减|降|脱碳)|(?:措施|手段)[^，。?？]{0,6}(?:减得?最多|贡献最大|最管用|最重要)|"
    r"(?:which|what) (?:\w+ )?(?:levers?|measures?|technolog\w+|options?)\b|(?:biggest|main|largest|top|most important) (?:levers?|measures?)|"
    r"levers? (?:that )?(?:do|does|cut|matter)",
    re.IGNORECASE,
)
_TOWARDS = (
    r"(?:达峰|中和|净零|上限|目标)[^，。?？]{0,6}(?:需要|须|要靠|得靠|靠)|(?:为了?|要|如何|怎么)(?:实现|达到)|"
    r"needed|required|necessary|to (?:reach|meet|peak|get to|become)"
)
_PRICED = re.compile(r"成本|便宜|划算|贵|花多少|钱|\bcost|cheap|expensive|price", re.IGNORECASE)
_LEVERS_FROM = frozenset({"roadmap", "milestones", "backcast", "sensitivity", "policy_search", "targets", "calculate"})


def _levers(reading: Reading, best: str, own: list[Place], scenario: str | None) -> list[Call]:
    """Which measures cut most, in a place or in one of its sectors; none where a document's measures are asked for, or prices."""
    if best not in _LEVERS_FROM or len(own) != 1 or not _LEVERS.search(reading.text) or _PRICED.search(reading.text):
        return []
    if reading.has(*AIMS, "chain", "footprint", "ours", "benchmark") or lever_of(reading) or named_when(reading):
        return []
    if reading.find(_TOWARDS):  # what a goal needs is the backcast's
        return []
    years = [y for y in reading.years.all if FIRST <= y <= LAST][:YEARS]
    if reading.years.plan is not None and reading.years.plan >= FIRST:
        years = [reading.years.plan + PLAN_YEARS - 1]
    elif not years and best in ("policy_search", "targets") and own == [NATION]:
        return []
    base = {"place": own[0].name.en, "scenario": scenario, "asks": "levers", "years": years or None}
    calls = [Call("roadmap", trimmed({**base, "sector": reading.called(s)})) for s in reading.sectors[:SECTORS]]
    calls = calls or [Call("roadmap", trimmed(base))]
    if reading.years.plan is not None and years and not reading.sectors:  # how much it must cut in the period, first
        since = {
            "place": base["place"],
            "scenario": scenario,
            "year": years[0],
            "since": reading.years.plan - 1,
            "detail": "brief",
        }
        calls.insert(0, Call("roadmap", trimmed(since)))
    return calls


_OURS = r"情景|模型|你们|你的|测算|推算|\byour\b|\bscenario|\bbaseline|\bmodel|\bpathway"


def _peak_of_ours(reading: Reading, best: str, own: list[Place], scenario: str | None) -> list[Call]:
    """The peak of a scenario of ours, by name, where the words alone would go to a document's target."""
    if best not in ("targets", "policy_search") or len(own) != 1 or reading.has(*AIMS) or reading.years.all:
        return []
    if not reading.find(_OURS) or not (PEAK_WHEN.search(reading.text) or PEAK_LEVEL.search(reading.text)):
        return []
    return [
        Call("roadmap", trimmed({"place": own[0].name.en, "scenario": scenario, "detail": "brief", "asks": "peak"}))
    ]


_NEUTRAL = r"中和|净零|零碳|neutral|net[\s-]?zero"
_MONEY = re.compile(r"花多少钱|多少钱|成本|代价多大|\bcosts?\b|expensive", re.IGNORECASE)


def _costs(reading: Reading, best: str, own: list[Place], scenario: str | None) -> list[Call]:
    """What neutrality costs: the cost curve, the nearest to it that is held."""
    if best not in ("roadmap", "targets", "policy_search") or len(own) != 1 or reading.sectors or reading.has(*AIMS):
        return []
    if not _MONEY.search(reading.text) or (best != "roadmap" and not reading.find(_NEUTRAL)):
        return []
    return [Call("backcast", {"place": own[0].name.en, "goal": "costs"})]


_MOST_SECTORS = 4


def _by_sectors(reading: Reading, best: str, own: list[Place], scenario: str | None) -> list[Call]:
    """How much each of several sectors cuts in a roadmap: their milestones, one by one."""
    some = 2 <= len(reading.sectors) <= _MOST_SECTORS and len(own) == 1
    if (
        best != "roadmap"
        or not some
        or reading.years.all
        or not reading.find(r"各|分别|\beach\b|respectively|减多少|how much")
    ):
        return []
    base = {"place": own[0].name.en, "scenario": scenario}
    return [Call("milestones", trimmed({**base, "sector": reading.called(s)})) for s in reading.sectors]


_SURE = r"误差|不确定|可靠|靠谱|可信|置信|上下限|给个?区间|多大(?:的)?区间|uncertain|confidence|reliab|how sure|margin of error|error bars?"


_WHAT_MOVES = r"因素|来自|来源于|哪些|敏感|龙卷风|假设|参数|drives?\b|driv(?:en|ing)|factors?|assumptions?|sensitiv|tornado|parameters?"


def _how_sure(reading: Reading, best: str, own: list[Place], scenario: str | None) -> list[Call]:
    """How sure a roadmap is: the year's figure with its range where one is named, then what moves it."""
    if (
        best not in ("roadmap", "sensitivity")
        or len(own) != 1
        or reading.sectors
        or not reading.find(_SURE)
        or reading.find(_WHAT_MOVES)
    ):
        return []
    place = own[0].name.en
    years = [y for y in reading.years.all if FIRST <= y <= LAST][:SECTORS] or [LAST]
    told = {"year": years[0]} if len(years) == 1 else {"years": years}
    return [
        Call("roadmap", trimmed({"place": place, "scenario": scenario, **told, "detail": "brief"})),
        Call("sensitivity", trimmed({"place": place, "scenario": scenario, "years": years})),
    ]


_AGAINST_PEAK = re.compile(
    r"(?:比|较|从|自|相对)(?:达峰时?|峰值)|峰值[^，。?？]{0,4}(?:下降|降|减)|"
    r"(?:below|from|than|against|under|off) (?:the |its |their )?peak",
    re.IGNORECASE,
)


def _against_peak(reading: Reading, best: str, own: list[Place], scenario: str | None) -> list[Call]:
    """A year set against the peak."""
    years = [y for y in reading.years.all if FIRST <= y <= LAST]
    if len(years) != 1 or len(own) != 1 or best not in _LEVERS_FROM or not _AGAINST_PEAK.search(reading.text):
        return []
    if elsewhere(reading) or reading.sectors or reading.has(*AIMS):
        return []
    told = {"place": own[0].name.en, "scenario": scenario, "year": years[0], "since": "peak", "detail": "brief"}
    return [Call("roadmap", trimmed(told))]


RULES = (_levers, _peak_of_ours, _costs, _by_sectors, _how_sure, _against_peak)
