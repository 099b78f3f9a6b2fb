"""A question read: which places, sectors, fuels, measures, years, amounts, units and cue words stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache

from assistant.planner.cues import CONTEXT, cue_spans, cues
from assistant.planner.lexicon import tokens
from assistant.planner.mentions import Mention, left_out, mentions, misspelt_measures, misspelt_places
from assistant.planner.normal import clean, language_of, spoken, structured
from assistant.planner.numbers import Amount, limit, percents, quantities
from assistant.planner.strangers import stranger
from assistant.planner.unread import Gap, gaps
from assistant.planner.years import Years, read_years
from data.classification import Fuel, Place, Sector, sector_aliases
from data.classification import sector as by_key
from data.text import Language
from tools.measures import MEASURES, Asked, Per


@dataclass(frozen=True)
class Reading:
    """All that was read of one question. Tuples keep the order of the text."""

    raw: str
    text: str
    language: Language
    mentions: tuple[Mention, ...]
    years: Years
    cues: frozenset[str]
    percents: tuple[Amount, ...]
    quantities: tuple[Amount, ...]
    limit: int | None
    excluded: tuple[Place, ...]
    excluded_sectors: tuple[Sector, ...]
    gaps: tuple[Gap, ...]  # the words that nothing read
    masked: str  # the text with the names of places blotted out
    stranger: str | None  # a word that stands where a place's name should, but is none
    sent: dict[str, object] | None = field(default=None, compare=False)  # a bot's JSON object

    @property
    def leftover(self) -> tuple[str, ...]:
        """The words that nothing read, as written."""
        return tuple(g.word for g in self.gaps)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Places named, without those left out."""
        named = (m.meaning.place for m in self.mentions)
        return tuple(dict.fromkeys(p for p in named if p is not None and p not in self.excluded))

    @cached_property
    def sectors(self) -> tuple[Sector, ...]:
        """Sectors named, without "all" and those left out."""
        named = (m.meaning.sector for m in self.mentions)
        return tuple(
            dict.fromkeys(s for s in named if s is not None and s.kind != "total" and s not in self.excluded_sectors)
        )

    def called(self, sector: Sector) -> str:
        """A sector's name for a tool: as the asker wrote it where that name is wider or narrower than the data."""
        for m in self.mentions:
            named = m.meaning.sector
            if named == sector and named.note is not None and named.note != by_key(sector.key).note and m.text:
                return _known_as(m.text) or sector.key
        return sector.key

    @cached_property
    def fuels(self) -> tuple[Fuel, ...]:
        """Fuels named."""
        return tuple(dict.fromkeys(m.meaning.fuel for m in self.mentions if m.meaning.fuel is not None))

    @cached_property
    def measures(self) -> tuple[Asked, ...]:
        """Measures named."""
        return tuple(dict.fromkeys(m.meaning.measure for m in self.mentions if m.meaning.measure is not None))

    @cached_property
    def per(self) -> Per | None:
        """A denominator named apart from its measure (人均, per GDP)."""
        return next((m.meaning.per for m in self.mentions if m.meaning.per is not None), None)

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """Cities named, as keys of the city inventory."""
        return tuple(dict.fromkeys(m.meaning.city for m in self.mentions if m.meaning.city is not None))

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """Documents of the corpus named."""
        return tuple(dict.fromkeys(m.meaning.document for m in self.mentions if m.meaning.document is not None))

    @cached_property
    def concepts(self) -> tuple[str, ...]:
        """Terms of the policy glossary named that are not also a sector, a fuel or a measure."""
        things = {(m.start, m.end) for m in self.mentions if m.meaning.sector or m.meaning.fuel or m.meaning.measure}
        terms = (m for m in self.mentions if m.meaning.concept is not None and (m.start, m.end) not in things)
        return tuple(dict.fromkeys(m.meaning.concept for m in terms if m.meaning.concept is not None))

    def parts(self, measure: str) -> tuple[str, ...]:
        """Parts of a measure named (wind, in operation)."""
        return tuple(dict.fromkeys(p for m in self.mentions for key, p in m.meaning.parts if key == measure))

    def variant(self, measure: str) -> str | None:
        """The variant of a measure named."""
        return next((v for m in self.mentions for key, v in m.meaning.variants if key == measure), None)

    def has(self, *cues: str) -> bool:
        """Whether any of the cues is present."""
        return not self.cues.isdisjoint(cues)

    def cue(self, name: str) -> str | None:
        """The words in which a cue is present, None where it is not."""
        found = cues()[name].search(self.text)
        return found[0] if found else None

    def find(self, pattern: str) -> re.Match[str] | None:
        """The first match of a pattern in the cleaned text."""
        return re.search(pattern, self.text, re.IGNORECASE)

    @property
    def known(self) -> bool:
        """Whether anything of our subject was read."""
        return (
            bool(self.mentions) or self.years.named or any(not name.endswith(CONTEXT) for name in self.cues - _NOT_OURS)
        )


