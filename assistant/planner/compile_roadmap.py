"""From a reading to calls of the roadmap: place, neutral year, scenario, a year asked about, what-ifs."""

from __future__ import annotations

import re
from typing import Any

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
    nearest = _nearest_measure(reading, args)
    if nearest is not None:
        return [Call("milestones", trimmed({"place": p.name.en, **nearest})) for p in own[:_PLACES] or [NATION]]
    bare = _bare_goal(reading, args["overrides"])
    if bare is not None and len(own) == 1:
        return [Call("backcast", {"place": own[0].name.en, **bare})]
    if not own:
        return [Call("roadmap", trimmed({"place": reading.stranger, **args}))]
    return [Call("roadmap", trimmed({"place": p.name.en, **args})) for p in own[:_PLACES]]


def _settings(reading: Reading) -> dict[str, Any]:
    changes = overrides_of(reading)
    future = [y for y in reading.years.all if y > _FIRST]
    taken = {c.get("year") for c in changes if isinstance(c, dict) and str(c.get("kind")).startswith("nonfossil")}
    neutral = _neutral_year(reading)
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


PEAK_WHEN = re.compile(
    r"(?:何时|什么时候|哪一?年|几几年|能否|最早|多久)[^，。,;；?？]{0,10}(?:达峰|见顶)|(?:达峰|见顶)[^，。,;；?？]{0,4}(?:年份|时间|窗口|何时|什么时候|哪一?年|是哪)|"
    r"(?:when|which year|what year)\b[^,.;?]{0,40}\bpeak|\bpeak (?:year|window|date)|year of (?:the |its )?peak",
    re.IGNORECASE,
)


PEAK_LEVEL = re.compile(
    r"峰值[^，。,;；?？]{0,6}(?:多少|多高|多大|几)|(?:达峰|见顶)(?:时|那年|当年)?[^，。,;；?？]{0,6}(?:排放|多少|多高)|"
    r"\bpeak (?:level|value|emissions)|how (?:high|much)[^,.;?]{0,32}\bpeak|\bpeak[^.;?]{0,40}(?:how (?:high|many|much)|what level)",
    re.IGNORECASE,
)


def _asks_peak(reading: Reading, changes: list[Any], asked: list[int], neutral: int | None) -> bool:
    """Whether the year of the peak (under changes: of net zero too) is what is asked for, and nothing else of the path."""
    if changes:
        shifted = reading.find(_PEAK_SHIFTED) or PEAK_WHEN.search(reading.text)
        return bool(shifted or _NEUTRAL_WHEN.search(reading.text))
    if asked or neutral is not None or reading.has("brief") or _NEUTRAL_TOO.search(reading.text):
        return False
    asked_for = PEAK_WHEN.search(reading.text) or PEAK_LEVEL.search(reading.text)
    return asked_for is not None and not re.search(r"路线图|时间表|roadmap|timetable", reading.text, re.IGNORECASE)


