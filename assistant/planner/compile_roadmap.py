"""From a reading to calls of the roadmap: place, neutral year, scenario, a year asked about, what-ifs."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.numbers import CN, WORD, number
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import NATION
from data.errors import BadRequest

_NEUTRAL = re.compile(r"中和|净零|零碳|零排放|neutral|net[\s-]?zero|zero emissions", re.IGNORECASE)
_WHOLE = re.compile(
    r"路线|路径|时间表|情景|方案|规划|(?:怎么|怎样|如何)(?:减|实现|走)|"
    r"roadmap|pathway|timetable|scenario|plan\b|how (?:can|could|should|to)|wedge|楔形|达成",
    re.IGNORECASE,
)
SCENARIOS = (
    (
        "current_policies",
        r"现行政策|既有政策|照现状|按现状|基准情景|不加强|current[\s-]polic|business as usual|\bBAU\b",
    ),
    ("accelerated", r"加速|强化|更快|1\.5|accelerat|faster|ambitious"),
)
# Imported power raised or lowered, with or without "if": the tool has no such lever and says so.
OUTSIDE_POWER = (
    r"(?:外来电|外购电|外调电|西电东送)[^，,。？?]{0,6}(?:提高|降低|增加|减少|下降|上升|(?<!多)少|多(?![少高大]))|"
    r"(?:imported|outside) (?:power|electricity).{0,20}(?:rises?|falls?|raised|lower|more|less|up|down)"
)
_INSTEAD = re.compile(r"(?:rather than|instead of|而不是|而非|不是)\s*(?:in|by)?\s*(20\d{2})", re.IGNORECASE)
_FIRST, _LAST = 2020, 2060
_PLACES = 2
_YEARS = 6


def compile_roadmap(reading: Reading) -> list[Call]:
    """A roadmap per place, two at most; China where none is named."""
    own = [p for p in reading.places if p != NATION] or list(reading.places)
    args = _settings(reading)
    bare = _bare_goal(reading, args["overrides"])
    if bare is not None and len(own) == 1:
        return [Call("backcast", {"place": own[0].name.en, **bare})]
    if not own:
        return [Call("roadmap", trimmed({"place": reading.stranger, **args}))]
    return [Call("roadmap", trimmed({"place": p.name.en, **args})) for p in own[:_PLACES]]


def _settings(reading: Reading) -> dict[str, Any]:
    changes = overrides_of(reading)
    future = [y for y in reading.years.all if y > _FIRST]
    taken = {c.get("year") for c in changes if isinstance(c, dict)}
    neutral = _neutral_year(reading) if not changes else None
    taken |= {int(m[1]) for m in _INSTEAD.finditer(reading.text)}
    asked = list(dict.fromkeys(y for y in future if y != neutral and y not in taken and y <= _LAST))
    if len(asked) == 1 and asked[0] >= _FIRST_GOAL and _DRAWN.search(reading.text) and not reading.has("emits"):
        asked = []  # a roadmap to 2060 is the whole of it, not that year's figure
    scenario = next((name for name, pattern in SCENARIOS if reading.find(pattern)), None)
    whole = bool(_WHOLE.search(reading.text)) or neutral is not None
    return {
        "target_year": neutral,
        "scenario": scenario if neutral is None else None,
        "year": asked[0] if len(asked) == 1 else None,
        "years": asked[:_YEARS] if len(asked) > 1 else None,
        "overrides": changes,
        "detail": "brief" if reading.has("brief") else None if whole or changes else "brief",
        "asks": "peak" if _asks_peak(reading, changes, asked, neutral) else None,
    }


_PEAK_WHEN = re.compile(
    r"(?:何时|什么时候|哪一?年|几几年|能否|最早|多久)[^，。,;；?？]{0,10}(?:达峰|见顶)|(?:达峰|见顶)[^，。,;；?？]{0,4}(?:年份|时间|窗口|何时|什么时候|哪一?年|是哪)|"
    r"(?:when|which year|what year)\b[^,.;?]{0,40}\bpeak|\bpeak (?:year|window|date)|year of (?:the |its )?peak",
    re.IGNORECASE,
)


def _asks_peak(reading: Reading, changes: list[Any], asked: list[int], neutral: int | None) -> bool:
    """Whether the year of the peak is what is asked for, and nothing else of the path."""
    if changes or asked or neutral is not None or reading.has("brief") or _NEUTRAL_TOO.search(reading.text):
        return False
    return _PEAK_WHEN.search(reading.text) is not None and not re.search(
        r"路线图|时间表|roadmap|timetable", reading.text, re.IGNORECASE
    )


_NEUTRAL_TOO = re.compile(r"(?<!碳达峰)碳?中和|净零|neutral|net[\s-]?zero", re.IGNORECASE)
_FIRST_GOAL = 2050
_DRAWN = re.compile(r"路线图|时间表|\broadmap\b|timetable", re.IGNORECASE)
_BARE = {"no_ccus": "ccus", "no_removals": "removals"}


def _bare_goal(reading: Reading, changes: list[dict[str, Any] | str]) -> dict[str, Any] | None:
    """Net zero in a year before 2060 without capture or removals, as a goal to be met; None where that is not asked."""
    kinds = [c.get("kind") if isinstance(c, dict) else None for c in changes]
    year = _neutral_year(reading) if kinds and all(k in _BARE for k in kinds) else None
    if year is None or year >= _LAST:
        return None
    return {"goal": "neutral", "year": year, "without": [_BARE[str(k)] for k in kinds]}


def _neutral_year(reading: Reading) -> int | None:
    """The year named for neutrality: the future year nearest to the word, the last one where none stands by."""
    word = _NEUTRAL.search(reading.text)
    future = [y for y in reading.years.all if y > 2025]
    if word is None or not future:
        return None
    spots = [(abs(m.start() - word.start()), int(m[0])) for m in re.finditer(r"20\d{2}", reading.text)]
    near = [y for _, y in sorted(spots) if y in future]
    return near[0] if near else future[-1]


_COUNTED_YEARS = re.compile(rf"(?P<cn>{CN})(?=年)|\b(?P<en>\d+|{WORD})[- ]years?\b", re.IGNORECASE)


_DELAYED = re.compile(
    r"\bdelay\w*\s+(?:all\s+|the\s+|its\s+|these\s+)*(?:measures?|actions?|steps?)\s+by\s+", re.IGNORECASE
)


def _in_digits(text: str) -> str:
    """Numbers of years in figures, as the tool reads them: 推迟五年, a five-year delay, five years later."""

    def digits(m: re.Match[str]) -> str:
        value = number(m["cn"] or m["en"])
        if value is None:
            return m[0]
        return f"{value:g}" if m["cn"] else f"{value:g} years"

    return _COUNTED_YEARS.sub(digits, _DELAYED.sub("delay by ", text))


_GROWTH = re.compile(
    r"(?:gdp|生产总值|经济)\s*(?:的)?\s*(?:年均)?\s*(?:增速|增长率?|growth)|(?:增速|增长率)|\bgrowth\b|\bgrows?\b",
    re.IGNORECASE,
)
_MEASURES_LATER = re.compile(
    r"(?:措施|行动|政策|部署|转型|measures?|actions?|levers?)[^，。,.；;?？]{0,12}(?:推迟|延迟|延后|晚|提前|早|later|earlier|delay)|"
    r"(?:推迟|延迟|延后|提前|delay\w*|later|earlier)[^，。,.；;?？]{0,12}(?:措施|行动|政策|measures?|actions?)",
    re.IGNORECASE,
)
_SHARE_SAID = re.compile(r"非化石|non-?\s?fossil", re.IGNORECASE)
_SETS = re.compile(r"的话|达到|提高到|提到|升到|设为|\bwith\b|reach|rais|\bif\b|\bwould\b|early|提前", re.IGNORECASE)


def names_change(reading: Reading) -> bool:
    """Whether a change of the scenario is named, "if" or not: growth by points, measures later, a non-fossil share set."""
    if reading.documents or reading.has("target_words", "policy_words"):
        return False
    if any(y < FIRST_CHANGED for y in reading.years.all):
        return False
    if names_growth(reading):
        return True
    text, province = _in_digits(reading.text), any(p.kind != "nation" for p in reading.places)
    if _MEASURES_LATER.search(text) and re.search(r"\d\s*(?:年|years?)", text):
        return True
    shares = [a for a in reading.percents if a.unit == "%"]
    ahead = any(y >= FIRST_CHANGED for y in reading.years.all)
    return bool(shares and _SHARE_SAID.search(text)) and province and (ahead or _SETS.search(text) is not None
                                                                       or abs(shares[0].value) > _WHOLE_SHARE)  # fmt: skip


def names_growth(reading: Reading) -> bool:
    """Whether growth of GDP is to be changed by points (or set in per cent) in years to come."""
    growth = _GROWTH.search(reading.text)
    if growth is None or any(y < FIRST_CHANGED for y in reading.years.all) or reading.documents:
        return False
    if reading.find(_OTHER_GROWTH) or reading.find(_OVER):
        return False
    points = any(a.unit == "pp" or reading.has("what_if") for a in reading.percents)
    if not points and not reading.find(r"半个(?:百分)?点|half a (?:percentage )?point"):
        return False
    return not reading.has("target_words", "policy_words") and not reading.has("contraction", "footprint")


_OTHER_GROWTH = (
    r"(?:出口|投资|消费|需求|排放|用电|产量|工业|人口|收入|能耗)(?:量|额)?(?:的)?(?:年均)?增|"
    r"(?:exports?|investments?|consumption|demand|emissions?|output|power|population)\s+(?:growth|grows?)"
)
_OVER = r"上年|去年|哪一?年|历史|历年|which year|last year|on record"
FIRST_CHANGED = 2026  # the first year a change applies to
_WHOLE_SHARE = 100.0


def overrides_of(reading: Reading) -> list[dict[str, Any] | str]:
    """The changes a what-if names, as the tool takes them; the sentence itself where it names one we cannot read."""
    from tools.roadmap.read_overrides import read_overrides

    said = (
        reading.has("what_if")
        or reading.find(OUTSIDE_POWER)
        or (reading.has("lever") and reading.find(r"without|没有|不用|无"))
    )
    if not said and not names_change(reading):
        return []
    try:
        found = read_overrides(_in_digits(reading.text))
    except BadRequest:  # out of range: the tool says so with its limits
        return [reading.text]
    unread = said and not found and (reading.percents or reading.has("lever"))
    if unread and _neutral_year(reading) is None:  # the tool says so; never the unchanged scenario
        return [reading.text]
    return [{k: v for k, v in o.model_dump().items() if v is not None} for o in found]
