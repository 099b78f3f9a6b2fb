"""Which tool a question is for: votes of cue words and kinds of names, and the probability by the intent model.

``ranked`` weighs both for a question that stands by itself; ``voted`` counts the votes alone, for the few words of a
follow-up, whose subject was said before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from assistant.planner.compile_rest import POINTS, TOPICS
from assistant.planner.compile_roadmap import OUTSIDE_POWER, names_change
from assistant.planner.cues import cues
from assistant.planner.intent.model import likely
from assistant.planner.lanes import lanes
from assistant.planner.power_asked import power_statistic
from assistant.planner.reader import Reading
from assistant.planner.sector_by_sector import sector_intensities
from assistant.planner.spans import latest
from tools.measures import MEASURES

FIRST_PROJECTED = 2026
FIRST_POLICY_PLAN = 2021  # the corpus holds plans from the 14th on; the inventory ends before
Vote = Callable[[str, float], None]
_SURE = 3.0  # a cue that by itself names the domain
_NAMED_ACCOUNT = 8.0
_SURER = 4.0  # one that also outweighs a figure named beside it
_TITLES = re.compile(
    r"《[^》]*》|(?:碳达峰|达峰|双碳|碳达峰碳中和|碳中和)(?:碳中和)?(?:十大)?(?:实施|行动|工作)?(?:方案|意见|行动|平台|管理|文件|政策)"
    r"|(?:peaking|peak) (?:action )?plan|dual[\s-]carbon (?:platform|opinions)",
    re.IGNORECASE,
)
_COMMANDED = re.compile(r"^\s*(?:select|with)\b.+\bfrom\b", re.IGNORECASE | re.DOTALL)
_FACT_ID = re.compile(r"(?<![A-Za-z0-9])\[?F\d+\]?", re.IGNORECASE)


def is_sql(reading: Reading) -> bool:
    """Whether the question is a SELECT statement."""
    return bool(_COMMANDED.match(reading.raw))


def is_arithmetic(reading: Reading) -> bool:
    """Whether figures shown before are to be combined by their ids (F1 + F2)."""
    return len(_FACT_ID.findall(reading.text)) >= 1 and bool(
        cues()["combine_context"].search(_FACT_ID.sub(" ", reading.text))
    )


def scores(reading: Reading) -> dict[str, float]:
    """Votes for each tool, those without any left out."""
    votes: dict[str, float] = {}

    def vote(tool: str, weight: float) -> None:
        votes[tool] = votes.get(tool, 0.0) + weight

    _input_output(reading, vote)
    _policy(reading, vote)
    _future(reading, vote)
    _data(reading, vote)
    _about(reading, vote)
    if power_statistic(reading):  # what was generated or installed is no aim, whichever words it shares with one
        vote("figures", _CHANGED)
        vote("targets", -_CHANGED)
    if len(reading.places) > 1 and sector_intensities(reading):
        vote("figures", _CHANGED)
    for lane in lanes():
        vote(lane.tool, lane.vote(reading))
    return {tool: weight for tool, weight in votes.items() if weight > 0}


def voted(reading: Reading) -> list[tuple[str, float]]:
    """The tools by votes, most first."""
    return sorted(scores(reading).items(), key=lambda item: -item[1])


_LEARNT = 20.0  # votes that certainty of the intent model is worth


def ranked(reading: Reading) -> list[tuple[str, float]]:
    """The tools, and ``refuse``, by votes and by the intent model's probability, most first."""
    votes, chances = scores(reading), likely(reading)
    if reading.documents:  # what a named document says is in no table of observations
        chances = {**chances, "figures": 0.0}
    total = {tool: votes.get(tool, 0.0) + _LEARNT * chance for tool, chance in chances.items()}
    return sorted(total.items(), key=lambda item: -item[1])


