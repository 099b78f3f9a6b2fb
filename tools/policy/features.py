"""What a topic of a target or a question is compared by: glossary concepts, words and character pairs."""

from __future__ import annotations

import re

from knowledge.glossary import load_glossary, normalise
from knowledge.segment import pairs, words

_CONCEPT, _BROADER, _WORD, _PAIR = 2.0, 1.2, 1.0, 0.4

# Indicators per unit of something are intensities, whatever the unit; so is a bare word for intensity in a question.
_INTENSITY = re.compile(r"强度|(?:单位|人均|吨).{1,12}(?:能耗|排放)|\bintensity\b|\b(?:energy|co2) (?:use )?per\b")
_OF_CARBON = re.compile(r"碳|排放|co2|carbon|emission")

Bag = dict[str, float]


def features(text: str, asked: bool = False) -> Bag:
    """Concepts, words and pairs of a text with their kind's weight, before rarity.

    In a question (``asked``) the words of a concept count as the concept alone, so that its other names match too.
    """
    plain = normalise(text)
    glossary = load_glossary()
    rest = plain
    if asked:
        for term in glossary.find(plain):
            rest = rest[: term.start] + " " * (term.end - term.start) + rest[term.end :]
    bag: Bag = {f"2{pair}": _PAIR for pair in pairs(rest)}
    bag |= dict.fromkeys(words(rest), _WORD)
    own = [term.concept for term in glossary.find(plain)]
    if _INTENSITY.search(plain):
        bag["~intensity"] = _BROADER
        if re.search(r"能|energy", plain):
            bag["#energy_intensity"] = _BROADER
        if _OF_CARBON.search(plain):
            bag["#carbon_intensity"] = _BROADER
    wider = {f"#{glossary.broader[c]}": _BROADER for c in own if c in glossary.broader}
    return bag | wider | {f"#{c}": _CONCEPT for c in own}


# Indicators that a question names for themselves: another one of the same document or year is no answer to it.
_INDICATORS = frozenset(
    {"carbon_intensity", "energy_intensity", "nonfossil_share", "nonfossil_power", "nonfossil_capacity_share"}
)


def indicators(topic: str) -> frozenset[str]:
    """The indicators a text names, or counts as: 碳强度, non-fossil share of power."""
    return frozenset(f[1:] for f in features(topic) if f.startswith("#")) & _INDICATORS
