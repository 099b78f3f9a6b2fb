"""The list of measures and how a name finds one. ``MEASURES.declare`` is all a new measure needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from data.characters import folded
from data.errors import BadRequest, UnknownName
from data.text import Text
from tools.measures.declare import Measure, Part, Per, Variant

# The measure that stands under the line of "per head", "per GDP", "per output".
DENOMINATORS: dict[Per, str] = {
    "head": "population",
    "gdp": "gdp",
    "output": "output",
    "electricity": "electricity_use",
}
# Words that ask for a ratio whatever the measure is.
PER_WORDS: dict[Per, tuple[str, ...]] = {
    "head": (
        "人均", "每人", "每人平均", "按人口平均", "per head", "per capita", "per person", "per-capita", "per_capita",
        "percapita", "each person",
    ),
    "gdp": (
        "单位GDP", "万元GDP", "每万元GDP", "单位生产总值", "单位地区生产总值", "每万元地区生产总值", "每单位GDP", "per GDP",
        "per unit of GDP", "per unit GDP", "per yuan of GDP", "per 10k yuan of GDP", "per_gdp", "GDP intensity",
        "per 10,000 yuan", "per 10,000 yuan of GDP", "relative to GDP",
    ),
    "output": (
        "单位产值", "单位产出", "万元产值", "每万元产值", "单位总产出", "per output", "per unit of output",
        "per gross output", "per_output", "per unit of gross output",
    ),
    "electricity": (
        "占用电量", "占用电量比重", "占用电量的比重", "占全社会用电量", "占全社会用电量比重", "占全社会用电量的比重", "per_electricity",
        "relative to electricity consumption", "as a share of electricity consumption",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a phrase asks for: a measure, perhaps per something, perhaps one part or one variant of it."""

    measure: str
    per: Per = "none"
    part: str | None = None
    variant: str | None = None


class Register:
    """The measures in their order. Declaring or removing one renews the phrases."""

    def __init__(self) -> None:
        self._measures: dict[str, Measure] = {}
        self.version = 0

    def declare(self, measure: Measure) -> Measure:
        """Add a measure. Raises ValueError where its key is taken."""
        if measure.key in self._measures:
            raise ValueError(f"measure {measure.key!r} is declared twice")
        self._measures[measure.key] = measure
        self.version += 1
        return measure

    def remove(self, key: str) -> None:
        """Take a measure out again. Raises KeyError where there is none."""
        del self._measures[key]
        self.version += 1

    def __getitem__(self, key: str) -> Measure:
        return self._measures[key]

    def __contains__(self, key: object) -> bool:
        return key in self._measures

    def __iter__(self) -> Iterator[Measure]:
        return iter(self._measures.values())

    def __len__(self) -> int:
        return len(self._measures)


MEASURES = Register()


@cache
def _phrases(version: int) -> dict[str, Asked]:
    out: dict[str, Asked] = {}
    for measure in MEASURES:
        whole = Asked(measure.key)
        for name in (measure.key, measure.name.zh, measure.name.en, *measure.aliases):
            out.setdefault(name, whole)
        for ratio in measure.ratios:
            asked = Asked(measure.key, ratio.per)
            for name in (f"{measure.key}_per_{ratio.per}", ratio.name.zh, ratio.name.en, *ratio.aliases):
                out.setdefault(name, asked)
    return out


def phrases() -> dict[str, Asked]:
    """Every written name of a measure or of one of its ratios, for readers that look for names in a sentence."""
    return _phrases(MEASURES.version)


@cache
def _folded(version: int) -> dict[str, Asked]:
    return {folded(name): asked for name, asked in reversed(_phrases(version).items())}


def find_measure(text: str) -> Asked:
    """The measure a name stands for ("co2", 人均碳排放, "GDP"). Raises UnknownName with the nearest names."""
    known = _folded(MEASURES.version)
    key = folded(text)
    if key in known:
        return known[key]
    for per, words in PER_WORDS.items():
        for word in sorted((folded(w) for w in words), key=len, reverse=True):
            rest = known.get(key.replace(word, "", 1)) if word in key else None
            if rest is not None and any(r.per == per for r in MEASURES[rest.measure].ratios):
                return Asked(rest.measure, per)
    near = _nearest(key, list(known))
    names = tuple(dict.fromkeys(MEASURES[known[n].measure].key for n in near))
    zh = "、".join(f"{MEASURES[k].name.zh}（{k}）" for k in names) or "、".join(m.key for m in MEASURES)
    en = ", ".join(f"{MEASURES[k].name.en} ({k})" for k in names) or ", ".join(m.key for m in MEASURES)
    raise UnknownName(
        "unknown_measure",
        Text(f"没有名为“{text}”的指标；可用的有：{zh}。", f"There is no measure named '{text}'; available: {en}."),
        names,
    )


def _nearest(key: str, known: list[str], least: float = 55, limit: int = 3) -> list[str]:
    from rapidfuzz import fuzz, process

    return [hit[0] for hit in process.extract(key, known, scorer=fuzz.ratio, limit=limit, score_cutoff=least)]


def find_part(measure: Measure, text: str, extra: tuple[Part, ...] = ()) -> Part:
    """The part of a measure that a name stands for. ``extra``: parts that are names in the data.

    Raises BadRequest where the measure has no parts, UnknownName with the nearest where it has no such part.
    """
    parts = (*measure.parts, *extra)
    if not parts:
        raise BadRequest(
            "no_parts",
            Text(f"“{measure.name.zh}”没有分项；请去掉“{text}”。",
                 f"{measure.name.en} has no parts; leave out '{text}'."),
        )  # fmt: skip
    known = {folded(n): p for p in reversed(parts) for n in (p.key, p.name.zh, p.name.en, *p.aliases)}
    key = folded(text)
    if key in known:
        return known[key]
    near = [known[n] for n in _nearest(key, list(known))]
    word = Text("相近的有", "nearest") if near else Text("可用的有", "there are")
    near = near or list(parts[:8])
    zh, en = "、".join(dict.fromkeys(p.name.zh for p in near)), ", ".join(dict.fromkeys(p.name.en for p in near))
    raise UnknownName(
        "unknown_part",
        Text(f"“{measure.name.zh}”没有分项“{text}”；{word.zh}：{zh}。",
             f"{measure.name.en} has no part '{text}'; {word.en}: {en}."),
        tuple(dict.fromkeys(p.name.en for p in near)),
    )  # fmt: skip


def find_variant(measure: Measure, text: str) -> Variant:
    """The variant of a measure that a name stands for. Raises UnknownName with those there are."""
    for variant in measure.variants:
        if folded(text) in {folded(n) for n in (variant.key, variant.name.zh, variant.name.en, *variant.aliases)}:
            return variant
    zh = "、".join(v.name.zh for v in measure.variants) or "（无）"
    en = ", ".join(f"{v.key} ({v.name.en})" for v in measure.variants) or "none"
    raise UnknownName(
        "unknown_variant",
        Text(f"“{measure.name.zh}”没有口径“{text}”；可用的有：{zh}。",
             f"{measure.name.en} has no variant '{text}'; available: {en}."),
        tuple(v.key for v in measure.variants),
    )  # fmt: skip


def _catalogue() -> None:
    from tools.measures import economy, emissions, energy, power

    for module in (emissions, economy, power, energy):
        for measure in module.DECLARED:
            MEASURES.declare(measure)


_catalogue()