def _input_output(reading: Reading, vote: Vote) -> None:
    named = reading.documents or (reading.concepts and reading.has("target_words"))
    off = 2.0 if named else 0.0
    if reading.has("power_account"):
        vote("power_account", _SURER + 1 - off)
    if reading.has("footprint"):
        vote("footprint", _SURER + 1.5 - off)
        if reading.places and not reading.has("policy_words", "target_words"):
            vote("footprint", _NAMED_ACCOUNT)  # the account is named: no figure of the production account stands in
    if reading.has("income_account", "production_for", "all_accounts") and not reading.has("footprint"):
        vote("footprint", _SURER + 1.5 - off)
    if reading.has("final_category_context") and reading.has("emits") and not reading.has("footprint"):
        vote("footprint", _SURER - off)
    if reading.has("embodied_trade"):
        vote("embodied_trade", _SURER + 1 - off)
    provincial = any(p.kind != "nation" for p in reading.places)
    weighs = reading.has("chain") and reading.has("by_carbon_context")  # suppliers by embodied carbon
    if reading.find(r"隐含|embodied") and not weighs and not reading.has("embodied_trade", "footprint"):
        traded = provincial and reading.find(
            r"省|之间|between|partner|from|\bto\b|贸易|export|import|出口|调|[输送流运][送往到向入给]|provinces|receive"
        )
        vote("embodied_trade" if traded else "footprint", 4.25 - off)
    if reading.has("linkages"):
        vote("linkages", _SURER + 1 - off)
    if reading.has("chain"):
        vote("chain_partners", _SURER - off)
    if reading.has("map"):
        vote("industry_map", _SURER - off)
    if reading.has("fuel_flow"):
        vote("fuel_flow", _SURER + 0.5 - off)
    if reading.has("sankey") and not reading.has("map", "fuel_flow", "embodied_trade"):
        vote("fuel_flow" if reading.find(r"能源|燃料|排放|fuel|energy|emission|CO2") else "industry_map", _SURER)
    if reading.has("sankey") and reading.has("chain"):  # of one product's chain there is a list, of all an industry map
        vote("chain_partners" if reading.sectors or reading.fuels else "industry_map", 3.0)
    if reading.has("chain") and reading.find(_PAIRS):
        vote("chain_partners", 2.0)
    if reading.has("network") and not reading.has("map"):
        vote("industry_map", _SURER)
    accounts = any(a.measure in ("output", "value_added") for a in reading.measures)
    if (
        reading.has("io_table")
        and not provincial
        and (reading.has("io_measure_context", "rank", "which_sector", "high") or accounts)
    ):
        vote("national_io", _SURER)
    elif reading.has("io_measure_context") and reading.sectors and not provincial and not reading.has("emits"):
        # what only a table of inputs and outputs holds outweighs the chain and the policies named beside it
        vote("national_io", 5.0 if reading.has("io_sure_context") else 3.5)
    if reading.has("benchmark"):
        vote("best_in_class", _SURER + 1.5)


def _policy(reading: Reading, vote: Vote) -> None:
    documents, concepts = bool(reading.documents), bool(reading.concepts)
    things = bool(reading.measures or reading.sectors or reading.fuels)
    wants_number = bool(reading.has("share", "change", "percent") or reading.find(_HOW_MUCH))
    if documents:
        vote("targets", 2.0)
        vote("policy_search", 2.5)
        if reading.has("explain"):
            vote("policy_search", 1.25)
        if reading.has("target_words") and reading.find(_KEY_TARGETS):
            vote("targets", _CHANGED)
        elif reading.find(_SUMMED) and not reading.find(r"第.{1,3}[条章节]|clause \d"):
            vote("policy_search", _CHANGED)
    if reading.years.plan is not None and reading.years.plan >= FIRST_POLICY_PLAN:
        vote("targets", 1.5)
    if reading.has("target_words"):
        subject = concepts or things or documents or reading.years.plan is not None
        vote("targets", 2.5 if subject else 1.5)
        if reading.has("plain_target"):
            vote("targets", 1.0)
    if reading.has("policy_words"):
        vote("policy_search", 3.25 if reading.has("papers") else 1.5)
        vote("targets", 1.0)
    if reading.has("asks_document"):
        vote("policy_search", 2.5)
    if reading.has("target_words") and _beyond(reading) and not reading.has("what_if"):
        vote("targets", 2.5)
    if _context(reading):
        vote("figures", 6.0)
    if concepts:
        vote("targets", 1.0)
        vote("policy_search", 0.75)
        if _beyond(reading):
            vote("targets", 2.5)
        elif not things:
            vote("targets" if wants_number or reading.years.named else "policy_search", 1.5)
    if (reading.has("target_words") or documents) and wants_number:
        vote("targets", 1.0)
    if reading.find(r"第.{1,3}[条章节]|clause|article|条款|section \d|chapter \d"):
        vote("policy_search", 2.0)


