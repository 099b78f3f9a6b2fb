"""Two ways to spread known totals: shares in odds form, and iterative proportional fitting (IPF, RAS)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.errors import DatasetError
from data.text import Text

Array = NDArray[np.float64]


def odds_share(base: Array, weight: Array, total: Array) -> Array:
    """Parts of ``base`` (k, n) with row sums ``total`` (k,): base * o w / (1 + o w), one o per row, w = ``weight`` (k, n).

    Every part lies between 0 and its base. Solved by bisection on log o; a total of zero gives zeros, a total that is
    all of the base gives the base. Raises DatasetError where a total is negative or above the row's sum of ``base``.
    """
    room = base.sum(1)
    whole = total >= room * (1 - 1e-12)
    if (total < 0).any() or (total > room * (1 + 1e-9)).any():
        raise impossible("odds")
    low, high = np.full(len(base), -80.0), np.full(len(base), 80.0)
    for _ in range(200):
        middle = (low + high) / 2
        o = np.exp(middle)[:, None]
        short = (base * (o * weight / (1 + o * weight))).sum(1) < total
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    o = np.exp((low + high) / 2)[:, None]
    part = np.where(total[:, None] > 0, base * (o * weight / (1 + o * weight)), 0.0)
    # The bisection ends at machine precision of o; the last step makes the sums exact.
    reached = part.sum(1)
    return np.where(whole[:, None], base, part * _ratio(total, reached)[:, None])


def odds_balance(base: Array, rows: Array, columns: Array, tolerance: float = 1e-14) -> Array:
    """Parts of ``base`` (m, n), base * o f / (1 + o f) with f by row and o by column, with sums ``rows`` and ``columns``.

    So every part lies strictly between 0 and its base. The factors minimise one convex function, found by damped
    Newton steps. Columns whose sum is zero stay zero. Raises DatasetError where it does not converge to ``tolerance``
    of the total (1e-14, at worst 1e-12).
    """
    live = columns > 0
    if not live.all():
        whole = np.zeros_like(base)
        whole[:, live] = odds_balance(base[:, live], rows, columns[live], tolerance)
        return whole
    total = columns.sum()
    a, b = np.zeros(len(rows)), np.log(columns / np.maximum(base.sum(0) - columns, 1e-9 * total))

    def state(a: Array, b: Array) -> tuple[Array, Array]:
        part = base / (1 + np.exp(-np.clip(a[:, None] + b[None, :], -500, 500)))
        return part, np.concatenate([part.sum(1) - rows, part.sum(0) - columns])

    part, gap = state(a, b)
    for _ in range(100):
        if np.abs(gap).max() <= tolerance * total:
            break
        slope = part * (1 - part / np.where(base > 0, base, 1.0))
        hessian = np.block([[np.diag(slope.sum(1)), slope], [slope.T, np.diag(slope.sum(0))]])
        # One degree of freedom is idle (o up, f down): least squares picks the shortest step.
        step = np.linalg.lstsq(hessian, -gap, rcond=1e-13)[0]
        size, before = 1.0, np.abs(gap).sum()
        while size > 1e-4:
            next_a, next_b = a + size * step[: len(a)], b + size * step[len(a) :]
            part, gap = state(next_a, next_b)
            if np.abs(gap).sum() < before:
                break
            size /= 2
        else:
            break
        a, b = next_a, next_b
    if np.abs(gap).max() > 1e-12 * total:
        raise impossible("odds balance")
    return part


def ipf(seed: Array, rows: Array, columns: Array, tolerance: float = 1e-13, steps: int = 20_000) -> Array:
    """``seed`` (m, n) scaled by rows and columns until its sums are ``rows`` and ``columns``; column sums are exact.

    ``tolerance`` bounds the row residual relative to the total. Raises DatasetError where it does not converge.
    """
    total = rows.sum()
    if total == 0:
        return np.zeros_like(seed)
    target = columns * (total / columns.sum())
    matrix = seed.copy()
    for _ in range(steps):
        matrix *= _ratio(rows, matrix.sum(1))[:, None]
        matrix *= _ratio(target, matrix.sum(0))[None, :]
        if np.abs(matrix.sum(1) - rows).max() <= tolerance * total:
            return matrix
    raise impossible("ipf")


def _ratio(wanted: Array, reached: Array) -> Array:
    return np.where(reached > 0, wanted / np.where(reached > 0, reached, 1.0), 0.0)


def impossible(step: str) -> DatasetError:
    """The error for totals that cannot be met at a step of the estimate."""
    return DatasetError(
        "no_balance",
        Text(
            f"省际表的估算在“{step}”一步无法平衡；请检查源文件中的控制总量。",
            f"The interprovincial estimate cannot be balanced at step '{step}'; check the control totals in the sources.",
        ),
    )