def _known_as(written: str) -> str | None:
    """A sector's name as declared: the reader takes "cement plant" for "cement plants", tools take the name itself."""
    known = {name.lower() for name in sector_aliases()}
    return next((name for name in (written, f"{written}s", written.rstrip("s")) if name.lower() in known), None)


_NOT_OURS = frozenset({
    "greeting", "thanks", "bye", "who", "help", "off_topic", "injection", "sql_write", "recall", "compare", "each",
    "sum", "mean", "difference", "high", "low", "above", "below", "change", "draw", "table", "line", "what_if", "about",
    "which_place", "policy_words", "in_total_of", "network", "bar", "count", "share", "target_words",
})  # fmt: skip


def read(question: str) -> Reading:
    """Read a question. Never raises: what cannot be read is left over.

    A plan reads the parts of a question again and again; the last readings are kept as long as the declarations stay.
    """
    return _read(question, MEASURES.version, datetime.now(UTC).year)


@lru_cache(maxsize=512)
def _read(question: str, declared: int, year: int) -> Reading:
    sent = structured(question)
    text = clean(spoken(sent)) if sent is not None else clean(question)
    words = tokens(text)
    named = mentions(text, words)
    slips = (*misspelt_measures(words, named), *misspelt_places(words, named))
    named = tuple(sorted((*named, *slips), key=lambda m: m.start))
    out = left_out(text, named)
    masked = _masked(text, named)
    unread = gaps(text, words, named, masked)
    leftover = tuple(g.word for g in unread)
    return Reading(
        raw=question,
        text=text,
        language=language_of(question),
        mentions=named,
        years=_dated(read_years(text)),
        cues=frozenset(cue_spans(masked)) | frozenset(cue_spans(_BLANKS.sub("", masked))),
        percents=tuple(percents(text)),
        quantities=tuple(quantities(text)),
        limit=limit(text),
        excluded=tuple(m.meaning.place for m in out if m.meaning.place is not None),
        excluded_sectors=tuple(m.meaning.sector for m in out if m.meaning.sector is not None),
        gaps=unread,
        masked=masked,
        stranger=None
        if any(m.meaning.place for m in named)
        else stranger(text, leftover, tuple(g.text for g in unread)),
        sent=sent,
    )


_BLANKS = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")  # 排放 最多 的 行业


def _masked(text: str, named: tuple[Mention, ...]) -> str:
    """The text with the names of places blotted out, so that no word of theirs is taken for a cue (Delta, 江)."""
    out = text
    for m in named:
        place = m.meaning.place
        if place is not None and place.kind != "nation" and not re.search(r"[省市区\d]|provinc", m.text):
            out = out[: m.start] + "".join("x" if c.isascii() else "〇" for c in m.text) + out[m.end :]
    return out


def _dated(years: Years) -> Years:
    """去年 as a year, counted from this one."""
    if years.shift is None or years.named:
        return years
    return replace(years, single=(datetime.now(UTC).year + years.shift,))
