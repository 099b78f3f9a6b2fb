"""From a reading to calls of the tools that stand alone: sql, calculate, about, the linear contraction, the roadmap."""

from __future__ import annotations

import re

from assistant.planner.compile_io import one_place
from assistant.planner.memory import Before
from assistant.planner.numbers import CN, WORD, number
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

# Topics of ``about`` by what is asked: single points first, then the rest, the more special before the general.
POINTS = (
    "marks",
    "commercial",
    "updates",
    "estimated",
    "after_2019",
    "provinces_and_nation",
    "interprovincial",
    "per_head",
    "intensity",
    "scope1",
    "makers",
    "model",
    "sources",
)  # fmt: skip
TOPICS = ("licence", "citation", "limits", "measures", "coverage", "method")  # the more special before the general


def compile_sql(reading: Reading) -> list[Call]:
    """The statement as it was written; the tool decides whether it may run."""
    return [Call("sql", {"sql": reading.raw.strip()})]


def compile_about(reading: Reading) -> list[Call]:
    """What the data are, how computed, how to cite: by topic, of a measure where one is named."""
    topics = [topic for topic in POINTS if reading.has(f"about_{topic}")]
    if reading.has("about_licence", "about_citation") and topics[:1] != ["commercial"]:
        topics = []  # terms and references are asked by their own names
    topics = topics or (["method"] if reading.has("about_account") else [])
    topics = topics or [topic for topic in TOPICS if reading.has(f"about_{topic}")] or ["coverage"]
    measure = next((a.measure for a in reading.measures if a.measure != "co2" or a.per != "none"), None)
    return [Call("about", trimmed({"topic": topic, "measure": measure})) for topic in topics[:1]]


def compile_calculate(reading: Reading) -> list[Call]:
    """An expression over figures by their ids."""
    ids = [i.upper() for i in re.findall(r"(?<![A-Za-z0-9])F\d+", reading.text, re.IGNORECASE)]
    return [Call("calculate", trimmed({"facts": ids, "operation": _operator(reading)}))]


_THESE = re.compile(
    rf"(?:刚才|刚刚|上面|前面|以上|上述|这|那)(?:的|那|这)*(?P<zh>{CN})?个?(?:数|值)"
    rf"|(?:those|these|the) (?P<en>{WORD})?\s*(?:figures|numbers|values)",
    re.IGNORECASE,
)


def compile_those(reading: Reading, before: Before) -> list[Call]:
    """刚才那两个数相除: the figures told in the turn before, as many as are named; none where no figures are pointed at."""
    said = _THESE.search(reading.text)
    if said is None or len(before.facts) < 2 or not reading.find(_COMBINED):
        return []
    count = number(said["zh"] or said["en"] or "")
    ids = before.facts[: int(count)] if count and 2 <= count <= len(before.facts) else before.facts
    return [Call("calculate", {"facts": list(ids), "operation": _operator(reading)})]


_COMBINED = (
    r"加|减|除|乘|比|平均|合计|总和|占|差|add|sum|subtract|minus|divide|ratio|average|mean|share|total|difference"
)


def _operator(reading: Reading) -> str:
    for pattern, operator in (
        (r"变化率|增长|变化了|percent(?:age)? change|from .{1,20} to ", "percent_change"),
        (r"占|percent|百分|share", "share"),
        (r"除以|相除|比值|倍|ratio|divide|[/÷]", "ratio"),
        (r"减|差|minus|subtract|difference|(?<=\d)\]?\s*-", "subtract"),
        (r"平均|average|mean", "mean"),
    ):
        if reading.find(pattern):
            return operator
    return "add"


def compile_contraction(reading: Reading) -> list[Call]:
    """A linear cut from a base year at so many percent of it a year."""
    years = sorted(reading.years.all)
    base = base_year(reading) or (years[0] if len(years) > 1 else None)
    target = next((y for y in reversed(years) if y != base), None)
    where = one_place(reading)
    rate = next((a.value for a in reading.percents if a.unit == "%"), None)
    sectors = [reading.called(s) for s in reading.sectors]
    args = {
        "place": where.name.en if where else reading.stranger,
        "sector": sectors[0] if sectors else None,
        "base_year": base,
        "target_year": target,
        "rate": abs(rate) if rate is not None else None,
    }
    return [Call("contraction", trimmed(args))]


def base_year(reading: Reading) -> int | None:
    """The year said to be the base, None where none is."""
    m = reading.find(
        r"(?:以|基于|from|base year(?: is| of|:)?|baseline(?: of)?|based on|relative to|base|start(?:ing)?(?: in)?|自|从)\s*(\d{4})"
    )
    m = m or reading.find(r"(\d{4})\s*年?\s*(?:为|作为)?\s*(?:基年|基准|base|baseline)")
    return int(m[1]) if m else None
