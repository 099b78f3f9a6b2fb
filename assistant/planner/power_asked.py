"""Statistics of power by source: which questions ask for them, and fossil power, which the data hold only as thermal."""

from __future__ import annotations

import re

from assistant.planner.reader import Reading
from assistant.planner.spans import latest
from data.text import Text
from tools.measures import MEASURES

_POWER = re.compile(
    r"发电|电量|电力(?!行业|部门)|电源|装机|装了|煤电|火电|水电|核电|风电|光伏|\bpower\b(?! sector)|electricity|generat|capacity|installed"
    r"|\b[TG]Wh?\b",
    re.IGNORECASE,
)
_ASIDE = (
    r"排放|(?<!低|零|脱)碳(?!路)|能源消费|能耗|一次能源|CO2|emission|carbon|energy consumption|primary energy|energy use|因子|factor"
    r"|产业链|上游|下游|乘数|supply chain|upstream|downstream|multiplier"
)
_AIMS = (
    "target_words", "plain_target", "policy_words", "asks_document", "what_if", "roadmap", "than_rate", "explain",
)  # fmt: skip
_NOW = r"现在|目前|当前|最新|如今|\b(?:now|today|current(?:ly)?|latest)\b"
_HOW_MUCH = r"多少|(?<![哪分])几|how (?:much|many|high)|what (?:share|percentage|level)|百分"
_CAPACITY = r"装机|装了|capacity|installed|\bGW\b|千瓦(?!时)"
_FOSSIL = re.compile(
    r"煤电|煤炭发电|煤发电|燃煤(?:发电|电厂)|(?<!化)石油发电|燃油发电|气电|(?:燃气|天然气)发电|(?:煤炭?|天然气|石油)(?:在|占).{0,8}(?:发电|电力)"
    r"|\b(?:coal|gas|oil)(?:[- ]fired|[- ]based)?(?:'s)? (?:power|electricity|generation|plants?)\b"
    r"|\b(?:coal|gas|oil)(?:'s)? share (?:of|in) (?:\S+ ){0,4}?(?:power|electricity|generation)"
    r"|\b(?:power|electricity)\b.{0,24}\bfrom (?:coal|gas|oil)\b"
    r"|\bshare of (?:coal|gas|oil)\b.{0,24}\b(?:power|electricity|generation)\b",
    re.IGNORECASE,
)
_UNITS = re.compile(
    r"机组|煤电装机|在建|在运|核准|退役|封存|\bunits?\b|coal[- ](?:fired |power )?(?:capacity|fleet|plants?)|装机",
    re.IGNORECASE,
)

ONLY_THERMAL = Text(
    "发电量按火电、水电、核电、风电、太阳能统计，火电内不再分煤、气、油；以下是火电，煤电或气电单独没有数据。",
    "Generation is recorded as thermal, hydro, nuclear, wind and solar, and thermal is not parted into coal, gas and oil; this is "
    "thermal power, and there are no data on coal or gas power alone.",
)
IMPORTS_END = Text(
    "省间电力交换的数据到{year}年为止，外来电部分用该年的数。",
    "The data on power exchanged between provinces end in {year}; the imports are those of that year.",
)


def fossil_power(reading: Reading) -> bool:
    """Whether the power made from coal, gas or oil is asked for: 煤电占比, coal's share of power generation."""
    if not _FOSSIL.search(reading.text) or _UNITS.search(reading.text) or reading.find(_ASIDE) or _aims(reading):
        return False
    wants = reading.has("share", "percent") or reading.find(r"发电量|发了?多少电|generat|TWh|千瓦时")
    return bool(wants) and not reading.parts("generation")


_EXCHANGED = re.compile(
    r"外来电|外购电|调入电|受电|外送电|送出电|调出电|\b(?:import|export)(?:s|ed|ing)?\b[^?]{0,30}\b(?:power|electricity)\b"
    r"|\b(?:power|electricity)\b[^?]{0,30}\b(?:import|export)(?:s|ed|ing)?\b",
    re.IGNORECASE,
)


def exchange_share(reading: Reading) -> bool:
    """Whether power brought in or sent out is asked for as a share of consumption: 外来电占多少."""
    named = [a for a in reading.measures if a.measure not in ("power_import", "power_export", "electricity_use")]
    plain = not (
        named or _aims(reading) or reading.find(_ASIDE) or reading.find(r"来自|从哪|哪(?:些|个|几)|which|from")
    )
    return (
        plain
        and bool(_EXCHANGED.search(reading.text))
        and reading.has("share", "percent")
        and _over(reading, "power_import")
    )


def _exchanged(reading: Reading) -> bool:
    """Whether the amount of power exchanged is asked for, of which no carbon is said."""
    if _aims(reading) or reading.find(_ASIDE) or not _EXCHANGED.search(reading.text):
        return False
    return bool(reading.years.all) and _over(reading, "power_import") and reading.find(_HOW_MUCH) is not None


def _over(reading: Reading, measure: str) -> bool:
    """Whether the years named, if any, are all held."""
    last = latest(MEASURES[measure])
    return last is not None and all(y <= last for y in reading.years.all)


_MADE = re.compile(r"\boutput\b|产出|出力|产量", re.IGNORECASE)


def source_output(reading: Reading) -> bool:
    """Whether the output of power sources is asked for, which is what they generate: wind plus solar output."""
    if not reading.parts("generation") or not _MADE.search(reading.text) or reading.find(_ASIDE) or _aims(reading):
        return False
    sources = {m.text for m in reading.mentions if any(k == "generation" for k, _ in m.meaning.parts)}
    others = [m for m in reading.mentions if m.meaning.sector is not None and m.text not in sources]
    named = {a.measure for a in reading.measures} <= {"output", "generation"}
    return named and not others and not reading.find(r"总产出|gross output|产值|亿元|yuan|行业|sector|industry")


def power_statistic(reading: Reading) -> bool:
    """Whether generation or capacity by source is asked of years that have been: a statistic, whatever documents aim at."""
    if exchange_share(reading) or _exchanged(reading):
        return True
    if _aims(reading) or reading.find(_ASIDE):
        return False
    if source_output(reading):
        return _over(reading, "generation")
    others = [a for a in reading.measures if a.measure not in ("generation", "capacity")]
    if others or not (reading.parts("generation") or fossil_power(reading)) or not _POWER.search(reading.text):
        return False
    last = latest(MEASURES["capacity" if reading.find(_CAPACITY) else "generation"])
    if reading.years.all:
        return last is not None and max(reading.years.all) <= last
    wants = reading.has("share", "percent", "which_place", "rank") or reading.find(_HOW_MUCH)
    return bool(wants) and bool(fossil_power(reading) or reading.find(_NOW))


def _aims(reading: Reading) -> bool:
    """Whether a document, a plan or a change of the future is asked about."""
    return reading.has(*_AIMS) or bool(reading.documents) or reading.years.plan is not None
