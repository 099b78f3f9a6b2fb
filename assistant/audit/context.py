"""Which place, sector and year a sentence gives to each of its marked figures, and whether the fact agrees."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from assistant.audit import naming
from assistant.audit.figures import Figure, Mark
from data.classification import NATION, Place, Sector, find_place, find_sector
from data.errors import UnknownName
from tools.result import Account, Fact

T = TypeVar("T")
_CLAUSE_END = re.compile(r"[，,。；;、！？!?\n]")
# between a mark and a name that belongs to it: "[F1] in 2030", "[F1]（2030年"
_BEHIND = re.compile(
    r"\s*[（(]\s*(?:(?:in|for|of)\s+(?:the\s+(?:year\s+)?)?)?"
    r"|\s+(?:in|for|by|of|from|at|during|over)\s+(?:the\s+(?:year\s+)?)?",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"全省|全市|全区|全国|总量|总排放|合计|总计|共|整体|全部|total|overall|all|altogether|whole|sum", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Named(Generic[T]):
    """What is named about one mark, from near to far.

    ``own``: in its own stretch or right behind it. ``part``: before it in its part of the sentence (between
    semicolons). ``sentence``: anywhere in the sentence. ``heading``: over it. ``question``: by the asker.
    """

    own: tuple[T, ...]
    part: tuple[T, ...]
    sentence: tuple[T, ...]
    heading: tuple[T, ...]
    question: tuple[T, ...]

    def fits(
        self, agrees: Callable[[T], bool], tells: Callable[[T], bool] = lambda _: True, each: bool = False
    ) -> bool | None:
        """Whether the nearest names that tell anything agree with the fact; None where none tells.

        ``each``: all names of its own stretch must agree, not just one. A name of another part of the sentence binds
        less: it is enough that the fact's own is in the sentence, over it or in the question.
        """
        own = [item for item in self.own if tells(item)]
        if own:
            return all(map(agrees, own)) if each else any(map(agrees, own))
        part = [item for item in self.part if tells(item)]
        if part:
            return any(map(agrees, part))
        if any(map(tells, self.sentence)):
            return any(map(agrees, (*self.sentence, *self.heading, *self.question)))
        heading = [item for item in self.heading if tells(item)]
        return any(map(agrees, heading)) if heading else None


@dataclass(frozen=True, slots=True)
class Context:
    """The words about one mark's figure and what they name."""

    clause: str
    stretch: str
    shared: bool  # the mark carries several facts, so that the stretch is not of one figure alone
    places: Named[Place]
    sectors: Named[Sector]
    years: Named[int]


def contexts(
    text: str, marks: Sequence[Mark], figures: Sequence[Figure], heading: str, question: str = ""
) -> dict[Mark, Context]:
    """The context of each mark that carries a fact. A figure is no name: 2032 in "peaks by 2032 [F9]" is not a year."""
    words = text
    for figure in figures:
        words = words[: figure.start] + "\x00" * (figure.number_end - figure.start) + words[figure.number_end :]
    places = _named(words, marks, naming.places, heading, question)
    sectors = _named(words, marks, naming.sectors, heading, question)
    years = _named(words, marks, naming.years, heading, question)
    out = {}
    for at, mark in enumerate(marks):
        start = marks[at - 1].end if at else 0
        out[mark] = Context(
            clause=_clause(text, start, mark),
            stretch=text[start : mark.start],
            shared=len(mark.facts) > 1,
            places=places[at],
            sectors=sectors[at],
            years=years[at],
        )
    return out


def named_wrongly(fact: Fact, context: Context) -> Literal["region", "sector", "year"] | None:
    """Which of region, sector and year the sentence gives a figure otherwise than its fact has them; None: none."""
    if not _region_fits(fact, context):
        return "region"
    if not _year_fits(fact, context):
        return "year"
    return None if _sector_fits(fact, context) else "sector"


def _named(
    text: str, marks: Sequence[Mark], find: Callable[[str], tuple[tuple[int, T], ...]], heading: str, question: str
) -> list[Named[T]]:
    """What is named for each mark.

    Its own is what stands right behind it ("556.9 Mt [F1] in Guangdong"), else in the stretch before it, else in the
    rest of its clause. What one mark has taken from behind it is not the next one's.
    """
    found = find(text)
    whole, over, asked = _all(found), _all(find(heading)), _all(find(question))
    out: list[Named[T]] = []
    taken: set[int] = set()
    for at, mark in enumerate(marks):
        start = marks[at - 1].end if at else 0
        limit = marks[at + 1].start if at + 1 < len(marks) else len(text)
        before = [(p, item) for p, item in found if start <= p < mark.start and p not in taken]
        stop = _CLAUSE_END.search(text, mark.end, limit)
        end = stop.start() if stop else limit
        rest = [(p, item) for p, item in found if mark.end <= p < end]
        behind = rest and _BEHIND.fullmatch(text, mark.end, rest[0][0])
        own = rest if behind else before or rest
        if own is not before:
            taken.update(p for p, _ in own)
        part = max(text.rfind("；", 0, mark.start), text.rfind(";", 0, mark.start))
        prior = tuple(item for p, item in found if part < p < mark.start)
        out.append(Named(tuple(item for _, item in own), prior, whole, over, asked))
    return out


def _clause(text: str, start: int, mark: Mark) -> str:
    """The words about a mark's figure: from the last semicolon or mark before it to the end of its clause."""
    start = max(start, text.rfind("；", 0, mark.start) + 1, text.rfind(";", 0, mark.start) + 1)
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
    named = context.places
    fits = named.fits(
        lambda p: any(naming.agree(p, region) for region in allowed),
        lambda p: national or not naming.is_nation(p),
        each=several,
    )
    if fits is not None:
        return fits
    # only the nation is named, and the fact is a province's: "2nd in the nation" has the province in its label
    return not (named.own or named.sentence) or fact.region is None or fact.unit == "rank"


def _region(fact: Fact) -> list[Place]:
    if fact.region is None:
        return []
    try:
        return [NATION if fact.region == "China" else find_place(fact.region)]
    except UnknownName:
        return []  # a place of a document or table that the classification does not list cannot be checked


def _year_fits(fact: Fact, context: Context) -> bool:
    if fact.unit == "year":
        return True  # the figure itself is the year
    allowed = {year for _, year in naming.years(_label(fact))} | ({fact.year} if fact.year is not None else set())
    if not allowed:
        return True
    return context.years.fits(lambda year: year in allowed) is not False


def _sector_fits(fact: Fact, context: Context) -> bool:
    named = context.sectors.own
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
