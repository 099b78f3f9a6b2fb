"""The paths a comparison sets side by side: places by scenarios, net-zero years asked for, and the asker's what-ifs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.errors import BadRequest
from data.text import Text, joined
from tools.result import Account
from tools.roadmap.energy import energy_of
from tools.roadmap.names import COMMON, at, scenario_name
from tools.roadmap.overrides import described
from tools.roadmap.story import NEAR_ZERO, tell
from tools.roadmap.vary import vary

if TYPE_CHECKING:
    from data.classification import Place
    from data.warehouse import Warehouse
    from tools.result import Draft
    from tools.roadmap.backcast import Backcast
    from tools.roadmap.model import Path
    from tools.roadmap.overrides import Override
    from tools.roadmap.scope import Scope

MOST = 4


@dataclass(frozen=True)
class Asked:
    """What is compared: every place with every scenario and net-zero year, then with every what-if."""

    places: tuple[Place, ...]
    scenarios: tuple[str, ...]
    target_years: tuple[int, ...]
    variants: tuple[tuple[Override, ...], ...]

    @property
    def count(self) -> int:
        """How many paths that makes."""
        return len(self.places) * (len(self.scenarios) + len(self.target_years) + len(self.variants))


@dataclass(frozen=True)
class Alternative:
    """One path; ``name`` tells it from the others, ``own`` is what it is called beside its place."""

    scope: Scope
    path: Path
    name: Text
    own: Text
    backcast: Backcast | None = None

    def emission(self, account: Account, year: int) -> float:
        """Gross, removals or net of the place, Mt."""
        values = {
            Account.GROSS: self.path.gross,
            Account.REMOVALS: self.path.removals,
            Account.NET: self.path.net,
        }[account]
        return float(values[at(year), list(self.scope.indices)].sum())

    def cumulative(self, year: int, account: Account = Account.GROSS) -> float:
        """Emissions from 2026 to a year, Mt."""
        values = self.path.gross if account is Account.GROSS else self.path.net
        return float(values[at(COMMON) + 1 : at(year) + 1, list(self.scope.indices)].sum())

    def energy(self, year: int) -> tuple[float, float, float]:
        """Power used (TWh), non-fossil share of it and of primary energy (0..1), over the place's regions with data."""
        found, t = energy_of(self.path, self.scope.engine.energy), at(year)
        here = [i for i in self.scope.indices if np.isfinite(found.primary[t, i])]
        power, primary = found.power[t, here], found.primary[t, here]
        clean = float((power * found.nonfossil_power[t, here]).sum() / power.sum())
        green = float((primary * found.nonfossil_primary[t, here]).sum() / primary.sum())
        return float(power.sum()), clean, green

    @property
    def peak(self) -> int:
        """Year of the highest gross emissions since 2017."""
        from tools.roadmap.names import YEARS

        return YEARS[int(self.path.gross[:, list(self.scope.indices)].sum(axis=1).argmax())]

    def reaches_zero(self, year: int) -> bool:
        """Whether net emissions are zero or below in a year."""
        return self.emission(Account.NET, year) <= NEAR_ZERO


def alternatives(
    warehouse: Warehouse, asked: Asked, scope_for: Callable[[Place], Scope] | None = None
) -> tuple[Alternative, ...]:
    """All paths asked for; ``scope_for`` gives each place's scope where it is not the standard one.

    Raises BadRequest for fewer than two or more than four, or a what-if of a group.
    """
    from tools.roadmap.scope import scope_of

    if not 2 <= asked.count <= MOST:
        raise _how_many(asked.count)
    one_place, out = len(asked.places) == 1, []
    for place in asked.places:
        scope = scope_of(warehouse, place) if scope_for is None else scope_for(place)
        if asked.variants and not scope.single:
            raise _no_group(place.name)
        plain = [_standard(scope, s) for s in asked.scenarios] + [_neutral(scope, y) for y in asked.target_years]
        base = asked.scenarios[0] if asked.scenarios else "dual_carbon"
        for found in [*plain, *(_varied(scope, base, v) for v in asked.variants)]:
            out.append(_named(found, one_place, asked))
    return tuple(out)


def _named(found: Alternative, one_place: bool, asked: Asked) -> Alternative:
    """With a name that says what tells it from the others: the path, the place, or both."""
    where, own = found.scope.name, found.own
    several = len(asked.scenarios) + len(asked.target_years) + len(asked.variants) > 1
    name = own if one_place else Text(f"{where.zh}·{own.zh}", f"{where.en}, {own.en}") if several else where
    return Alternative(found.scope, found.path, name, own, found.backcast)


def _standard(scope: Scope, scenario: str) -> Alternative:
    name = scenario_name(scenario)
    return Alternative(scope, scope.engine.path(scenario), name, name)


def _neutral(scope: Scope, year: int) -> Alternative:
    if not scope.single:
        raise _no_group(scope.name)
    story = tell(scope, "dual_carbon", year)
    name = Text(f"{year}年净零", f"net zero in {year}")
    return Alternative(scope, story.lead, name, name, story.backcast)


def _varied(scope: Scope, scenario: str, changes: tuple[Override, ...]) -> Alternative:
    name, said = scenario_name(scenario), joined([described(o) for o in changes])
    own = Text(f"{name.zh}，{said.zh}", f"{name.en} with {said.en}")
    return Alternative(scope, vary(scope.engine, scenario, scope.index, changes).path, own, own)


def disclosed(draft: Draft, found: tuple[Alternative, ...]) -> None:
    """Caveats on backcasts that do not reach their year."""
    for each in found:
        if each.backcast is not None and each.backcast.gap:
            where = each.scope.name
            draft.caveats.append(
                Text(f"{where.zh}在所设限制下{each.backcast.year}年达不到净零，表中是最接近的路径。",
                     f"{where.en} does not reach net zero in {each.backcast.year} under the limits set; the path shown is the "
                     "nearest.")
            )  # fmt: skip


def _how_many(count: int) -> BadRequest:
    return BadRequest(
        "how_many_paths",
        Text(f"一次比较2至{MOST}条路径（地区×情景、净零年份或假设），所给为{count}条。",
             f"A comparison takes 2 to {MOST} paths (places by scenarios, net-zero years or what-ifs); {count} were given."),
    )  # fmt: skip


def _no_group(name: Text) -> BadRequest:
    return BadRequest(
        "group_what_if",
        Text(f"改变假设与净零年份按单个省份或全国计算；请指定{name.zh}中的一个省。",
             f"What-ifs and net-zero years are computed for one province or for China; name one of {name.en}."),
    )  # fmt: skip
