"""A scenario with the asker's changes, for one region of a lane: path, and the same without them to compare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from data.errors import BadRequest
from data.text import Text
from tools.roadmap.condition_problems import out_of_reach
from tools.roadmap.energy import Energy, energy_at
from tools.roadmap.levers import scenario_curves
from tools.roadmap.names import CCUS, COMMON, LEVER_KEYS, RENEW, SCENARIO_CODES, VARIED, YEARS, at
from tools.roadmap.overrides import GROWTHS, SHARES, check_together, named

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
    model = grown(engine.model, region, overrides)
    u = deployed(engine, scenario, region, overrides)
    exceeded, held = None, None
    share = next((o for o in overrides if o.kind in SHARES), None)
    if share is not None:
        t = at(share.in_year)
        now = _share(energy_at(model, engine.energy, t, u[..., t]), share)[region]
        if now * 100 > _wanted(share, float(now)) * 100:
            exceeded = float(now)
            held = model.run(scenario, _held(u, region), SCENARIO_CODES[scenario])
        u[RENEW, region] = _renew(engine, model, u, region, share)
    path = model.run(scenario + VARIED, u, SCENARIO_CODES[scenario])
    # the nation's removals are not handed out anew for one region's change
    removed = engine.path(scenario).engineered.copy()
    removed[:, region] *= removals_kept(overrides)
    return Varied(replace(path, engineered=removed), model, exceeded, held)


def removals_kept(overrides: tuple[Override, ...]) -> float:
    """What is left of the region's engineered removals, 0..1."""
    if any(o.kind == "no_removals" for o in overrides):
        return 0.0
    return next((float(o.value or 0.0) / 100 for o in overrides if o.kind == "removals"), 1.0)


def deployed(engine: Engine, scenario: str, region: int, overrides: tuple[Override, ...]) -> Array:
    """The scenario's deployment (K, R, T) with the region's measures later, earlier, in part or left out; a share not yet met.

    Raises BadRequest for more of a measure than there can be.
    """
    u = engine.path(scenario).deployment.copy()
    lag: dict[str | None, float] = {o.lever: float(o.value or 0.0) for o in overrides if o.kind == "lag"}
    scale: dict[str | None, float] = {o.lever: float(o.value or 0.0) / 100 for o in overrides if o.kind == "scale"}
    if lag or scale:
        curves = scenario_curves(engine.model.defaults, SCENARIO_CODES[scenario])
        for k, key in enumerate(LEVER_KEYS):
            late, part = lag.get(key, lag.get(None, 0.0)), scale.get(key, scale.get(None, 1.0))
            if late == 0 and part == 1:
                continue
            path = curves[k].path(late)
            now = path[at(COMMON)]
            rising = np.arange(len(path)) > at(COMMON)
            most = float((1 - now) / (path[-1] - now))
            if part > most:
                raise out_of_reach(
                    named(next(o for o in overrides if o.kind == "scale" and o.lever in (key, None))), 100 * most
                )
            u[k, region] = np.where(rising, now + part * (path - now), path)
    if any(o.kind == "no_ccus" for o in overrides):
        u[CCUS, region] = 0.0
    return u


def grown(model: Model, region: int, overrides: tuple[Override, ...]) -> Model:
    """The model with the region's GDP growth changed from 2026 on, by points or to a level; itself where nothing changes it."""
    asked = next((o for o in overrides if o.kind in GROWTHS), None)
    if asked is None:
        return model
    gdp, value = model.drivers.gdp.copy(), float(asked.value or 0.0) / 100
    rate = gdp[region, 1:] / gdp[region, :-1]
    new = np.full_like(rate, 1 + value) if asked.kind == "growth_level" else rate + value
    changed = np.where((_T[1:] > COMMON) & (_T[1:] <= asked.until), new / rate, 1.0)
    gdp[region] *= np.cumprod(np.concatenate([[1.0], changed]))
    return model.with_gdp(gdp)


def _held(u: Array, region: int) -> Array:
    """Deployment with the region's RENEW held at its 2025 level."""
    out = u.copy()
    out[RENEW, region, at(COMMON) :] = u[RENEW, region, at(COMMON)]
    return out


def _share(energy: Energy, asked: Override) -> Array:
    return energy.nonfossil_power if asked.kind == "nonfossil_power" else energy.nonfossil_primary


def _wanted(asked: Override, now: float) -> float:
    """The share asked for (0..1); ``now`` is the scenario's own in that year."""
    value = float(asked.value or 0.0) / 100
    return now + value if asked.points else value


def _renew(engine: Engine, model: Model, u: Array, region: int, asked: Override) -> Array:
    """RENEW of the region by year so that the share is met in its year; (T,). Raises BadRequest out of reach."""
    t, base = at(asked.in_year), engine.energy
    now = float(_share(energy_at(model, base, t, u[..., t]), asked)[region])
    wanted = _wanted(asked, now)
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
