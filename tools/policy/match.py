"""Finds the targets a question asks for: similarity of topics, then year, place and document.

A topic is compared by its glossary concepts, words and character pairs, weighted by how rare they are among the
targets (cosine similarity), in Chinese and in English apart; the nearer language counts.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from data.classification import PROVINCES
from knowledge.glossary import load_glossary, normalise
from knowledge.segment import pairs, words
from tools.policy.features import Bag, features, indicators
from tools.policy.headlines import headlines
from tools.policy.question import Asked, bare_topic, without_sector
from tools.policy.rows import Target

_SECTOR = 0.5
_LEAST_COVER = 0.5  # share of the question's weight a target must share to be an answer at all
_SAME_TOPIC = 0.8  # similarity relative to the best that counts as the same topic
_IN_SIGHT = 0.6  # similarity relative to the best below which a target is not looked at
_FAVOUR = 1.3  # what a named figure, a named field of action or an upper limit adds to a target that has it
_UNKNOWN = 0.3  # weight of a word no target has, relative to the rarest
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Scored:
    """A target and how near its topic is; ``cover`` is the share of the question's weight it shares."""

    target: Target
    similarity: float
    cover: float


class Matcher:
    """Topics of all targets, weighted. Built once per dataset."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self.targets = tuple(targets)
        self._bags = [self._target_bags(t) for t in self.targets]
        count: Counter[str] = Counter(f for zh, en in self._bags for f in {*zh, *en})
        self._idf = {f: math.log(1 + len(self.targets) / n) for f, n in count.items()}
        self._rarest = max(self._idf.values(), default=1.0)

    @staticmethod
    def _target_bags(target: Target) -> tuple[Bag, Bag]:
        both = []
        for topic, sector in ((target.topic_zh, target.sector_zh), (target.topic_en, target.sector_en)):
            bag = {f: w * _SECTOR for f, w in features(sector).items()}
            both.append(bag | features(bare_topic(normalise(topic))))
        concepts = {f: w for bag in both for f, w in bag.items() if f.startswith("#")}
        return concepts | both[0], concepts | both[1]

    def knows(self, word: str) -> bool:
        """Whether any target has this word."""
        return word in self._idf

    def _weigh(self, bag: Bag) -> Bag:
        return {f: w * self._idf.get(f, self._rarest * _UNKNOWN) for f, w in bag.items()}

    def score(self, topic: str) -> list[Scored]:
        """All targets by nearness to a topic, nearest first; those that share nothing are left out."""
        query = self._weigh(features(topic, asked=True))
        norm = math.sqrt(sum(w * w for w in query.values()))
        if not norm:
            return []
        out: list[Scored] = []
        for target, bags in zip(self.targets, self._bags, strict=True):
            best = max((self._near(query, norm, self._weigh(bag)) for bag in bags), key=lambda s: s[0])
            if best[0] > 0:
                out.append(Scored(target, *best))
        return sorted(out, key=lambda s: (-s.similarity, s.target.ord))

    @staticmethod
    def _near(query: Bag, norm: float, row: Bag) -> tuple[float, float]:
        shared = [f for f in query if f in row]
        dot = sum(query[f] * row[f] for f in shared)
        size = math.sqrt(sum(w * w for w in row.values()))
        cover = sum(query[f] ** 2 for f in shared) / norm**2
        return (dot / (norm * size) if size else 0.0), cover


@lru_cache(maxsize=4)
def matcher(targets: tuple[Target, ...]) -> Matcher:
    """The matcher of these targets, built once."""
    return Matcher(targets)


@dataclass(frozen=True, slots=True)
class Match:
    """The targets that answer a question, best first, and how they differ from what was asked."""

    rows: tuple[Target, ...]
    other_year: bool = False  # none is for the year asked
    wider_place: bool = False  # none is for the place asked, these are national or wider
    other_document: bool = False  # none is in the document asked
    listed: bool = False  # a list was asked for, not one indicator
    other_topic: bool = False  # none is on the topic: these are all of the document or the field asked for
    nearest: tuple[Target, ...] = ()  # where nothing matched: the nearest topics
    parts: tuple[Target, ...] = ()  # the other parts of the whole asked for, where only its parts have targets


def find_targets(targets: tuple[Target, ...], asked: Asked) -> Match:
    """The targets for a question. A Match without rows means nothing answers it; ``nearest`` then helps on."""
    scored = matcher(targets).score(asked.topic)
    rest = without_sector(asked.topic, asked.sector)
    strange = _strange(rest, matcher(targets))
    listed = not words(rest) or (asked.listing and asked.sector is not None and not load_glossary().find(rest))
    listed = listed or (asked.sector is not None and strange)
    figured = _by_figure(targets, asked, scored)
    if figured:
        return Match(figured)
    if asked.at_large and not (asked.listing or asked.documents or asked.sector or asked.scope == "global"):
        headline = headlines([t for t in targets if _in_years(t, asked)], asked.scope or "China")
        if headline:
            return Match(tuple(without_repeats(headline)), listed=True)
    if listed:
        wanted = [t for t in targets if asked.sector in (None, t.sector)]
        told = asked.sector or (not strange and (asked.documents or asked.first or asked.scope))
        pool = [Scored(t, 1.0, 1.0) for t in wanted] if told else []
    else:
        pool = [] if _unheard(asked, matcher(targets)) else [s for s in scored if s.cover >= _LEAST_COVER]
        pool = _of_indicator(pool, asked)
    pool = _favoured(_at_home(pool, asked), asked)
    best = max((s.similarity for s in pool), default=0.0)
    cover = max((s.cover for s in pool), default=0.0)
    for document, place, year in _WIDENING:
        if listed and _too_wide(asked, document, place):
            continue
        if document and not year and not indicators(asked.topic) and (same := _of_year(targets, asked)):
            return Match(same, listed=True)
        found = [s for s in pool if _fits(s.target, asked, document, place, year)]
        if found and (found[0].similarity >= _IN_SIGHT * best or found[0].cover >= 0.95 * cover):
            rows = _alike(found)
            return Match(
                rows=tuple(_narrow(rows, asked)),
                other_year=asked.first is not None and not year,
                wider_place=asked.scope not in (None, "China", "global") and place != "own",
                other_document=bool(asked.documents) and not document,
                listed=listed,
                other_topic=listed and strange,
                parts=() if listed else _other_parts(rows[0], found, asked),
            )
    return _of_document(targets, asked) or Match((), nearest=_distinct(s.target for s in scored))


def _of_indicator(pool: list[Scored], asked: Asked) -> list[Scored]:
    """The candidates of the indicator the question names; all of them where it names none, or none of ours has it."""
    named = indicators(asked.topic)
    kept = [s for s in pool if named & (indicators(s.target.topic_zh) | indicators(s.target.topic_en))] if named else []
    return kept or pool


def _by_figure(targets: tuple[Target, ...], asked: Asked, scored: Sequence[Scored]) -> tuple[Target, ...]:
    """The targets with a figure that the question names, of its place, year and document; nearest topics first.

    Where no document is named the topic must be shared: a figure alone stands in many places.
    """
    near = {s.target.ord: s.similarity for s in scored if s.cover >= _LEAST_COVER or asked.documents}
    near = {t.ord: 0.0 for t in targets if t.document in asked.documents} | near
    rows = [
        t
        for t in targets
        if t.ord in near
        and t.value is not None
        and any(math.isclose(t.value, f) for f in asked.figures)
        and _fits(t, asked, document=True, place="own", year=True)
    ]
    best = max((near[t.ord] for t in rows), default=0.0)
    rows = [t for t in rows if near[t.ord] >= _SAME_TOPIC * best]
    return tuple(without_repeats(sorted(rows, key=lambda t: (-near[t.ord], not t.verified, t.ord))))


def _other_parts(best: Target, found: list[Scored], asked: Asked) -> tuple[Target, ...]:
    """Where wind and solar together were asked for and the plan sets them apart: the parts beside the one found."""
    glossary = load_glossary()
    wholes = {term.concept for term in glossary.find(normalise(asked.topic))}

    def part(target: Target) -> str | None:
        own = [term.concept for term in glossary.find(bare_topic(normalise(target.topic_zh)))]
        return None if wholes & {*own} else next((c for c in own if glossary.broader.get(c) in wholes), None)

    first, same = part(best), ("document", "target_year", "unit", "scope")
    others = {c: s.target for s in reversed(found) if (c := part(s.target)) not in (None, first)
              and all(getattr(s.target, term) == getattr(best, term) for term in same)}  # fmt: skip
    return tuple(others.values()) if first is not None and best.value is not None else ()


def _favoured(pool: list[Scored], asked: Asked) -> list[Scored]:
    """The candidates with those first that have what the question names beside the topic: figure, field, upper limit."""
    out = []
    for s in pool:
        t = s.target
        named = t.value is not None and any(math.isclose(t.value, f) for f in asked.figures)
        field = asked.sector is not None and t.sector == asked.sector
        capped = asked.capped and (t.direction == "cap" or t.comparator == "le")
        out.append(replace(s, similarity=s.similarity * _FAVOUR ** sum((2 * named, field, capped))))
    return sorted(out, key=lambda s: (-s.similarity, s.target.ord))


def _of_document(targets: tuple[Target, ...], asked: Asked) -> Match | None:
    """All targets of the documents named, where none is on the topic; None where no document with targets is named."""
    rows = [t for t in targets if t.document in asked.documents]
    rows = _prefer(rows, lambda t: _in_years(t, asked))
    named = indicators(asked.topic)
    own = [t for t in rows if _in_years(t, asked) and named & indicators(t.topic_en)]
    if own:
        return Match(tuple(own))
    return Match(tuple(rows), listed=True, other_topic=True) if rows and asked.topic else None


def _of_year(targets: tuple[Target, ...], asked: Asked) -> tuple[Target, ...]:
    """All targets of the documents and the year named: told before those of other years on a nearer topic."""
    if not asked.documents or asked.first is None:
        return ()
    rows = [t for t in targets if t.document in asked.documents and t.value is not None and _in_years(t, asked)]
    return tuple(_narrow(without_repeats(rows), asked))


def _alike(found: list[Scored]) -> list[Target]:
    """The targets of the nearest topic, nearest first, read ones before unread, figures before words."""
    best = found[0].similarity
    kept = [s for s in found if s.similarity >= _SAME_TOPIC * best]
    order = sorted(
        kept,
        key=lambda s: (-round(s.similarity / best, 1), not s.target.verified, s.target.value is None, s.target.ord),
    )
    return without_repeats([s.target for s in order])


def without_repeats(rows: list[Target]) -> list[Target]:
    """The rows without the unread ones that only repeat a figure read elsewhere for the same place and years."""
    read = [t for t in rows if t.verified]
    return [t for t in rows if t.verified or not any(same_figure(t, r) and same_indicator(t, r) for r in read)]


def same_figure(one: Target, other: Target) -> bool:
    """Whether two targets set one figure: value, unit, years, base year and place."""
    terms = ("value", "unit", "from_year", "target_year", "base_year", "scope", "comparator", "kind")
    return all(getattr(one, term) == getattr(other, term) for term in terms)


def _strange(rest: str, known: Matcher) -> bool:
    """Whether what a question says beyond the field of action is something no target speaks of (employment, 就业人数)."""
    content = [*words(rest), *(f"2{p}" for p in pairs(rest)), *(f"#{c}" for c in load_glossary().concepts(rest))]
    return bool(content) and not any(known.knows(c) for c in content)


def _unheard(asked: Asked, known: Matcher) -> bool:
    """Whether a Chinese question names something in Latin letters (PUE, CCUS) that no target speaks of."""
    if not _CHINESE.search(asked.text):
        return False
    return any(w.isascii() and w.isalpha() and not known.knows(w) for w in words(asked.topic))


# What of the question is held to, from everything to nothing: document, place, year.
_WIDENING: tuple[tuple[bool, str, bool], ...] = (
    (True, "own", True), (True, "nation", True), (True, "own", False), (True, "nation", False), (True, "any", False),
    (False, "own", True), (False, "nation", True), (False, "own", False), (False, "nation", False),
    (False, "any", True), (False, "any", False),
)  # fmt: skip


@cache
def _local(scope: str) -> bool:
    """Whether a scope is a province or a city: its targets answer no question that names no place."""
    return scope == "Guangzhou" or any(p.name.en == scope for p in PROVINCES)


def _too_wide(asked: Asked, document: bool, place: str) -> bool:
    """A list is never widened beyond the document asked for, nor a list of a place's targets beyond the place."""
    if asked.documents:
        return not document
    return asked.sector is None and asked.scope is not None and place != "own"


