"""What a tool returns: one Result of Facts, with the sentences that say them.

A Fact is the only carrier of a figure to a user. A Sentence is a bilingual template whose holes are Facts
(``{0}``; ``{0:abs}`` without sign, where the words say the direction; ``{0:range}`` with its range) and
Citations (``{c0}``), so that no tool ever writes a digit into prose.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, field_validator

from data.text import Language, Text
from tools.charts.specs import Chart
from tools.units import UNITS


class Account(StrEnum):
    """Which books an emission stands in. Facts of different accounts are never added."""

    SCOPE1 = "scope1"
    SCOPE1_PLUS_NET_POWER = "scope1_plus_net_power"
    CONSUMPTION_DOMESTIC = "consumption_domestic"
    EXPORTS = "exports"
    INCOME = "income"
    GROSS = "gross"
    REMOVALS = "removals"
    NET = "net"


class Basis(StrEnum):
    """How a figure is known, strongest first; ``target`` stands apart, ``user`` counts as given."""

    OBSERVED = "observed"
    DERIVED = "derived"
    ESTIMATED = "estimated"
    PROJECTED = "projected"
    ASSUMPTION = "assumption"
    TARGET = "target"
    USER = "user"


_WEAKER = (Basis.OBSERVED, Basis.USER, Basis.DERIVED, Basis.ESTIMATED, Basis.PROJECTED, Basis.ASSUMPTION)


def weakest(*bases: Basis) -> Basis:
    """The basis of arithmetic over facts: the weakest of them, at best ``derived``; a target takes the other side's."""
    ranked = [_WEAKER.index(b) for b in bases if b is not Basis.TARGET]
    return _WEAKER[max([*ranked, _WEAKER.index(Basis.DERIVED)])]


