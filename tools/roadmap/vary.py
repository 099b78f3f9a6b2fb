"""A scenario with the asker's changes, for one region of a lane: path, and the same without them to compare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from data.errors import BadRequest
from data.text import Text
from tools.roadmap.energy import Energy, energy_at
from tools.roadmap.levers import scenario_curves
from tools.roadmap.names import CCUS, COMMON, RENEW, SCENARIO_CODES, VARIED, YEARS, at
from tools.roadmap.overrides import check_together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.engine import Engine
    from tools.roadmap.model import Model, Path
    from tools.roadmap.overrides import Override

    Array = NDArray[np.float64]

_T = np.array(YEARS)
_ROUNDS = 4  # of the search for a share of primary energy; each lands much nearer


@dataclass(frozen=True)
class Varied:
    """A changed scenario. ``exceeded`` holds the scenario's own share (0..1) where it is above the one asked for."""

    path: Path
    model: Model
    exceeded: float | None = None
    held: Path | None = None  # the scenario with RENEW held at its 2025 level, made only where ``exceeded``


def vary(engine: Engine, scenario: str, region: int, overrides: tuple[Override, ...]) -> Varied:
    """The scenario with all changes applied to the region. Raises BadRequest for contradictory or unreachable ones."""
    check_together(overrides)
    return engine.once(("varied", scenario, region, overrides), lambda: _vary(engine, scenario, region, overrides))


def _vary(engine: Engine, scenario: str, region: int, overrides: tuple[Override, ...]) -> Varied:
    model, u = engine.model, engine.path(scenario).deployment.copy()
    by_kind = {o.kind: o for o in overrides}
    if "growth" in by_kind:
        model = _growth(model, region, float(by_kind["growth"].value or 0.0))
    if "lag" in by_kind:
        curves = scenario_curves(model.defaults, SCENARIO_CODES[scenario])
        u[:, region] = [c.path(float(by_kind["lag"].value or 0.0)) for c in curves]
    if "no_ccus" in by_kind:
        u[CCUS, region] = 0.0
    exceeded, held = None, None
    share = by_kind.get("nonfossil_energy") or by_kind.get("nonfossil_power")
    if share is not None:
        t = at(share.in_year)
        now = _share(energy_at(model, engine.energy, t, u[..., t]), share)[region]
        if now * 100 > float(share.value or 0.0):
            exceeded = float(now)
            held = model.run(scenario, _held(u, region), SCENARIO_CODES[scenario])
        u[RENEW, region] = _renew(engine, model, u, region, share)
    path = model.run(scenario + VARIED, u, SCENARIO_CODES[scenario])
    # the nation's removals are not handed out anew for one region's change
    removed = engine.path(scenario).engineered.copy()
    if "no_removals" in by_kind:
        removed[:, region] = 0.0
    return Varied(replace(path, engineered=removed), model, exceeded, held)


def _growth(model: Model, region: int, points: float) -> Model:
    """The region's GDP growth changed from 2026 on."""
    gdp = model.drivers.gdp.copy()
    rate = gdp[region, 1:] / gdp[region, :-1]
    changed = np.concatenate([[1.0], np.where(_T[1:] > COMMON, (rate + points / 100) / rate, 1.0)])
    gdp[region] *= np.cumprod(changed)
    return model.with_gdp(gdp)


def _held(u: Array, region: int) -> Array:
    """Deployment with the region's RENEW held at its 2025 level."""
    out = u.copy()
    out[RENEW, region, at(COMMON) :] = u[RENEW, region, at(COMMON)]
    return out


def _share(energy: Energy, asked: Override) -> Array:
    return energy.nonfossil_power if asked.kind == "nonfossil_power" else energy.nonfossil_primary


def _renew(engine: Engine, model: Model, u: Array, region: int, asked: Override) -> Array:
    """RENEW of the region by year so that the share is met in its year; (T,). Raises BadRequest out of reach."""
    t, base = at(asked.in_year), engine.energy
    wanted = float(asked.value or 0.0) / 100
    fossil, potential = float(base.fossil_share[t, region]), base.potential
    low, high = float(u[RENEW, region, at(COMMON)]), 1.0

    def reached(deployed: float) -> float:
        trial = u[..., t].copy()
        trial[RENEW, region] = deployed
        return float(_share(energy_at(model, base, t, trial), asked)[region])

    least, most = reached(low), reached(high)
    if not least <= wanted <= most:
        raise BadRequest(
            "share_out_of_reach",
            Text(f"该情景中{asked.in_year}年这一比重可在{100 * least:.0f}%至{100 * most:.0f}%之间设定。",
                 f"In this scenario the share can be set from {100 * least:.0f} % to {100 * most:.0f} % in {asked.in_year}."),
        )  # fmt: skip
    found = low
    if asked.kind == "nonfossil_power":
        found = (1 - (1 - wanted) / fossil) / potential
    else:
        left, right = (low, least), (high, most)
        for _ in range(_ROUNDS):  # regula falsi: the share is nearly linear in RENEW
            found = left[0] + (wanted - left[1]) * (right[0] - left[0]) / (right[1] - left[1])
            value = reached(found)
            left, right = ((found, value), right) if value < wanted else (left, (found, value))
    return _bent(u[RENEW, region], t, found)


def _bent(renew: Array, t: int, wanted: float) -> Array:
    """The curve bent through ``wanted`` at ``t``: what is still missing (or deployed) shrinks in proportion after it.

    Departs linearly from 2025 and never falls below the 2025 level.
    """
    common = at(COMMON)
    ramp = np.clip((np.arange(len(renew)) - common) / (t - common), 0, 1)
    if wanted >= renew[t]:
        factor = 1 + ramp * ((1 - wanted) / (1 - renew[t]) - 1)
        bent = 1 - (1 - renew) * factor
    else:
        bent = renew * (1 + ramp * (wanted / renew[t] - 1))
    return np.where(ramp > 0, np.clip(bent, renew[common], 1.0), renew)