_PEAK_SHIFTED = (
    r"达峰[^，。,;；?？]{0,6}(?:推迟|提前|晚|早|变)|\bpeak[^.,;?]{0,24}(?:later|earlier|delay|shift|move|brought)|"
    r"(?:later|earlier|sooner)[^.,;?]{0,24}\bpeak"
)
_NEUTRAL_WHEN = re.compile(
    r"(?:何时|什么时候|哪一?年|几几年|多久|最早)[^，。,;；?？]{0,8}(?:中和|净零)|(?:中和|净零)[^，。,;；?？]{0,4}(?:何时|什么时候|哪一?年|年份)|"
    r"(?:when|which year|what year)\b[^,.;?]{0,40}(?:neutral|net[\s-]?zero)",
    re.IGNORECASE,
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


_SETS = re.compile(r"的话|达到|提高到|提到|升到|设为|\bwith\b|reach|rais|\bif\b|\bwould\b|early|提前", re.IGNORECASE)
_TAKEN = ("no_ccus", "no_removals", "removals", "scale")
# What a scenario answers, so that a measure taken away in the same breath is a condition of it.
_OUTCOME = re.compile(
    r"排放|还排|多排|少排|排多少|中和|净零|达峰|还剩|剩(?:下|余|多少)|残余|路线图|情景|还能|够不够|怎样|怎么样|如何|影响|emission|emit|neutral|net[\s-]?zero|peak|remain|left\b|roadmap|scenario|"
    r"what (?:if|would|happens)|pathway",
    re.IGNORECASE,
)


# A share set to a per cent, by name: 电炉比例提高到40%, an EAF share of 40 %.
_SHARE_TO = re.compile(
    r"(?:占比|比例|比重|份额|普及率|渗透率|替代率|利用率)[^，。,；;？?]{0,10}?(?:百分之|\d+(?:\.\d+)?\s*[%％]|[一二三四五六七八九]成)"
    r"|\b(?:share|proportion|penetration|percentage)s?\b[^,.;?]{0,40}?\d+(?:\.\d+)?\s*(?:%|per ?cent)"
    r"|(?:百分之[一二三四五六七八九十]+|\d+\s*[%％])的(?:占比|比例|比重|份额)",
    re.IGNORECASE,
)
_SET = re.compile(
    r"(?:提高|提升|升|增|上升|达|降低|降|减|下降|扩大|改)(?:到|至|为|成)?|会(?:怎样|怎么样|如何)|能(?:少|多)?(?:减|排)|影响|少排|多排|\b(?:to|reach\w*|at|of|rais\w*|r[io]ses?|rising|falls?|"
    r"increas\w*|cut)\b",
    re.IGNORECASE,
)


def _past(reading: Reading) -> bool:
    """Whether a year before the scenarios is named; 推迟10年 names none."""
    from tools.roadmap.conditions import conditions

    lags = {abs(c["value"]) for c in conditions(reading.text).changes if c["kind"] == "lag"}
    return any(y < FIRST_CHANGED and y - _CENTURY not in lags for y in reading.years.all)


_CENTURY = 2000


def _quotes(reading: Reading) -> bool:
    """Whether a document is asked; a plan that only names its years (十五五期间) is none."""
    return bool(reading.documents) and (
        reading.years.plan is None or reading.find(r"规划|纲要|文件|条款|outline|document|clause") is not None
    )


def share_set(reading: Reading) -> bool:
    """Whether a share is set to a per cent in a scenario: no change of any output by so much."""
    if _quotes(reading) or reading.has("target_words", "policy_words", "contraction"):
        return False
    if _past(reading) or reading.has("which_place", "by_place"):
        return False
    placed = any(p.kind != "nation" for p in reading.places) or is_conditional(reading)
    return placed and _SHARE_TO.search(reading.text) is not None and _SET.search(reading.text) is not None


def _nearest_measure(reading: Reading, args: dict[str, Any]) -> dict[str, Any] | None:
    """For a share of electric-arc steel, which is no lever: how far process change is deployed; None for anything else."""
    from tools.roadmap.condition_words import ELECTRIC_STEEL
    from tools.roadmap.conditions import names

    refused = any(isinstance(c, str) for c in args["overrides"])
    if not refused or not any(n.unmodelled is ELECTRIC_STEEL for n in names(reading.text)):
        return None
    years = args["years"] or ([args["year"]] if args["year"] else None)
    return {"lever": "PROC", "years": years, "scenario": args["scenario"]}


def names_change(reading: Reading) -> bool:
    """Whether a change of the scenario is named, "if" or not: growth, measures later, in part or left out, a share set."""
    from tools.roadmap.conditions import conditions

    if _quotes(reading) or reading.has("target_words", "policy_words") or _past(reading):
        return False
    if names_growth(reading) or share_set(reading):
        return True
    found = conditions(reading.text)
    if found.problems and _refused_change(reading):
        return True
    kinds = {c["kind"] for c in found.changes} - {"growth", "growth_level"}
    province, ahead = (
        any(p.kind != "nation" for p in reading.places),
        any(y >= FIRST_CHANGED for y in reading.years.all),
    )
    if "lag" in kinds:  # "ten years earlier" alone is a time
        return reading.has("what_if") or any(n.key not in ("none", "growth") for n in found.named)
    if kinds & set(_TAKEN):
        asked = _OUTCOME.search(reading.text) is not None
        return asked and (ahead or bool(reading.places)) and not reading.has("which_place", "by_place")
    if not kinds:
        return False
    shares = [a for a in reading.percents if a.unit in ("%", "pp")]
    return bool(shares) and province and (ahead or _SETS.search(reading.text) is not None
                                          or abs(shares[0].value) > _WHOLE_SHARE)  # fmt: skip


_MOVED = re.compile(
    r"翻倍|翻番|加倍|减半|零增长|不再增长|停建|提高|增加|减少|降低|上升|下降|doubl|halv|r[io]ses?|falls?|increas|decreas|reduc|cut\b|without|(?<!有)没有|不用|不要",
    re.IGNORECASE,
)


def _refused_change(reading: Reading) -> bool:
    """Whether what the model has no lever for is changed in a scenario year (核电翻倍，2060年排放): the tool says so."""
    ahead = any(y >= FIRST_CHANGED for y in reading.years.all)
    asked = _MOVED.search(reading.text) is not None and _OUTCOME.search(reading.text) is not None
    return (
        ahead
        and asked
        and bool(reading.places)
        and not reading.has("which_place", "by_place", "shock_output_context", "shock_demand_context")
    )


def names_growth(reading: Reading) -> bool:
    """Whether growth of GDP is to be changed by points, or set to a level, in years to come."""
    from tools.roadmap.conditions import conditions

    if _past(reading) or _quotes(reading):
        return False
    if reading.find(_OTHER_GROWTH) or reading.find(_OVER) or reading.has("target_words", "policy_words", "footprint"):
        return False
    kinds = {c["kind"] for c in conditions(reading.text).changes}
    if "growth" in kinds:
        return not reading.has("contraction") and not reading.has("which_place", "by_place")
    ahead = any(y >= FIRST_CHANGED for y in reading.years.all) and bool(_OUTCOME.search(reading.text))
    return "growth_level" in kinds and (reading.has("what_if") or _IF.search(reading.text) is not None or ahead)


_OTHER_GROWTH = (
    r"(?:出口|投资|消费|需求|排放|用电|产量|工业|人口|收入|能耗)(?:量|额)?(?:的)?(?:年均)?增|"
    r"(?:exports?|investments?|consumption|demand|emissions?|output|power|population)\s+(?:growth|grows?)"
)
_OVER = (
    r"上年|去年|哪一?年(?![^，。,?？]{0,6}(?:达峰|中和|净零|见顶))|历史|历年|"
    r"which year(?![^,.?]{0,40}(?:peak|neutral|net[\s-]?zero))|last year|on record"
)
FIRST_CHANGED = 2026  # the first year a change applies to
_WHOLE_SHARE = 100.0


def is_conditional(reading: Reading) -> bool:
    """Whether the words make a condition: if, without, raised to."""
    return reading.has("what_if") or _IF.search(reading.text) is not None


def overrides_of(reading: Reading) -> list[dict[str, Any] | str]:
    """The changes a what-if names, as the tool takes them; the sentence itself where it names one that cannot be made.

    The tool then says which, and never gives the unchanged scenario as if it were the answer.
    """
    from tools.roadmap.conditions import conditions
    from tools.roadmap.read_overrides import read_overrides

    if not (is_conditional(reading) or reading.find(OUTSIDE_POWER) or names_change(reading)):
        return []
    found = conditions(reading.text)
    if not (found.changes or found.problems):
        unread = found.weak or reading.percents or _strange_condition(reading)
        return [reading.text] if unread and _neutral_year(reading) is None else []
    try:
        made = read_overrides(reading.text)
    except BadRequest:  # out of range, no lever, not read: the tool says so
        return [reading.text]
    return [{k: v for k, v in o.model_dump().items() if v is not None and v is not False} for o in made]


_IF = re.compile(
    r"如果|假如|假设|假定|假若|倘若|若(?!干)|要是|的话|一旦|万一|\bif\b|\bsuppos\w+|\bassuming\b", re.IGNORECASE
)
_SETTING = re.compile(
    r"情景|政策|路径|方案|scenario|policies|中和|净零|达峰|neutral|zero|peak|数据|清单|口径|我|我们|\b(?:I|we|you)\b|排放(?:量)?(?:控制|压|降|减|上限|不超)|按(?:照)?|目标",
    re.IGNORECASE,
)


def _strange_condition(reading: Reading) -> bool:
    """Whether an if-clause holds words that nothing read (若发生战争, if tourism collapses), which the answer may not pass over."""
    word = _IF.search(reading.text)
    if word is None or reading.has("which_place", "by_place"):
        return False
    if word[0] == "的话":
        start = max((m.end() for m in re.finditer(r"[，,;；。?？]", reading.text[: word.start()])), default=0)
        end = word.start()
    else:
        start = word.end()
        stop = re.search(r"[，,;；。?？]", reading.text[start:])
        end = start + stop.start() if stop else len(reading.text)
    if _SETTING.search(reading.text[start:end]):
        return False
    return any(start <= g.start < end and (len(g.text) >= _WORTH or g.word.isascii()) for g in reading.gaps)


_WORTH = 2  # characters of a Chinese word that says something