def _context(reading: Reading) -> bool:
    """Whether a plan is only the occasion: a measure of a named province in years of the data is asked for."""
    years = reading.years.single
    if reading.years.plan is None or not years or not reading.measures or reading.has("plain_target"):
        return False
    last = latest(MEASURES[reading.measures[0].measure])
    return last is not None and max(years) <= last and any(p.kind == "province" for p in reading.places)


_CHANGED = 24.0  # a lexical fact: outweighs whatever the intent model makes of the same words
# 主要目标有哪些, key targets of a document: all of its figures; 概括, summarise: its headline clauses.
_KEY_TARGETS = (
    r"(?:主要|核心|关键|总体|全部|所有|(?:有|定了|设了|提出了?)哪些)[^，。]{0,4}(?:目标|指标)|(?:目标|指标)[^，。]{0,2}(?:都?有哪些|有什么|都有啥)|"
    r"\b(?:key|main|headline|core|principal|all)\b[^,.?]{0,20}\b(?:targets|goals)\b"
)
_SUMMED = (
    r"概括|总结|归纳|概述|简述|大意|要点|(?:主要|都|大概|大致|到底|究竟)(?:讲|说|写)了?(?:些)?什么|主要内容|用(?:几个)?数字(?:说|讲|概)|"
    r"\bsummar(?:y|i[sz]e|i[sz]ing)\b|\bsum up\b|\bin (?:numbers|figures)\b|\bgist\b|\bwhat does\b.{3,80}\bsay\b"
)
_BANNED = r"电气化|氢能|绿氢|electrif|hydrogen"
_PAIRS = r"\bpairs?\b|\btogether\b|jointly|协同|联动"
_HOW_MUCH = r"多少|(?<![哪分])几|how (?:much|many|high|far)|what (?:share|percentage|level)|百分"


def _beyond(reading: Reading) -> bool:
    """Whether every year named lies after the last year of the measure meant: then no figure is asked for."""
    unsaid = "generation" if reading.parts("generation") and not reading.has("emits") else "co2"
    measure = MEASURES[reading.measures[0].measure if reading.measures else unsaid]
    last = latest(measure)
    return bool(reading.years.all) and last is not None and min(reading.years.all) > last


def _future(reading: Reading, vote: Vote) -> None:
    text = _TITLES.sub(" ", reading.text)
    road = cues()["roadmap"].search(text)
    future = any(y >= FIRST_PROJECTED for y in reading.years.all)
    if road and not cues()["observed"].search(text):
        vote("roadmap", _SURE + (0.5 if future else 0.0))
    province = any(p.kind != "nation" for p in reading.places)
    if reading.has("how_cut") and (province or not reading.find("how much")):
        vote("roadmap", 1.75 if road else 4.0)
    if names_change(reading):
        vote("roadmap", _CHANGED)  # a change of the scenario's own assumptions is for no other tool
    elif reading.has("what_if", "lever") and reading.find(_BANNED):
        vote("roadmap", _SURER)
    if reading.has("what_if") and reading.find(OUTSIDE_POWER):
        vote("roadmap", _CHANGED)  # which has no such lever and says so; today's share is no answer
    if reading.has("what_if") and (future or reading.has("lever")):
        vote("roadmap", 2.5 + (1.0 if reading.percents and future else 0.0))
    if (
        road
        and not province
        and reading.find(r"何时|什么时候|哪一年|哪年|\bwhen\b|which year")
        and not reading.has("what_if")
    ):
        vote("targets", 3.75)
    emissions = any(a.measure == "co2" for a in reading.measures) or (reading.has("emits") and not reading.measures)
    if future and emissions and not reading.has("target_words", "policy_words") and not reading.documents:
        vote("roadmap", 3.5)
    if reading.has("than_rate") and not future:
        vote("figures", 6.0)
    elif reading.has("contraction") and (
        reading.percents or reading.find("线性|速率|降速|收缩|linear|contraction|rate")
    ):
        vote("contraction", _SURE + 2.5)
        if province:  # a province's path at a standard's rate; what the standard asks is asked of no province
            vote("targets", -8.0)
            vote("policy_search", -3.0)
            vote("roadmap", -2.0)
        if reading.percents and not reading.has("roadmap"):
            vote("roadmap", -3.5)  # a rate a year is no lever of the scenarios


