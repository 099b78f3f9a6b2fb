"""What is asked of an appraisal, and the appraisal under way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from data.text import Text
from tools.declare import Arguments, Context, latest_table
from tools.domain import FuelArg, PlaceArg, SectorArg, Year
from tools.mrio.bounds import Bound, span
from tools.mrio.system import Scope
from tools.mrio.telling import estimated
from tools.result import Account, Basis, Cell, Draft, Model

EQUIPMENT_SHARE = 40.0  # percent of an investment where nothing else is said: our assumption, between 20 and 60


class FuelUse(Model):
    """Fuel burnt in a year."""

    fuel: FuelArg
    amount: float = Field(gt=0, le=1e9, description="Tonnes; natural gas in 10k m3.")
    factor: float | None = Field(None, gt=0, le=50, description="Your own CO2 factor, t per tonne (gas: t per 10k m3).")


class ProjectAppraisalArguments(Arguments):
    """A project's yearly figures; at least one of fuels, electricity, output, investment."""

    place: PlaceArg = Field(description="The province of the project.")
    sector: SectorArg | None = Field(None, description="Its sector; needed for output.")
    fuels: tuple[FuelUse, ...] = Field((), max_length=20, description="Fuels burnt a year, in tonnes (gas: 10k m3).")
    electricity_gwh: float | None = Field(None, gt=0, le=1e6, description="Electricity bought a year, GWh.")
    output: float | None = Field(
        None, gt=0, le=1e9, description="Output a year, 10k yuan (prices of the table's year)."
    )
    investment: float | None = Field(None, gt=0, le=1e9, description="Investment once, 10k yuan.")
    equipment_share: float = Field(
        EQUIPMENT_SHARE,
        ge=0,
        le=100,
        description="Percent of the investment that is equipment; the rest is construction.",
    )
    grid: Literal["province", "region", "nation"] = Field("province", description="Whose grid factor leads.")
    year: Year = latest_table()


@dataclass
class Work:
    """One appraisal under way."""

    arguments: ProjectAppraisalArguments
    context: Context
    draft: Draft
    scope: Scope
    blocks: list[tuple[Text, int]] = field(default_factory=list)  # (name, fact) of what arises each year
    rows: list[list[Cell]] = field(default_factory=list)

    def fact(self, zh: str, en: str, value: float, unit: str, **rest: object) -> int:
        where = self.scope.place.name
        return self.draft.fact(
            Text(f"{where.zh}项目：{zh}", f"project in {where.en}: {en}"), value, unit, region=where.en, **rest
        )

    def chained(self, zh: str, en: str, value: float, unit: str, bound: Bound | None, **rest: object) -> int:
        """A fact that rests on the input-output table: its basis, source, year and range are the table's."""
        mrio = self.scope.system.mrio
        basis = Basis.ESTIMATED if estimated(self.scope.system) else Basis.DERIVED
        return self.fact(
            zh, en, value, unit, account=Account.CONSUMPTION_DOMESTIC, basis=basis, source=mrio.source, year=mrio.year,
            **span(bound, value), **rest,
        )  # fmt: skip

    def given(self, zh: str, en: str, value: float, unit: str) -> int:
        return self.fact(zh, en, value, unit, basis=Basis.USER, source="user")
