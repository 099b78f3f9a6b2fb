"""What is asked of someone or something the data do not hold: an enterprise, jobs, prices of markets, a person, a city's GDP.

Each is refused by its name and with the nearest that is held; no province's or China's figure stands in for it.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.planner.cues import phrases_of
from assistant.planner.intent.model import likely
from assistant.planner.intents import FIRST_PROJECTED
from assistant.planner.not_modelled import not_modelled
from assistant.planner.notes import city_lacks
from assistant.planner.plan import Plan
from assistant.planner.reader import Reading
from data.classification import Sector, sector
from data.text import Text

# Python counts Chinese characters as parts of a word; here a word of Latin letters ends where they begin.
_LETTER = r"[A-Za-z0-9]"
_BEFORE = {"本钢": r"(?<!日)", "京东": r"(?<![南北])", "中石油": r"(?<![\u4e00-\u9fff])", "中石化": r"(?<![\u4e00-\u9fff])",
           "一汽": r"(?<![统一第])", "神华": r"(?<!精)", "百度": r"(?<![\d千百])"}  # fmt: skip
_FORM = re.compile(
    r"(?P<zh>[\u4e00-\u9fff]{2,12}?(?:股份|控股)?(?:有限(?:责任)?公司|股份公司|集团(?!军|化|内)))"
    r"|(?P<en>(?<![A-Za-z])[A-Z][A-Za-z&.-]+(?: [A-Z][A-Za-z&.-]+){0,3} (?:Co\.?,? Ltd|Ltd|Inc"
    r"|Corp(?:oration)?|Holdings|Company|Group)(?![A-Za-z])\.?)"
)
_COMMON = re.compile(
    r"我们|我司|本|贵|该|某|这|那|哪|一家|几家|几个|什么|上市|跨国|外资|国有|大型|各|所有|有关|下属|子公司|母公司|My|Our|The|This|Which|What|Any",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"排|碳|中和|净零|减排|目标|能耗|用电|产量|GDP|足迹|emi[ts]|carbon|CO2|footprint|net[\s-]?zero|target|energy|neutral",
    re.IGNORECASE,
)
_JOBS = re.compile(
    r"(?:工作)?岗位|就业|下岗|失业率?|裁员|再就业|饭碗|用工人数|\b(?:jobs?|layoffs?|workforce|employment|unemploy\w*|redundanc\w*)\b(?! plan)",
    re.IGNORECASE,
)
_MARKET = re.compile(
    r"股价|股票|股市|A股|基金净值|收盘价|开盘价|成交(?:均)?价|涨停|跌停|行情|期货|今[天日](?:的)?(?:碳价"
    r"|价格)|\b(?:stock|share)s? prices?\b|(?<!forest )(?<!growing )(?<!carbon )(?<!capital )\bstocks?\b(?! (?:change|volume))|closing price|"
    r"\bshares of\b|spot price|futures",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"我(?:个人|自己|一个人|家|们家|这辈子)?(?:一年|每年|每天|去年|平均)?(?:大概|大约|要|会|能)?(?:排放|排"
    r"|的碳足迹|的碳排放)|个人(?:的)?(?:碳排放|碳足迹|碳账户)|游客.{0,6}(?:排放|碳足迹)"
    r"|\bmy (?:own |personal |family's |household's )?(?:carbon |CO2 )?(?:footprint|emissions?)|\bdo I emit"
    r"|\b(?:a|the average|an average|one) (?:tourist|visitor|traveller|commuter)\b",
    re.IGNORECASE,
)


@cache
def _enterprises() -> tuple[re.Pattern[str], dict[str, Sector]]:
    """The groups known by name as one pattern, and the sector nearest to each."""
    known: dict[str, Sector] = {}
    for line in phrases_of("enterprises"):
        key, _, words = line.partition(":")
        known |= {word.replace("~", " "): sector(key.strip()) for word in words.split()}

    def one(name: str) -> str:
        if name.isascii():
            return rf"(?<!{_LETTER}){re.escape(name)}(?!{_LETTER})"
        return next((ahead for start, ahead in _BEFORE.items() if name.startswith(start)), "") + re.escape(name)

    return re.compile("|".join(one(n) for n in sorted(known, key=len, reverse=True))), known


def enterprise(text: str) -> tuple[str, Sector | None] | None:
    """An enterprise named, with the sector nearest to it where it is one of the well-known groups; None where there is none."""
    pattern, known = _enterprises()
    found = pattern.search(text)
    if found:
        return found[0], known[found[0]]
    form = _FORM.search(text)
    return None if form is None or _COMMON.match(form[0]) else (form[0], None)


def outside(reading: Reading) -> Plan | None:
    """The refusal of what is held of no such one; None where nothing of the kind is asked."""
    if reading.sent is not None or reading.documents or reading.has("own_documents", "policy_words"):
        return None
    named = enterprise(reading.raw)
    if named and named[1] is None and any(y >= FIRST_PROJECTED for y in reading.years.all):
        named = None  # a target of a company of the asker's is for the tools that compute one
    if _MARKET.search(reading.text) and not reading.has("spend_factors"):
        return _said(_PRICES)
    if (
        named
        and _ASKS.search(reading.text)
        and not (reading.quantities or reading.percents or reading.has("own_table"))
    ):
        return _said(_of_enterprise(*named))
    jobs = _JOBS.search(reading.text)
    if jobs and not_modelled(reading) is None and not reading.has("target_words"):
        return _said(_jobs(reading, jobs[0]))
    if _PERSON.search(reading.text) and not reading.per and not reading.quantities:
        return _said(_INDIVIDUAL)
    lacks = (
        city_lacks(reading)
        if reading.cities and reading.measures and not reading.has("target_words", "footprint")
        else None
    )
    return None if lacks is None else _said(lacks)


# Tools that compute with what the asker gives of an enterprise.
_OF_OWN_NUMBERS = frozenset(
    {
        "sda_target",
        "l1470",
        "l1480",
        "spend_factors",
        "project_appraisal",
        "contraction",
        "own_table",
        "own_documents",
        "isc_checklist",
    }
)


def _computes(reading: Reading) -> bool:
    """Whether the question is for a tool that works on an enterprise's own numbers."""
    if any(
        cue.startswith(("sda", "l1470", "l1480", "spend", "project_appraisal", "contraction", "own_"))
        for cue in reading.cues
    ):
        return True
    chances = likely(reading)
    return max(chances, key=lambda tool: chances[tool]) in _OF_OWN_NUMBERS


