"""An amount of emissions without a unit: 2020年排放100, we emitted 250. It is asked back, never taken for tonnes nor ignored."""

from __future__ import annotations

import re

from assistant.planner.numbers import NUMBER
from assistant.planner.reader import Reading

_N = rf"{NUMBER}(?:,\d{{3}})*"
_NO_UNIT_ZH = r"(?!\s*(?:[\d年%％.]|百分|个|万|亿|千|吨|公斤|kg|kt|Mt|Gt|t\b))"
_NO_UNIT_EN = r"(?!\s*(?:[\d%.]|per ?cent|tonnes?|tons?|t\b|kt\b|Mt\b|Gt\b|kg|million|thousand|billion|years?))"
_BARE = re.compile(
    rf"(?:排放(?:量|总量)?|碳排(?:放)?|基年|排了?)\s*(?:是|为|约|有|=|:)?\s*(?P<zh>{_N}){_NO_UNIT_ZH}"
    r"|(?:emit(?:s|ted|ting)?|emissions?(?: (?:of|were|was|are|at|in \d{4}(?: (?:of|were|was|at))?))?|footprint of|base(?:line)? of)"
    rf"\s*(?:about|around|:|=)?\s*(?P<en>(?!(?:19|20)\d\d\b){_N}){_NO_UNIT_EN}",
    re.IGNORECASE,
)


def unitless(reading: Reading) -> float | None:
    """The amount of emissions that stands without a unit; None where there is none."""
    found = _BARE.search(reading.text)
    if found is None:
        return None
    return float((found["zh"] or found["en"]).replace(",", ""))
