"""Checks of imported tables: their identities, their arrays against the tables for SQL, and the accounts they give."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from data.mrio import Array, Emissions, Mrio, load_emissions, load_mrio
from data.mrio_published import load_arrays
from data.package import Import
from data.text import Text
from data.verify import Check
from data.warehouse import Warehouse

CLOSE = 1e-9  # relative
PASSES = 200  # of the power method


def checks(warehouse: Warehouse) -> Iterator[Check]:
    """The checks of every imported table; none where there is none."""
    for found in warehouse.dataset.imports:
        if found.kind != "table":
            continue
        arrays = load_arrays(warehouse.dataset, found.id)
        yield from identities(found, arrays)
        if found.classification != "own":
            mrio = load_mrio(warehouse, int(found.id))
            yield from against_tables(warehouse, mrio)
            yield from accounts(mrio, load_emissions(warehouse, mrio))


def _check(key: str, zh: str, en: str, worst: float, limit: float) -> Check:
    said = f"{worst:.3g} {'≤' if worst <= limit else '>'} {limit:g}"
    return Check(Text(f"导入的表 {key}：{zh}", f"imported table {key}: {en}"), bool(worst <= limit), Text(said, said))


def identities(found: Import, arrays: dict[str, Array]) -> Iterator[Check]:
    """Output as sold with the balancing item, and coefficients that a solve can use."""
    A, x = arrays["A"], arrays["x"]
    sold = A @ x + arrays["Y"].sum((1, 2)) + arrays["exports"] + arrays["error"]
    yield _check(
        found.id, "行平衡（相对）", "rows balance (relative)", float(np.abs(sold - x).max() / np.abs(x).max()), CLOSE
    )
    yield _check(
        found.id, "直接消耗系数矩阵的谱半径", "spectral radius of the coefficients", spectral_radius(A), 1.0 - 1e-6
    )


def spectral_radius(A: Array) -> float:
    """Largest modulus of the eigenvalues of a matrix without negative entries (n, n), by the power method."""
    v = np.full(len(A), 1.0 / len(A))
    size = 0.0
    for _ in range(PASSES):
        new = A @ v
        before, size = size, float(np.abs(new).sum())
        if size == 0.0 or abs(size - before) <= 1e-10 * size:
            break
        v = new / size
    return size


def against_tables(warehouse: Warehouse, mrio: Mrio) -> Iterator[Check]:
    """The arrays say what SQL says."""
    key, year = str(mrio.year), mrio.year
    flows, final = (
        float(warehouse.rows(f"SELECT coalesce(sum(value_100m_yuan), 0) FROM {name}_{year}")[0][0])
        for name in ("mrio_flow", "mrio_final_flow")
    )
    output = float(warehouse.rows("SELECT sum(output_100m_yuan) FROM mrio_sector WHERE year = ?", (year,))[0][0])
    for zh, en, told, held in (
        ("中间流量", "intermediate flows", flows, float(mrio.Z.sum())), ("最终使用", "final use", final, float(mrio.Y.sum())),
        ("总产出", "output", output, float(mrio.x.sum())),
    ):  # fmt: skip
        gap = abs(told - held) / max(abs(held), 1e-12)
        yield _check(
            key, f"数组与查询表的{zh}一致（相对）", f"arrays and SQL tables agree on {en} (relative)", gap, CLOSE
        )


def accounts(mrio: Mrio, emissions: Emissions) -> Iterator[Check]:
    """Production = consumption + exports + balancing item."""
    error = np.zeros(len(mrio.x)) if mrio.error is None else mrio.error
    wanted = np.column_stack([mrio.y, mrio.exports, error])
    caused = emissions.f[:, None] * np.linalg.solve(np.eye(len(mrio.x)) - mrio.A, wanted)
    gap = float(np.abs(caused.sum(1) - emissions.co2).max() / max(emissions.co2.sum(), 1e-12))
    yield _check(str(mrio.year), "生产侧＝消费侧＋出口＋平衡项（相对）",
                 "production = consumption + exports + balancing item (relative)", gap, CLOSE)  # fmt: skip


__all__ = ["accounts", "against_tables", "checks", "identities", "spectral_radius"]
