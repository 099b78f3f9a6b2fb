"""The roadmap: a path beside a fresh inverse per year, an annual ensemble of 500 beside a loop of single runs; equal results."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.timing import ratio, row, seconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.bands import Draws
    from tools.roadmap.model import Model

    Array = NDArray[np.float64]

RUNS = 500
SINGLE = 10  # of the 500 solved one by one; the loop's time is theirs times 50
EQUAL_PATH, EQUAL_RUNS = 1e-8, 1e-5


def run() -> None:
    """Print the rows; stop where results differ."""
    from data.dataset import read_dataset, starter_folder
    from data.warehouse import open_warehouse
    from tools.roadmap.engine import engine

    found = engine(open_warehouse(read_dataset(starter_folder())), "provinces")
    found.path("dual_carbon")
    _paths(found.model)
    _ensemble(found.model, found.path("dual_carbon").deployment)


def _matrix(model: Model, rows: Array) -> Array:
    """A of a year as a whole matrix, (n, n)."""
    changed = model.economy.A.copy()
    from tools.roadmap.state import moving_columns

    positions = moving_columns(model.economy.size)
    change = rows.reshape(len(rows), 1, -1)
    changed[positions] = (model.solver.by_product * change).reshape(len(positions), -1)
    return changed


def _fresh(model: Model, u: Array, consumption: bool) -> tuple[Array, Array]:
    """Output of every year, (T, n), and consumption-based emissions, (T, R), by an inverse of each year's whole table."""
    from tools.roadmap.names import YEARS

    outputs, caused = [], []
    for t in range(len(YEARS)):
        year = model.year(t, u[..., t])
        inverse = np.linalg.inv(np.eye(len(year.x)) - _matrix(model, year.technology.rows))
        outputs.append(inverse @ (year.demand.sum(axis=1) + year.exports.reshape(-1)))
        if consumption:
            caused.append(year.intensity @ (inverse @ year.demand) + year.households.sum(axis=1))
    return np.array(outputs), np.array(caused)


def _paths(model: Model) -> None:
    u = model.curves("accelerated")  # shares its history, to 2025, with the scenario solved before
    ours = model.run("accelerated", u, "15", consumption=True)
    output, caused = _fresh(model, u, consumption=True)
    assert ours.consumption is not None
    for mine, theirs in ((ours.output.reshape(output.shape), output), (ours.consumption, caused)):
        apart = float(np.abs(mine - theirs).max() / np.abs(theirs).max())
        if apart > EQUAL_PATH:
            raise AssertionError(f"the path differs from the fresh inverses by {apart:.1e}")
    for consumption, name in ((False, "production only"), (True, "with consumption accounts")):
        slow = seconds(partial(_fresh, model, u, consumption), 1)
        fast = seconds(partial(model.run, "accelerated", u, "15", consumption), 9)
        row(f"fresh inverse per year, 44 years, {name}", slow)
        row(f"path, all provinces, {name}", fast)
        ratio(f"fresh / ours, {name}", slow, fast)


def _ensemble(model: Model, center: Array) -> None:
    from tools.roadmap.bands import ANNUAL, deployments, draw, gross_of

    draws = draw(model.defaults, "delivery", RUNS)
    start = time.perf_counter()
    batch = gross_of(model, "dual_carbon", center, draws, ANNUAL)
    fast = [time.perf_counter() - start]
    chosen = range(0, RUNS, RUNS // SINGLE)
    paths = {n: deployments(model, "dual_carbon", draws.part(slice(n, n + 1)))[0] for n in chosen}
    start = time.perf_counter()
    single = {n: _single(model, draws, n, paths[n]) for n in chosen}
    slow = [(time.perf_counter() - start) * RUNS / len(paths)]
    apart = max(float((np.abs(single[n] - batch[n]) / np.maximum(single[n], 1e-3)).max()) for n in chosen)
    if apart > EQUAL_RUNS:
        raise AssertionError(f"the ensemble differs from single runs by {apart:.1e}")
    row(f"loop of {RUNS} single runs, 2026-2060 ({SINGLE} measured)", slow)
    row(f"ensemble of {RUNS}, 2026-2060, one process", fast)
    ratio(f"loop / ensemble (equal to {apart:.0e})", slow, fast)


def _single(model: Model, draws: Draws, n: int, u: Array) -> Array:
    """One run's gross emissions, each year factored by itself; (D, R)."""
    from tools.roadmap.bands import ANNUAL, effects
    from tools.roadmap.names import STRUCT, at
    from tools.roadmap.operators import technology

    out = []
    for year in ANNUAL:
        t = at(year)
        effect, deepening, gdp = (a[0] for a in effects(model, t, draws.part(slice(n, n + 1))))
        tech = technology(model.potentials, model.base, u[..., t], deepening, effect)
        weights = model.demand.weights(year, u[STRUCT, :, t], gdp)
        richer = (gdp / model.drivers.gdp[:, t]) ** model.household_elasticity
        demand, exports = model.demand.by_region(weights, tech.household_rows, model.household_power(t, tech) * richer)
        x = model.solver.factor(tech.rows).solve(demand.sum(axis=1) + exports.reshape(-1))
        emitted = tech.emissions.sum(axis=-1) * x.reshape(model.economy.size, -1) * model.nowcast.sectors[t]
        own = model.household_co2(t, tech).sum(axis=-1) * model.nowcast.households[t] * richer
        out.append(emitted.sum(axis=1) + own)
    return np.array(out)
