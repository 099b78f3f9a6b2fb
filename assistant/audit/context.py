"""Which place, sector and year a sentence gives to each of its marked figures, and whether the fact agrees."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from assistant.audit import naming
from assistant.audit.figures import Mark
from data.classification import NATION, Place, Sector, find_place, find_sector
from data.errors import UnknownName
from tools.result import Account, Fact

T = TypeVar("T")
_CLAUSE_END = re.compile(r"[，,。；;、！？!?\n]")
_WHOLE = re.compile(
    r"全省|全市|全区|全国|总量|总排放|合计|总计|共|整体|全部|total|overall|all|altogether|whole|sum", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Context:
    """What is named about one mark: nearest (its own stretch, else what follows it), in the sentence, over it."""

    clause: str
    places: tuple[Place, ...]
    sentence_places: tuple[Place, ...]
    heading_places: tuple[Place, ...]
    sectors: tuple[Sector, ...]
    stretch: str
    shared: bool  # the mark carries several facts, so that the stretch is not of one figure alone
    years: tuple[int, ...]
    sentence_years: tuple[int, ...]
    heading_years: tuple[int, ...]


def contexts(text: str, marks: Sequence[Mark], heading: str) -> dict[Mark, Context]:
    """The context of each mark that carries a fact."""
    places = _near(text, marks, naming.places)
    sectors = _near(text, marks, naming.sectors)
    years = _near(text, marks, naming.years)
    out = {}
    for at, mark in enumerate(marks):
        start = marks[at - 1].end if at else 0
        out[mark] = Context(
            clause=_clause(text, start, mark),
            places=places[at],
            sentence_places=_all(naming.places(text)),
            heading_places=_all(naming.places(heading)),
            sectors=sectors[at],
            stretch=text[start : mark.start],
            shared=len(mark.facts) > 1,
            years=years[at],
            sentence_years=_all(naming.years(text)),
            heading_years=_all(naming.years(heading)),
        )
    return out


def named_wrongly(fact: Fact, context: Context) -> Literal["region", "sector", "year"] | None:
    """Which of region, sector and year the sentence gives a figure otherwise than its fact has them; None: none."""
    if not _region_fits(fact, context):
        return "region"
    if not _year_fits(fact, context):
        return "year"
    return None if _sector_fits(fact, context) else "sector"


def _near(text: str, marks: Sequence[Mark], find: Callable[[str], tuple[tuple[int, T], ...]]) -> list[tuple[T, ...]]:
    """What is named for each mark: in the stretch before it, else in the rest of its clause after it.

    A name that an earlier figure took from behind it ("556.9 Mt [F1] in Guangdong and …") is not the next one's.
    """
    found = find(text)
    out: list[tuple[T, ...]] = []
    taken: set[int] = set()
    for at, mark in enumerate(marks):
        start = marks[at - 1].end if at else 0
        before = tuple(item for position, item in found if start <= position < mark.start and position not in taken)
        if before:
            out.append(before)
            continue
        limit = marks[at + 1].start if at + 1 < len(marks) else len(text)
        stop = _CLAUSE_END.search(text, mark.end, limit)
        end = stop.start() if stop else limit
        after = [(position, item) for position, item in found if mark.end <= position < end]
        taken.update(position for position, _ in after)
        out.append(tuple(item for _, item in after))
    return out


def _clause(text: str, start: int, mark: Mark) -> str:
    """The words about a mark's figure: from the last full stop or mark before it to the end of its clause."""
    stop = _CLAUSE_END.search(text, mark.end)
    end = stop.start() if stop else len(text)
    following = text.find("[", mark.end, end)
    return text[start : mark.start] + " " + text[mark.end : following if following >= 0 else end]


def _all(found: tuple[tuple[int, T], ...]) -> tuple[T, ...]:
    return tuple(item for _, item in found)


def _label(fact: Fact) -> str:
    return f"{fact.label.zh} {fact.label.en} {fact.scenario or ''}"


def _region_fits(fact: Fact, context: Context) -> bool:
    allowed = [*_region(fact), *_all(naming.places(_label(fact)))]
    if not allowed:
        return True
    national = any(naming.is_nation(p) for p in allowed)
    several = len({p.code for p in allowed if not naming.is_nation(p)}) > 1  # a comparison is of just these
    for named in (context.places, context.sentence_places, context.heading_places):
        telling = [p for p in named if national or not naming.is_nation(p)]
        if telling:
            fits = [any(naming.agree(p, region) for region in allowed) for p in telling]
            return all(fits) if several and named is context.places else any(fits)
    # only the nation is named, and the fact is a province's: "2nd in the nation" has the province in its label
    return not (context.places or context.sentence_places) or fact.region is None or fact.unit == "rank"


def _region(fact: Fact) -> list[Place]:
    if fact.region is None:
        return []
    try:
        return [NATION if fact.region == "China" else find_place(fact.region)]
    except UnknownName:
        return []  # a place of a document or table that the classification does not list cannot be checked


def _year_fits(fact: Fact, context: Context) -> bool:
    allowed = {year for _, year in naming.years(_label(fact))} | ({fact.year} if fact.year is not None else set())
    if fact.unit == "year":
        allowed.add(round(fact.value))
    if not allowed:
        return True
    for named in (context.years, context.sentence_years, context.heading_years):
        if named:
            return bool(allowed & set(named))
    return True


def _sector_fits(fact: Fact, context: Context) -> bool:
    named = context.sectors
    if not named:
        return True
    own = [*_sector(fact), *_all(naming.sectors(_label(fact)))]
    if own:
        return any(naming.overlap(one, other) for one in named for other in own)
    emission = fact.account in (Account.SCOPE1, Account.CONSUMPTION_DOMESTIC) and fact.unit == "Mt CO2"
    return not emission or fact.region is None or context.shared or bool(_WHOLE.search(context.stretch))


def _sector(fact: Fact) -> list[Sector]:
    if fact.sector is None:
        return []
    try:
        return [find_sector(fact.sector)]
    except UnknownName:
        return []  # a sector of another list (a document's) cannot be checked
