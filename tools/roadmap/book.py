"""The facts of a roadmap: each figure is entered once and found again by what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from data.text import Text
from tools.result import Account, Basis, Draft
from tools.roadmap.bands import DATES
from tools.roadmap.names import BASE, COMMON, at, scenario_name

if TYPE_CHECKING:
    from tools.roadmap.bands import Band
    from tools.roadmap.model import Path
    from tools.roadmap.nowcast import Nowcast
    from tools.roadmap.scope import Scope

SOURCE = "roadmap_defaults"
USER = "user"  # the source of what the asker gave
_ACCOUNTS: dict[Account, Text] = {
    Account.GROSS: Text("总排放", "gross emissions"),
    Account.REMOVALS: Text("碳移除", "removals"),
    Account.NET: Text("净排放", "net emissions"),
    Account.SCOPE1: Text("直接排放", "direct emissions"),
    Account.CONSUMPTION_DOMESTIC: Text(
        "消费侧排放（不含进口）", "consumption-based emissions (foreign imports excluded)"
    ),
    Account.EXPORTS: Text("出口隐含排放", "emissions embodied in exports"),
}


def basis_of(year: int) -> Basis:
    """Observed to 2019, a nowcast to 2025, a scenario's projection from 2026."""
    return Basis.OBSERVED if year <= BASE else Basis.ESTIMATED if year <= COMMON else Basis.PROJECTED


def state_word(scope: Scope, year: int) -> Text:
    """What the emissions of a year to 2025 are: a nowcast, or the asker's own figure, or carried from one."""
    own = scope.own
    if own is None or not own.states:
        return Text("现时估算", "a nowcast")
    if year in own.totals:
        return Text("由用户提供", "as given by the user")
    return Text("由用户数据推算", "carried from the user's figures")


@dataclass
class Book:
    """A draft with the scope it is about; ``nowcast`` gives the ranges of 2020-2025, ``bands`` (the delivery ensembles by
    scenario) those of later years."""

    draft: Draft
    scope: Scope
    nowcast: Nowcast
    bands: dict[str, Band] = field(default_factory=dict)
    _known: dict[tuple[object, ...], int] = field(default_factory=dict)

    @property
    def region(self) -> str:
        """The region every fact names."""
        return self.scope.place.name.en

    def amount(self, account: Account, path: Path, year: int) -> float:
        """Gross, removals, net or consumption-based emissions of the place, Mt."""
        values = {
            Account.GROSS: path.gross,
            Account.REMOVALS: path.removals,
            Account.NET: path.net,
            Account.CONSUMPTION_DOMESTIC: path.consumption,
            Account.EXPORTS: path.embodied_exports,
        }[account]
        assert values is not None  # every path shown was run with consumption accounts
        return float(values[at(year), list(self.scope.indices)].sum())

    def emission(self, account: Account, path: Path, year: int) -> int:
        """The fact of one account, scenario and year, with its range where an ensemble covers it."""
        key = (account, path.scenario, id(path), year)
        if key not in self._known:
            low, high = self._range(account, path, year)
            name = scenario_name(path.scenario)
            given = self.given(account, year)
            if given:
                name = Text("由用户提供", "as given by the user")
            label = Text(
                f"{self.scope.name.zh}{year}年{_ACCOUNTS[account].zh}（{name.zh}）",
                f"{self.scope.name.en} {_ACCOUNTS[account].en} {year} ({name.en})",
            )
            self._known[key] = self.draft.fact(
                label, self.amount(account, path, year), "Mt CO2", region=self.region, year=year, account=account,
                scenario=path.scenario, basis=Basis.USER if given else self._basis(account, year),
                source=USER if given else SOURCE, low=low, high=high,
            )  # fmt: skip
        return self._known[key]

    def given(self, account: Account, year: int) -> bool:
        """Whether the place's gross emissions of a year are the asker's own figure."""
        return account is Account.GROSS and self.scope.own is not None and year in self.scope.own.totals

    def _basis(self, account: Account, year: int) -> Basis:
        plain = basis_of(year)
        # Removals, and what is computed with the interprovincial table, are never observed.
        return plain if account is Account.GROSS else max(plain, Basis.ESTIMATED, key=_weakness)

    def _range(self, account: Account, path: Path, year: int) -> tuple[float | None, float | None]:
        if self.given(account, year):
            return None, None
        if account is Account.GROSS and BASE < year <= COMMON:
            ends = (self.nowcast.low, self.nowcast.high)
            low, high = (float(v[at(year), list(self.scope.indices)].sum()) for v in ends)
            central = self.amount(account, path, year)  # summed in another order, it may lie a hair outside
            return min(low, central), max(high, central)
        band = self.bands.get(path.scenario)
        if band is None or year not in DATES or account not in (Account.GROSS, Account.NET):
            return None, None
        low, _, high = band.range(year, self.scope.indices, "gross" if account is Account.GROSS else "net")
        central = self.amount(account, path, year)  # it mostly lies at or below the lower end: shortfalls prevail
        return min(low, central), max(high, central)

    def figure(self, zh: str, en: str, value: float, unit: str, *, year: int | None = None, path: Path | None = None,
               account: Account | None = None, basis: Basis = Basis.PROJECTED, source: str = SOURCE,
               sector: str | None = None, low: float | None = None, high: float | None = None) -> int:  # fmt: skip
        """Any other fact of the place; ``zh`` and ``en`` are its label without the place's name."""
        key = (zh, year, None if path is None else (path.scenario, id(path)), sector, unit)
        if key not in self._known:
            self._known[key] = self.draft.fact(
                Text(f"{self.scope.name.zh}{zh}", f"{self.scope.name.en} {en}"), value, unit, region=self.region,
                year=year, account=account, scenario=None if path is None else path.scenario, basis=basis,
                source=source, sector=sector, low=low, high=high,
            )  # fmt: skip
        return self._known[key]


def _weakness(basis: Basis) -> int:
    return (Basis.OBSERVED, Basis.ESTIMATED, Basis.PROJECTED).index(basis)