def _at_home(pool: list[Scored], asked: Asked) -> list[Scored]:
    """The candidates without those of other provinces and cities; where no place was named those count if nothing else does."""
    own = {asked.scope, "Guangdong" if asked.scope == "Guangzhou" else asked.scope}
    near = [
        s for s in pool if s.target.scope in own or s.target.document in asked.documents or not _local(s.target.scope)
    ]
    return near if near or asked.scope is not None else pool


def _fits(target: Target, asked: Asked, document: bool, place: str, year: bool) -> bool:
    if document and asked.documents and target.document not in asked.documents:
        return False
    if place == "own" and asked.scope is not None and target.scope != asked.scope:
        return False
    unplaced = place == "own" and asked.scope is None and not asked.documents
    if (place == "nation" or unplaced) and (_local(target.scope) or target.scope == "global"):
        return False
    return not year or _in_years(target, asked)


def _in_years(target: Target, asked: Asked) -> bool:
    if asked.first is None or asked.last is None:
        return True
    if target.target_year is None:
        return False
    if asked.each:
        return any(target.covers(year) for year in asked.each)
    if not asked.period:
        return target.covers(asked.last)
    return asked.first <= target.target_year <= asked.last


def _narrow(rows: list[Target], asked: Asked) -> list[Target]:
    """Of targets on one topic: the field of action named, outcomes only where asked for, of a plan period its end."""
    rows = _prefer(rows, lambda t: t.sector == asked.sector)
    rows = _prefer(rows, lambda t: (t.kind == "outcome") == (asked.actual or asked.judging))
    if asked.period and not asked.listing:
        spans = [t for t in rows if t.from_year == asked.first and t.target_year == asked.last]
        rows = spans or _prefer(rows, lambda t: t.target_year == asked.last and t.from_year is None)
        rows = _prefer(rows, lambda t: t.base_year == (asked.first or 0) - 1)
    return rows


def _prefer(rows: list[Target], wanted: Callable[[Target], bool]) -> list[Target]:
    """The rows that are wanted, or all where none is."""
    return [t for t in rows if wanted(t)] or rows


def same_indicator(one: Target, other: Target) -> bool:
    """Whether two targets are of one indicator: the same glossary concepts (else the same words) in the same unit."""
    return one.unit == other.unit and _indicator(one.topic_zh) == _indicator(other.topic_zh)


def _indicator(topic: str) -> frozenset[str]:
    plain = bare_topic(normalise(topic))
    return frozenset(load_glossary().concepts(plain)) or frozenset(words(plain))


def _distinct(targets: Iterable[Target]) -> tuple[Target, ...]:
    seen: dict[str, Target] = {}
    for target in targets:
        seen.setdefault(target.topic_zh, target)
    return tuple(seen.values())[:3]
