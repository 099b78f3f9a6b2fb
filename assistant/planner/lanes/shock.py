"""Shocks: 若内蒙古电力的下游需求减10%会怎样, if Guangdong's construction investment falls 5 %, effect of halving steel output."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_io import compile_chain, one_place, one_year
from assistant.planner.compile_roadmap import names_growth, share_set
from assistant.planner.cues import cues
from assistant.planner.intents import FIRST_PROJECTED
from assistant.planner.lanes import Lane
from assistant.planner.pairs import industry, pairs
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import NATION

# Categories of final demand by their words, the more special first.
_CATEGORIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), key)
    for pattern, key in (
        (r"出口|外需|\bexports?\b", "exports"),
        (r"投资|固定资本|固定资产|\binvest", "investment"),
        (r"农村|农民|\brural\b", "rural"),
        (r"城镇|城市居民|\burban\b", "urban"),
        (r"居民|家庭|\bhouseholds?\b|\bconsumers?\b", "households"),
        (r"政府|公共支出|\bgovernment\b|\bpublic spending\b", "government"),
        (r"消费(?!端|侧|口径|视角|责任)|\bconsumption\b", "consumption"),
    )
)
_WORDS: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"减半|砍半|腰斩|(?:减|降|砍|少|跌)\S{0,3}一半|halv|by half\b|in half\b", re.IGNORECASE), -50.0),
    (
        re.compile(r"停产|停工|归零|全部(?:停|关)|完全停|stops? entirely|shuts? down|disappear|to zero", re.IGNORECASE),
        -100.0,
    ),
    (re.compile(r"翻倍|翻一番|增加一倍|doubl", re.IGNORECASE), 100.0),
)
_ASKS_WHO = re.compile(r"谁|哪|有什么|主要(?:有|是)|\bwho\b|\bwhich\b|what are|main\b", re.IGNORECASE)
_SUM = re.compile(
    r"\d[\d,.]*\s*(?:(?:billion|million|bn)(?:\s+(?:yuan|rmb|tonnes|tons))?|[亿万](?:元|吨)?)", re.IGNORECASE
)
_NEAR = 18  # characters round a percentage in which its direction is looked for
_MOST = 3
_DEFAULT = 10.0


def _of(reading: Reading) -> tuple[str | None, str | None]:
    """What changes, and for final demand of which category."""
    if reading.has("shock_downstream_context"):
        return "downstream", None
    category = next((key for pattern, key in _CATEGORIES if pattern.search(reading.masked)), None)
    if reading.has("shock_demand_context"):
        return "final_demand", category
    return ("output", None) if reading.has("shock_output_context") else (None, None)


def _change(reading: Reading) -> float | None:
    """The percentage with its direction; None where none is said."""
    said = next((a for a in reading.percents if a.unit == "%"), None)
    if said is None:
        return next((value for pattern, value in _WORDS if pattern.search(reading.text)), None)
    if said.value < 0:
        return said.value
    left = _TO.search(reading.text[: said.start])
    if left is not None or _OF_NOW.match(reading.text, said.end):  # cut to 80 % (of now) is a fall by a fifth
        return said.value - 100.0
    return said.value if _rises(reading.text, said.start, said.end) else -said.value


_TO = re.compile(
    r"(?:降|减|压|削|缩|跌|砍|少)(?:低|减|少)?(?:到|至|为)(?:原来的?|目前的?|现在的?|如今的?|20\d\d年的?)?\s*$"
    r"|(?:原来|目前|现在|如今)的\s*$|(?:cut|down|falls?|fell|drops?|reduced|lowered|shrinks?|shrunk)\s+to\s*$",
    re.IGNORECASE,
)
_OF_NOW = re.compile(
    r"\s*(?:of (?:today|now|the present|its (?:present|current)|current|the current|20\d\d))", re.IGNORECASE
)


def _rises(text: str, start: int, end: int) -> bool:
    """Whether the word of direction nearest to a percentage is one of growth."""
    around = text[max(0, start - _NEAR) : end + _NEAR]
    at = start - max(0, start - _NEAR)

    def nearest(cue: str) -> int:
        return min((abs(m.start() - at) for m in cues()[cue].finditer(around)), default=_NEAR * 2)

    return nearest("shock_rise_context") < nearest("shock_fall_context")


def _vote(reading: Reading) -> float:
    if not reading.has("shock_if_context") or share_set(reading):
        return 0.0  # a share raised to 40 % is no output changed by 40 %
    of, _ = _of(reading)
    if any(y >= FIRST_PROJECTED for y in reading.years.all) and (
        of is None or not reading.percents or names_growth(reading)
    ):
        return 0.0
    change = _change(reading)
    if reading.has("extraction") and not reading.percents and change in (None, -100.0):
        return 0.0  # a sector that is gone altogether is an extraction, also in words of a fall
    named = bool(pairs(reading)) or any(industry(s) for s in reading.sectors)
    if of is None and (not named or reading.has("lever") or change is None):
        return 0.0
    if of in ("downstream", "output") and not named and change is None:
        return 0.0  # with a percentage the tool asks which sector, or a follow-up brings it
    moved = change is not None or (reading.has("shock_fall_context", "shock_rise_context") and not reading.quantities)
    if not moved or reading.has("footprint") or (of is None and reading.has("emits") and not reading.has("what_if")):
        return 0.0
    return 8.0


def _args(reading: Reading) -> dict[str, Any]:
    of, category = _of(reading)
    change = _change(reading)
    if change is None and reading.has("shock_rise_context") and not reading.has("shock_fall_context"):
        change = _DEFAULT
    args = trimmed(
        {
            "change": _said(reading) or change,
            "of": of,
            "category": category,
            "year": None if (one_year(reading) or 0) >= FIRST_PROJECTED else one_year(reading),  # a horizon, no table
            "top": reading.limit,
        }
    )
    if of in ("downstream", "output") and any(not m.text for m in reading.mentions):
        args["category"] = None  # a follow-up that turns from final demand to another kind of shock
    return args


def _said(reading: Reading) -> str | None:
    """A size in another unit than per cent (points, tonnes, yuan), as written: the tool says that it takes none."""
    if any(a.unit == "%" for a in reading.percents) or any(p.search(reading.text) for p, _ in _WORDS):
        return None
    said = next(iter((*reading.percents, *reading.quantities)), None)
    money = _SUM.search(reading.text)
    return reading.text[said.start : said.end] if said is not None else money[0] if money else None


def _compile(reading: Reading) -> list[Call]:
    """The shock of each place and sector named; the buyers first where they are asked for too."""
    args, named = _args(reading), pairs(reading)[:_MOST]
    if named:
        calls = [Call("shock", {"place": p.place.name.en, "sector": p.called, **args}) for p in named]
    else:
        where = one_place(reading)
        place = where.name.en if where else reading.stranger or NATION.name.en
        sectors = [s for s in reading.sectors if industry(s)][:_MOST]
        calls = [Call("shock", {"place": place, "sector": reading.called(s), **args}) for s in sectors]
        calls = calls or [Call("shock", trimmed({"place": place}) | args)]
    if reading.has("chain") and _ASKS_WHO.search(reading.text) and named:
        return [*(c for c in compile_chain(reading) if c.args.get("sector")), *calls]
    return calls


def _resumes(reading: Reading) -> bool:
    """若减20%呢: only the percentage is new."""
    return bool(reading.percents) and not reading.measures


LANE = Lane("shock", _vote, _compile, from_data=True, resumes=_resumes)