class Model(BaseModel):
    """Base of what travels: frozen, closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(Model):
    """One figure at full precision with everything needed to judge it (``contracts.md``, the answer object)."""

    label: Text
    value: float
    unit: str
    region: str | None = None  # English name of a province or group, or "China"
    sector: str | None = None  # English label of the 42-sector list, or of the inventory's sector
    year: int | None = None
    account: Account | None = None
    scenario: str | None = None
    basis: Basis
    source: str  # "<dataset table id>" or a source id
    low: float | None = None
    high: float | None = None
    reader_unit: str | None = None  # the unit the asker wants to read, see tools.units.READERS_UNITS

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str) -> str:
        if unit not in UNITS:
            raise ValueError(f"unit {unit!r} is not in tools.units.UNITS")
        return unit

    @field_validator("value", "low", "high")
    @classmethod
    def _finite(cls, value: float | None) -> float | None:
        if value is not None and not abs(value) < float("inf"):
            raise ValueError("a fact is a finite number; a missing value is no fact")
        return value


class Sentence(Model):
    """A bilingual template and the facts and citations that fill it, as indices into the Result."""

    text: Text
    facts: tuple[int, ...] = ()
    citations: tuple[int, ...] = ()


class Ref(Model):
    """A table cell that is a fact of the same Result."""

    fact: int


Cell = Ref | Text | str | int | float | None


class Column(Model):
    """A table column; ``unit`` is one of UNITS or None. Figures of a column share its unit."""

    name: Text
    unit: str | None = None


class Table(Model):
    """A table; cells that are figures are Refs wherever the table may be shown in an answer."""

    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total_rows: int | None = None  # where rows were cut


class Citation(Model):
    """A clause of a document: ``digest`` is ours and never shown in quotation marks."""

    document: str
    title: Text
    clause: str | Text | None  # a Text where a place is said in words: 第7页, p. 7
    url: str | None
    digest: Text
    verified: bool

    def clause_in(self, language: Language) -> str | None:
        """What the clause is called, in a language."""
        return self.clause.to(language) if isinstance(self.clause, Text) else self.clause


class Section(Model):
    """A headed part of a long answer: sentences, then tables and charts by index into the Result."""

    heading: Text
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[int, ...] = ()
    charts: tuple[int, ...] = ()
    folded: bool = False  # shown folded on the page, whole in exports


class Result(Model):
    """What one tool call found. ``lead`` answers the question in at most a few sentences, figure first."""

    title: Text
    status: Literal["ok", "no_data"] = "ok"
    lead: tuple[Sentence, ...] = ()
    sections: tuple[Section, ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    citations: tuple[Citation, ...] = ()
    method: tuple[Text, ...] = ()
    caveats: tuple[Text, ...] = ()
    sources: tuple[str, ...] = ()
    suggestions: tuple[Text, ...] = ()
    model_version: str | None = None


class Draft:
    """Collects a Result: each ``fact``/``cite``/``table``/``chart`` returns the index the sentences use."""

    def __init__(self, title: Text) -> None:
        self.title = title
        self._facts: list[Fact] = []
        self._citations: list[Citation] = []
        self._tables: list[Table] = []
        self._charts: list[Chart] = []
        self._lead: list[Sentence] = []
        self._sections: list[Section] = []
        self.method: list[Text] = []
        self.caveats: list[Text] = []
        self.sources: list[str] = []
        self.suggestions: list[Text] = []
        self.status: Literal["ok", "no_data"] = "ok"
        self.model_version: str | None = None

    def fact(self, label: Text, value: float, unit: str, **rest: Any) -> int:
        """Add a Fact (see its fields) and return its index; its source is added to ``sources``."""
        fact = Fact(label=label, value=float(value), unit=unit, **rest)
        self._facts.append(fact)
        if fact.source not in self.sources:
            self.sources.append(fact.source)
        return len(self._facts) - 1

    def __getitem__(self, index: int) -> Fact:
        return self._facts[index]

    def scenarios_of(self, source: str) -> frozenset[str]:
        """The scenarios that facts of one source name."""
        return frozenset(f.scenario for f in self._facts if f.source == source and f.scenario is not None)

    def cite(self, citation: Citation) -> int:
        """Add a Citation once and return its index."""
        if citation not in self._citations:
            self._citations.append(citation)
        return self._citations.index(citation)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The clauses cited so far."""
        return tuple(self._citations)

    def table(self, table: Table) -> int:
        """Add a Table and return its index."""
        self._tables.append(table)
        return len(self._tables) - 1

    def chart(self, chart: Chart) -> int:
        """Add a Chart and return its index."""
        self._charts.append(chart)
        return len(self._charts) - 1

    def lead(self, zh: str, en: str, *facts: int, citations: tuple[int, ...] = (), first: bool = False) -> None:
        """Add a sentence to the direct answer; ``first`` puts it before all others, as a warning on them."""
        self._lead.insert(0 if first else len(self._lead), sentence(zh, en, *facts, citations=citations))

    def section(
        self,
        heading: Text,
        sentences: list[Sentence] | tuple[Sentence, ...] = (),
        tables: tuple[int, ...] = (),
        charts: tuple[int, ...] = (),
        folded: bool = False,
    ) -> None:
        """Add a headed section."""
        section = Section(heading=heading, sentences=tuple(sentences), tables=tables, charts=charts, folded=folded)
        self._sections.append(section)

    def result(self) -> Result:
        """The finished Result."""
        return Result(
            title=self.title,
            status=self.status,
            lead=tuple(self._lead),
            sections=tuple(self._sections),
            facts=tuple(self._facts),
            tables=tuple(self._tables),
            charts=tuple(self._charts),
            citations=tuple(self._citations),
            method=tuple(self.method),
            caveats=tuple(self.caveats),
            sources=tuple(self.sources),
            suggestions=tuple(self.suggestions),
            model_version=self.model_version,
        )


def sentence(zh: str, en: str, *facts: int, citations: tuple[int, ...] = ()) -> Sentence:
    """A Sentence from its two templates; ``{i}`` stands for ``facts[i]``, ``{ci}`` for ``citations[i]``."""
    return Sentence(text=Text(zh, en), facts=facts, citations=citations)


__all__ = [
    "Account", "Basis", "Cell", "Chart", "Citation", "Column", "Draft", "Fact", "Ref", "Result", "Section",
    "Sentence", "Table", "sentence", "weakest",
]  # fmt: skip
