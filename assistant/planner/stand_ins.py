"""What stands in for a name of the tables: a product for the sector that makes it, a city for its province.

Beside a plain figure neither does: cars are no emissions of a sector ("how many cars"), and a city has totals of its own.
Tools that work on industries or provinces take them, and the answer says which sector or province it is about.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from assistant.planner.cues import phrases_of
from assistant.planner.lexicon import Meaning
from assistant.planner.mentions import Mention
from assistant.planner.reader import Reading
from data.classification import PROVINCES, Sector, sector
from data.text import Text

OF_INDUSTRIES = frozenset({
    "chain_partners", "paths", "shock", "joint_reduction", "multipliers", "extraction", "specialisation", "best_in_class",
    "benchmark_lists", "spend_factors", "project_appraisal", "national_io", "milestones", "sda_target",
})  # fmt: skip
OF_PROVINCES = frozenset({
    "power_account", "footprint", "embodied_trade", "linkages", "industry_map", "network", "drivers", "decoupling", "fuel_flow",
    "roadmap", "backcast", "compare", "sensitivity", "profile", "grouped", "l1480",
}) | OF_INDUSTRIES  # fmt: skip
_ITS_PROVINCE = re.compile(r"所在(?:的)?省|province (?:that |where )?\w+ (?:is|lies|sits)\b|'s province", re.IGNORECASE)
_BESIDE = {"joint_reduction": 1, "spend_factors": 9}  # sectors by their own names beside which a product still counts


@cache
def _products() -> tuple[re.Pattern[str], dict[str, Sector]]:
    """Every product's word as one pattern, longest first, and the sector of each."""
    of: dict[str, Sector] = {}
    for line in phrases_of("products"):
        key, _, words = line.partition(":")
        of |= {word.lower(): sector(key) for word in words.split()}
    ordered = sorted(of, key=len, reverse=True)
    english = "|".join(re.escape(w) for w in ordered if w.isascii())
    chinese = "|".join(re.escape(w) for w in ordered if not w.isascii())
    return re.compile(rf"(?<![A-Za-z])(?:{english})(?![A-Za-z])|(?:{chinese})(?!业)", re.IGNORECASE), of


def products_in(reading: Reading, tool: str) -> tuple[Mention, ...]:
    """The products that stand for a sector where this tool is asked; none beside a sector's own name."""
    if tool not in OF_INDUSTRIES or len(reading.sectors) > _BESIDE.get(tool, 0) or reading.fuels:
        return ()
    pattern, of = _products()
    taken = [(m.start, m.end) for m in reading.mentions if m.text and not (m.meaning.concept or m.meaning.document)]
    return tuple(
        Mention(m.start(), m.end(), m[0], Meaning(sector=of[m[0].lower()]))
        for m in pattern.finditer(reading.text)
        if not any(a < m.end() and m.start() < b for a, b in taken) and of[m[0].lower()] not in reading.sectors
    )


def _cities_in(reading: Reading, tool: str) -> tuple[Mention, ...]:
    """The cities that stand for their provinces where this tool is asked, or a city's province by words; none beside a place."""
    if reading.places or not (tool in OF_PROVINCES or _ITS_PROVINCE.search(reading.text)):
        return ()
    named = (
        (m, next((p for p in PROVINCES if (m.meaning.city or "").startswith(p.name.zh)), None))
        for m in reading.mentions
    )
    return tuple(
        Mention(m.start, m.end, m.text, Meaning(place=where)) for m, where in named if m.text and where is not None
    )


def stood_in(reading: Reading, tool: str) -> Reading:
    """The reading as this tool is to be given it, with products as sectors and cities as provinces."""
    more = (*products_in(reading, tool), *_cities_in(reading, tool))
    if not more:
        return reading
    at = {m.start for m in more}
    rest = (m for m in reading.mentions if not (m.start in at and m.meaning.city is not None))
    return replace(reading, mentions=tuple(sorted((*rest, *more), key=lambda m: m.start)))


def stand_in_notes(reading: Reading, tool: str) -> tuple[Text, ...]:
    """For each product and city that stood in, for what."""
    out: dict[str, Text] = {}
    for m in products_in(reading, tool):
        if m.meaning.sector is not None:
            name = m.meaning.sector.name
            out[m.text] = Text(
                f"“{m.text}”按所属行业“{name.zh}”回答。",
                f"'{m.text}' is answered as the sector it belongs to: {name.en}.",
            )
    for m in _cities_in(reading, tool):
        if m.meaning.place is not None:
            name = m.meaning.place.name
            if tool == "l1480":
                out[m.text] = Text(
                    f"电网因子以省为单位，{m.text}用{name.zh}的。",
                    f"Grid factors are by province; {m.text} has that of {name.en}.",
                )
                continue
            out[m.text] = Text(
                f"城市一级只有二氧化碳排放总量；以下是{m.text}所在的{name.zh}。",
                f"For cities there is total CO2 only; this is {name.en}, where {m.text} lies.",
            )
    return tuple(out.values())
