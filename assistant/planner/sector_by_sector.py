"""Carbon intensities asked for sector by sector, which are of each sector's output and of no GDP."""

from __future__ import annotations

from assistant.planner.reader import Reading

_EACH_SECTOR = (
    r"(?:分|各|逐|按|每个?|不同)(?:个)?(?:行业|部门|产业)|(?:行业|部门)(?:间|之间|逐个|对行业)|\b(sector|industry)[- ]by[- ](?:sector|industry)\b|"
    r"\b(?:by|per|each|every|across) (?:the )?(?:sectors?|industr(?:y|ies))\b|\bsectoral\b"
)


def sector_intensities(reading: Reading) -> bool:
    """Whether the carbon intensity of places is asked for sector by sector: a figure of each sector, none of the whole GDP."""
    intense = reading.per in ("gdp", "output") or any(a.per in ("gdp", "output") for a in reading.measures)
    plain = all(a.measure == "co2" for a in reading.measures) and not (reading.sectors or reading.fuels)
    aside = reading.documents or reading.has(
        "target_words", "footprint", "change", "trend", "growth", "what_if", "roadmap"
    )
    return bool(reading.places and intense and plain and not aside) and reading.find(_EACH_SECTOR) is not None
