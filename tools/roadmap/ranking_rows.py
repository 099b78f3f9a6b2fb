"""The rows of a ranking by scenario: what each province has, in which order, and the facts they are told by."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from data.text import Text
from tools.result import Basis
from tools.roadmap.book import SOURCE, basis_of
from tools.roadmap.names import COMMON, scenario_name
from tools.roadmap.ranking_values import INDICATORS, Field, Indicator, Key, Unit, peak_window, spread

if TYPE_CHECKING:
    from data.classification import Place
    from tools.result import Draft

Of = Literal["value", "change", "growth"]


class Words(NamedTuple):
    """Words put into a sentence in both languages, which may be blank."""

    zh: str
    en: str


@dataclass(frozen=True)
class Row:
    """One unit's figure; ``value`` None where it has none (no net zero to 2060, no storage known). ``rank`` counts from 1,
    ties share it."""

    unit: Unit
    value: float | None
    low: float | None = None
    high: float | None = None
    rank: int = 0

    @property
    def name(self) -> Text:
        """The place's name."""
        return self.unit.place.name


@dataclass
class Ranking:
    """A ranking that is being told: what is ranked, and the facts made so far."""

    field: Field
    key: Key
    of: Of
    year: int
    since: int
    ascending: bool
    label: Text | None  # of the sector in words, None for all
    sector: str | None  # its English label for facts
    missing: tuple[Place, ...]
    everyone: bool  # whether all provinces are ranked
    groups: bool = False  # whether groups of provinces are ranked, each as a sum
    _made: dict[tuple[str, str], int] = dataclasses.field(default_factory=dict)

    @property
    def known(self) -> Indicator:
        """The indicator."""
        return INDICATORS[self.key]

    @property
    def unit(self) -> str:
        """The unit of the figures."""
        if self.of == "growth":
            return "%"
        return "pp" if self.of == "change" and self.known.unit == "%" else self.known.unit

    @property
    def when(self) -> Words:
        """The year or span in words."""
        if self.known.kind == "date":
            return Words("", "")
        if self.known.kind == "sum":
            return Words(f"{COMMON + 1}—{self.year}年", f"{COMMON + 1}-{self.year}")
        return (
            Words(f"{self.year}年", f"{self.year}")
            if self.of == "value"
            else Words(f"{self.since}—{self.year}年", f"{self.since}-{self.year}")
        )

    @property
    def what(self) -> Text:
        """The indicator in words, with the sector and the kind of change."""
        name = self.known.name
        if self.label is not None:
            name = Text(f"{self.label.zh}{name.zh}", f"{name.en} of {self.label.en}")
        if self.of == "change":
            return Text(f"{name.zh}变化", f"change in {name.en}")
        return name if self.of == "value" else Text(f"{name.zh}变动率", f"relative change in {name.en}")

    @property
    def subject(self) -> Text:
        """Year and indicator in words."""
        return Text(f"{self.when.zh}{self.what.zh}", f"{self.what.en}{', ' if self.when.en else ''}{self.when.en}")

    def fact(self, draft: Draft, row: Row) -> int:
        """The fact of a row's figure, made once."""
        if row.value is None:
            raise ValueError(f"{row.name.en} has no figure")
        name, where = scenario_name(self.field.path.scenario), row.unit.place.name
        key = (row.unit.place.code, "value")
        if key not in self._made:
            year = int(row.value) if self.known.kind == "date" else self.year
            self._made[key] = draft.fact(
                Text(f"{where.zh}{self.subject.zh}（{name.zh}）", f"{where.en} {self.subject.en} ({name.en})"), row.value, self.unit,
                region=where.en, year=year, account=self.known.account, scenario=self.field.path.scenario,
                sector=self.sector, basis=self.basis(year), source=SOURCE,
                low=row.low, high=row.high,
            )  # fmt: skip
        return self._made[key]

    def basis(self, year: int) -> Basis:
        """Of a figure of the year; removals, energy and power are never observed."""
        return max(basis_of(year), Basis.ESTIMATED, key=(Basis.OBSERVED, Basis.ESTIMATED, Basis.PROJECTED).index)

    def beside(self, draft: Draft, row: Row, key: Key) -> int:
        """The fact of another indicator of the same year beside the row's own."""
        known, where = INDICATORS[key], row.unit.place.name
        if (row.unit.place.code, key) not in self._made:
            name, value = scenario_name(self.field.path.scenario), known.value(self.field, row.unit, self.year)
            assert value is not None  # emissions and what is stored are known for every province with an inventory
            limits = spread(self.field, key, row.unit, self.year) or (None, None)
            span = f"{COMMON + 1}—{self.year}年" if known.kind == "sum" else f"{self.year}年"
            self._made[row.unit.place.code, key] = draft.fact(
                Text(f"{where.zh}{span}{known.name.zh}（{name.zh}）",
                     f"{where.en} {known.name.en}, {span.removesuffix('年').replace('—', '-')} ({name.en})"),
                value, known.unit, region=where.en, year=self.year, account=known.account, scenario=self.field.path.scenario,
                basis=self.basis(self.year), source=SOURCE, low=limits[0], high=limits[1],
            )  # fmt: skip
        return self._made[row.unit.place.code, key]

    def end(self, draft: Draft, row: Row, which: Literal["low", "high"]) -> int:
        """The fact of one end of a row's range."""
        name, where = scenario_name(self.field.path.scenario), row.unit.place.name
        value = row.low if which == "low" else row.high
        assert value is not None  # asked only where there is a range
        if (row.unit.place.code, which) not in self._made:
            word = {"low": Text("区间下端", "lower end of"), "high": Text("区间上端", "upper end of")}[which]
            if self.key == "peak":
                word = {
                    "low": Text("窗口首年", "first year of the window of"),
                    "high": Text("窗口末年", "last year of the window of"),
                }[which]
            year = int(value) if self.known.kind == "date" else self.year
            self._made[row.unit.place.code, which] = draft.fact(
                Text(f"{where.zh}{self.subject.zh}{word.zh}（{name.zh}）", f"{where.en} {word.en} {self.subject.en} ({name.en})"),
                value, self.unit, region=where.en, year=year, account=self.known.account, scenario=self.field.path.scenario,
                basis=self.basis(year), source=SOURCE,
            )  # fmt: skip
        return self._made[row.unit.place.code, which]

    def count(self, draft: Draft, label: Text, number: int) -> int:
        """How many provinces."""
        name = scenario_name(self.field.path.scenario)
        return draft.fact(
            Text(f"{label.zh}（{name.zh}）", f"{label.en} ({name.en})"), number, "count", scenario=self.field.path.scenario,
            basis=Basis.PROJECTED, source=SOURCE, year=None if self.known.kind == "date" else self.year,
        )  # fmt: skip