def _data(reading: Reading, vote: Vote) -> None:
    things = bool(reading.measures or reading.sectors or reading.fuels or reading.per)
    if things and not (reading.concepts and _beyond(reading)):
        vote("figures", 2.0)
    elif reading.has("emits"):
        vote("figures", 1.5)
    if reading.stranger or reading.places or reading.has("which_place", "by_place"):
        vote("figures", 0.5)
    now = datetime.now(UTC).year
    if any(y <= now for y in reading.years.all) or reading.years.last_n or reading.years.series or reading.years.span:
        vote("figures", 0.75)
    if reading.has(
        "rank", "position", "yoy", "cagr", "growth", "change", "trend", "extreme_year", "by_sector", "by_fuel", "compare",
        "which_sector", "which_fuel", "treemap", "tilemap", "line", "bar", "pie", "high", "low", "sum", "mean", "power_in", "power_out",
    ):  # fmt: skip
        vote("figures", 0.75)
    if reading.has("power_from", "power_to", "by_part") and not reading.find("排放|碳|CO2|emission|carbon"):
        vote("figures", 4.5)
    if reading.has("peaking") and not any(y >= FIRST_PROJECTED for y in reading.years.all):
        vote("figures", 5.0)
    parts = any(m.meaning.parts and not m.meaning.place for m in reading.mentions)
    over = bool(reading.years.all) and max(reading.years.all) < now
    if parts and (not things or (over and reading.has("share") and not reading.has("target_words"))):
        vote("figures", 1.5)


_MEANING = (
    r"什么意思|(?:是|指)(?:的是)?什么[?。]?$|^什么是|怎么理解|的(?:含义|定义)|\bwhat (?:does|do)\b.*\bmean\b|\bmeaning of|"
    r"\bdefinition of|^define\b|^what(?: is|'s) (?!the\b)[\w' -]{2,40}\?*$"
)
_SLOGANS = r"双碳|\bdual[- ]carbon\b|CCUS"


def _is_term(reading: Reading) -> bool:
    """Whether the meaning of a term of policy is asked for (三新一高), and nothing of the data or of how they are made."""
    data = reading.places or reading.years.named or reading.measures or reading.documents
    if not reading.find(_MEANING) or data or reading.has("target_words"):
        return False
    if any(reading.has(f"about_{topic}") for topic in (*POINTS, *TOPICS)):
        return False
    return bool(reading.concepts) or reading.find(_SLOGANS) is not None


def _about(reading: Reading, vote: Vote) -> None:
    if _is_term(reading):
        vote("policy_search", _CHANGED)
        return
    if not reading.has("about"):
        return
    own = reading.has("ours")
    defined = reading.find(r"是什么|什么是|定义|含义|what (?:is|are|does)|mean|definition") and not reading.places
    vote("about", 3.0 if defined else 0.0)
    vote("about", 2.0 if reading.has("about_interprovincial") else 0.0)
    vote("about", 5.0 if reading.has("about_account") else 0.0)  # what a footprint holds, not how large it is
    vote("about", 3.5 if reading.has("io_table") and reading.find("官方|official|准|可靠|可信|accura|reliab") else 0.0)
    vote("about", 2.0 + (1.5 if own else 0.0) + (0.75 if not reading.places and not reading.years.named else 0.0))
