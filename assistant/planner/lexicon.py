"""Every name the planner knows, as one trie over word tokens: places, sectors, fuels, measures, ratios, parts.

The names come from the declarations: ``data/classifications``, the measures and their parts. Nothing is listed here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from data.classification import Fuel, Place, Sector, city_aliases, fuel_aliases, place_aliases, sector_aliases

if TYPE_CHECKING:
    from tools.measures import Asked, Per

_TOKEN = re.compile(r"[a-z]+[0-9]*(?:[a-z0-9]*)|\d+(?:\.\d+)?|[\u3400-\u9fff]|[^\s\w]", re.IGNORECASE)
_SKIPPED = frozenset("-_/\"'`")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, Chinese character or mark, with its place in the text."""

    text: str
    stem: str
    start: int
    end: int


def _stem(word: str) -> str:
    """An English plural as its singular; everything else as it is. Names and texts pass through the same rule."""
    if not word.isascii() or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1]


def tokens(text: str) -> list[Token]:
    """The tokens of a cleaned text; hyphens, underscores, slashes, quotes and possessive s are not tokens."""
    out: list[Token] = []
    for m in _TOKEN.finditer(text):
        word = m[0].lower()
        if word in _SKIPPED:
            continue
        if word == "s" and m.start() and text[m.start() - 1] == "'":
            continue
        out.append(Token(m[0], _stem(word), m.start(), m.end()))
    return out


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name may stand for; several may be set where one word names several things (煤炭, power)."""

    place: Place | None = None
    sector: Sector | None = None
    fuel: Fuel | None = None
    measure: Asked | None = None
    per: Per | None = None
    parts: tuple[tuple[str, str], ...] = ()  # (measure key, part key)
    variants: tuple[tuple[str, str], ...] = ()  # (measure key, variant key)
    city: str | None = None  # key of the city inventory
    document: str | None = None  # a document of the corpus
    concept: str | None = None  # a term of the policy glossary


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    meaning: Meaning | None = None


class Lexicon:
    """A trie from token stems to meanings."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, name: str, meaning: Meaning) -> None:
        """Add a meaning to a name; what is set already stays."""
        node = self._root
        stems = [t.stem for t in tokens(name.lower())]
        if not stems:
            return
        for stem in stems:
            node = node.children.setdefault(stem, _Node())
        old = node.meaning or Meaning()
        node.meaning = replace(
            old,
            place=old.place or meaning.place,
            sector=old.sector or meaning.sector,
            fuel=old.fuel or meaning.fuel,
            measure=old.measure or meaning.measure,
            per=old.per or meaning.per,
            parts=(*old.parts, *(p for p in meaning.parts if p not in old.parts)),
            variants=(*old.variants, *(v for v in meaning.variants if v not in old.variants)),
            city=old.city or meaning.city,
            document=old.document or meaning.document,
            concept=old.concept or meaning.concept,
        )

    def longest(self, words: list[Token], at: int) -> tuple[int, Meaning] | None:
        """(number of tokens, meaning) of the longest name that begins at a token; None where none does."""
        node, best = self._root, None
        for length, word in enumerate(words[at:], start=1):
            following = node.children.get(word.stem)
            if following is None:
                break
            node = following
            if node.meaning is not None:
                best = (length, node.meaning)
        return best


# One Chinese character or two capital letters are names of places only in company; the reader decides.
def short_place(name: str) -> bool:
    """Whether a place's name is an abbreviation that is read only in context."""
    return len(name) == 1 or (len(name) <= 3 and name.isascii() and name.isupper() and name not in ("YRD", "JJJ"))


@cache
def short_places() -> dict[str, Place]:
    """The abbreviations of provinces: 粤, GD."""
    return {name: place for name, place in place_aliases().items() if short_place(name)}


def lexicon() -> Lexicon:
    """The lexicon of all declarations; renewed when a measure is declared or removed."""
    from tools.measures import MEASURES

    return _lexicon(MEASURES.version)


_ALSO_CO2 = (
    "CO2 output", "carbon output", "energy-related emissions", "energy-related CO2", "total energy-related emissions",
    "fossil emissions",
)  # fmt: skip
_CARBON = ("二氧化碳", "碳", "CO2")


def _spellings(name: str) -> tuple[str, ...]:
    """A measure's Chinese name with each way to write carbon: 排放因子, 碳排放因子, 二氧化碳排放因子."""
    for word in ("二氧化碳排放", "碳排放", "CO2排放", "排放"):
        if word in name and name != word:
            rest = name.replace(word, "{}", 1)
            return (name, *(rest.format(f"{carbon}排放") for carbon in _CARBON), rest.format("排放"))
    return (name,)


@cache
def _lexicon(version: int) -> Lexicon:
    from tools.measures import MEASURES, PER_WORDS, phrases

    out = Lexicon()
    for name, asked in phrases().items():
        for spelling in _spellings(name):
            out.add(spelling, Meaning(measure=asked))
    for name in _ALSO_CO2:
        out.add(name, Meaning(measure=phrases()["co2"]))
    for per, words in PER_WORDS.items():
        for word in words:
            out.add(word, Meaning(per=per))
    for name, place in place_aliases().items():
        if not short_place(name):
            out.add(name, Meaning(place=place))
    for name, sector in sector_aliases().items():
        out.add(name.replace("_", " "), Meaning(sector=sector))
    for name, fuel in fuel_aliases().items():
        out.add(name.replace("_", " "), Meaning(fuel=fuel))
    for name, key in city_aliases().items():
        out.add(name, Meaning(city=key))
    for measure in MEASURES:
        for part in measure.parts:
            for name in (part.name.zh, part.name.en, *part.aliases):
                out.add(name, Meaning(parts=((measure.key, part.key),)))
        for variant in measure.variants:
            for name in (variant.name.zh, variant.name.en, *variant.aliases):
                out.add(name, Meaning(variants=((measure.key, variant.key),)))
    return out


@cache
def policy_lexicon() -> Lexicon:
    """Documents of the corpus and terms of its glossary. Read apart: 煤炭占比 is a term and names coal as well."""
    from knowledge.corpus import shipped_corpus
    from knowledge.glossary import load_glossary

    out = Lexicon()
    places = {p.name.en: p for p in place_aliases().values() if p.kind == "province"}
    for document in shipped_corpus().documents.values():
        number = [document.number] if document.number else []
        for name in (document.id, document.title.zh, document.title.en, *number, *document.aliases):
            out.add(name, Meaning(document=document.id, place=places.get(document.place)))
    for form, concept in load_glossary().forms().items():
        out.add(form, Meaning(concept=concept))
    return out