def _said(text: Text) -> Plan:
    return Plan(reply=text, status="refused", reason=text)


def _of_enterprise(name: str, near: Sector | None) -> Text:
    zh, en = "所在省的相应行业", "its sector in its province"
    if near is not None:
        zh, en = (
            f"全国或某省的{near.short.zh}行业（如“河北{near.short.zh}2019年碳排放”）",
            f"{near.short.en} in China or a province",
        )
    return Text(
        f"没有企业的数据：本库只到省份、行业和城市总量，没有“{name}”的排放、目标或其他数字，"
        f"也不用全国或全省的数代替。最接近的是{zh}；有企业自己的数据时，可以上传文件，或给出用电量、采购额、基年"
        "排放来核算。",
        f"There are no data on enterprises: the data go down to provinces, sectors and city totals and hold no emissions, targets or other "
        f"figures of '{name}'; no national or provincial figure stands in for them. Nearest is {en}; with the enterprise's own data, upload a "
        "file or give its power use, purchases or base-year emissions.",
    )


def _jobs(reading: Reading, word: str) -> Text:
    place = next((p.name for p in reading.places), Text("某省", "a province"))
    trade = next((x.short for x in reading.sectors), Text("煤炭开采", "coal mining"))
    return Text(
        f"没有“{word}”的数据：本库没有岗位、用工和失业的数字，也不模拟减排对就业的影响。"
        f"最接近的是行业的产出与增加值：可问“{place.zh}{trade.zh}的增加值”，或该行业减产一定百分比会怎样（产出、增加值和排放的变动）。",
        f"There are no data on '{word}': no jobs, workforce or unemployment, and what cutting emissions does to them is not modelled. Nearest are "
        f"output and value added by sector: ask for the value added of {trade.en} in {place.en}, or what happens if that sector's output falls by "
        "some per cent (output, value added and emissions).",
    )


_PRICES = Text(
    "没有行情数据：本库没有股价、碳市场成交价、期货和其他市场价格，也不作投资建议。"
    "最接近的是碳市场的制度规定（政策文件）和按假设成本排出的边际减排成本曲线。",
    "There are no market data: no share prices, carbon-market quotes, futures or other market prices, and no advice on investing. Nearest are the "
    "rules of the carbon market (policy documents) and the marginal abatement cost curve at assumed costs.",
)
_INDIVIDUAL = Text(
    "没有个人的数据：本库不算一个人、一家人或一次出行的排放。最接近的是人均排放（全省或全国排放除以人口），可问“广东2019年人均碳排放”。",
    "There are no data on individuals: the emissions of one person, family or trip are not computed. Nearest are emissions per head (a province's "
    "or the nation's over its population): ask for Guangdong's CO2 per head in 2019.",
)
