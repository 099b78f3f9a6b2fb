"""The targets that stand for a place's climate goals as a whole, for a question that names no indicator (碳排放目标完成了吗)."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.glossary import load_glossary, normalise
from tools.policy.question import bare_topic
from tools.policy.rows import Target

# Concepts of the glossary, the nearest to emissions first; of the whole economy or of energy, never of one field.
_CONCEPTS = ("net_ghg_peak", "co2_per_gdp", "peak", "neutrality", "nonfossil_share", "energy_per_gdp")
_FIELDS = ("economy", "energy")


def headlines(targets: Iterable[Target], scope: str) -> list[Target]:
    """The headline targets of a scope, of the nation where it has none of its own; of one indicator the farthest year first."""
    ranked = [(rank, t) for t in targets if t.kind == "target" and (rank := _rank(t)) is not None]
    for place in dict.fromkeys((scope, "China")):
        own = sorted(((r, -(t.target_year or 0), t.ord, t) for r, t in ranked if t.scope == place), key=lambda c: c[:3])
        if own:
            return [t for *_, t in own]
    return []


def _rank(target: Target) -> int | None:
    if target.sector not in _FIELDS:
        return None
    found = load_glossary().concepts(bare_topic(normalise(target.topic_zh)))
    return next((i for i, concept in enumerate(_CONCEPTS) if concept in found), None)