def rows_of(table: Ranking, units: list[Unit]) -> list[Row]:
    """All rows, in order; those without a figure last."""
    rows = [_row(table, u) for u in units]
    have = sorted((r for r in rows if r.value is not None), key=lambda r: _sorted_by(table, r))
    ranked: list[Row] = []
    for n, row in enumerate(have):
        tied = bool(ranked) and _same(table, ranked[-1], row)
        ranked.append(Row(row.unit, row.value, row.low, row.high, ranked[-1].rank if tied else n + 1))
    return [*ranked, *(r for r in rows if r.value is None)]


def _sorted_by(table: Ranking, row: Row) -> float:
    value = row.value or 0.0
    return value if table.ascending else -value


def _same(table: Ranking, one: Row, other: Row) -> bool:
    """Whether two share a rank: years alike; amounts are never quite the same."""
    return table.known.kind == "date" and one.value == other.value


def _row(table: Ranking, unit: Unit) -> Row:
    f, key = table.field, table.key
    if table.of == "value":
        value = table.known.value(f, unit, table.year)
        limits = peak_window(f, unit) if key == "peak" and f.sector is None else spread(f, key, unit, table.year)
        low, high = (None, None) if limits is None else (float(limits[0]), float(limits[1]))
        return Row(unit, value, low, high)
    now, then = (table.known.value(f, unit, y) for y in (table.year, table.since))
    if now is None or then is None:
        return Row(unit, None)
    if table.of == "growth":
        return Row(unit, None if then <= 0 else 100 * (now / then - 1))
    return Row(unit, now - then)
