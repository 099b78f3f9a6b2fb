"""Which place each sector of a question belongs to: 江苏的建筑业与河北的钢铁, steel in Hebei and construction in Jiangsu."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.planner.compile_io import MAKERS
from assistant.planner.reader import Reading
from data.classification import NATION, Place, Sector, sector

# What may stand between a place and its sector: Jiangsu's construction, 江苏省的建筑业, Hebei provincial steel.
_OWN = re.compile(
    r"\s*(?:'s|')?\s*(?:省|市|自治区)?\s*(?:provinc\w+)?\s*(?:的|之|\(|本地|当地|local)?\s*", re.IGNORECASE
)
# And between a sector and its place: steel in Hebei, construction industry of Jiangsu, 钢铁(河北).
_IN = re.compile(
    r"\s*(?:行业|产业|业|部门|sectors?|industry|industries|producers?|makers?)?\s*"
    r"(?:\(|\b(?:in|of|at|from|across|within|located in)\b)\s*(?:the\s+)?(?:province of\s+)?",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s*(?:行业|产业|业|部门|sectors?|industry|industries)?\s*(?:、|,|和|与|及|以及|同|跟|\band\b|\bwith\b|&|\+)\s*(?:the\s+)?",
    re.IGNORECASE,
)


_NO_INDUSTRY = frozenset({"other", "others", "其他", "其它"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A sector of a place, the sector as a tool is to be given it; ``start`` is where it stands in the text."""

    place: Place
    sector: Sector
    called: str
    start: int


@dataclass(slots=True)
class _Item:
    """A place or a sector in the text; the place or places of a sector are found one after the other."""

    start: int
    end: int
    place: Place | None
    sector: Sector | None
    of: tuple[Place, ...] = ()


def pairs(reading: Reading) -> tuple[Pair, ...]:
    """The sectors named, each with its place, in the order of the text; a fuel stands for the sector that makes it.

    A sector takes the place right before it or, in English, right after it ("in", "of"); sectors in a row share one, places in
    a row share a sector (江苏和河北的钢铁 are two pairs). One without a place of its own takes that of the sector before it,
    else the first place named. Nothing where no place or no sector is named; China counts as a place only where no other is.
    """
    items = _items(reading)
    placed = any(p != NATION for p in reading.places)
    if placed:
        items = [i for i in items if i.place != NATION]
    _before(reading.text, items)
    _after(reading.text, items)
    default = tuple(p for p in reading.places if p != NATION or not placed)[:1]
    out: list[Pair] = []
    last = default
    for item in items:
        if item.sector is None:
            continue
        last = item.of or last
        for where in last:
            pair = Pair(where, item.sector, reading.called(item.sector), item.start)
            if not any(p.place == pair.place and p.sector == pair.sector for p in out):
                out.append(pair)
    return tuple(out)


def industry(what: Sector, text: str = "") -> bool:
    """Whether a name stands for an industry of its own: not households, totals, production at large or "other"."""
    return what.kind not in ("total", "households") and what.key != "production" and text.lower() not in _NO_INDUSTRY


def _items(reading: Reading) -> list[_Item]:
    """Places and sectors in the order of the text."""
    out = []
    for m in reading.mentions:
        if not m.text:
            continue
        where, what = m.meaning.place, m.meaning.sector
        if what is None and m.meaning.fuel is not None and m.meaning.fuel.key in MAKERS:
            what = sector(MAKERS[m.meaning.fuel.key])
        left = where in reading.excluded or what in reading.excluded_sectors
        if left or (what is not None and not industry(what, m.text)):
            continue
        if where is not None or what is not None:
            out.append(_Item(m.start, m.end, where, what))
    return sorted(out, key=lambda i: i.start)


def _before(text: str, items: list[_Item]) -> None:
    """Give each sector the run of places right before it, or what the sector it is joined to has."""
    for k, item in enumerate(items):
        if item.sector is None or k == 0:
            continue
        last = items[k - 1]
        gap = text[last.end : item.start]
        if last.sector is not None and _AND.fullmatch(gap):
            item.of = last.of
        elif last.place is not None and _OWN.fullmatch(gap) and not _taken(text, items, k - 1):
            run = [last.place]
            for j in range(k - 2, -1, -1):
                other = items[j]
                joined = _AND.fullmatch(re.sub(r"^(?:'s|')", "", text[other.end : items[j + 1].start]))
                if other.place is None or not joined or _taken(text, items, j):
                    break
                run.insert(0, other.place)
            item.of = tuple(run)


def _taken(text: str, items: list[_Item], k: int) -> bool:
    """Whether a place already belongs to the sector before it: steel in Hebei."""
    return (
        k > 0 and items[k - 1].sector is not None and _IN.fullmatch(text[items[k - 1].end : items[k].start]) is not None
    )


def _after(text: str, items: list[_Item]) -> None:
    """Give each sector the place said after it: steel in Hebei; those joined before it share the place."""
    for k in range(len(items) - 2, -1, -1):
        item, following = items[k], items[k + 1]
        if item.sector is None:
            continue
        gap = text[item.end : following.start]
        if following.place is not None and _IN.fullmatch(gap):
            item.of = _run(text, items, k + 1)
        elif not item.of and following.sector is not None and _AND.fullmatch(gap) and following.of:
            item.of = following.of


def _run(text: str, items: list[_Item], k: int) -> tuple[Place, ...]:
    """The places joined to one another from item ``k`` on, without one that opens a sector of its own (Jiangsu's …)."""
    run = []
    for j in range(k, len(items)):
        where = items[j].place
        if where is None or (j > k and not _AND.fullmatch(text[items[j - 1].end : items[j].start])):
            break
        following = items[j + 1] if j + 1 < len(items) else None
        own = (
            following is not None
            and following.sector is not None
            and _OWN.fullmatch(text[items[j].end : following.start])
        )
        if j > k and own:
            break
        run.append(where)
    return tuple(run)
