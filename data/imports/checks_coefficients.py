"""Checks of what the algebra needs: flows not negative, output where there are inputs, a stable system, odd intensities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.imports import labels
from data.imports.checks_base import Filled, finding, placed_at, shown
from data.imports.forms import Array, Finding
from data.text import Text, joined

NEGATIVE_SHARE = 1e-3  # of all flows that negative ones may be before the coefficients mean nothing
OUTLIER = 50.0  # times the national intensity of the sector
OUTLIER_MT = 0.1  # emissions below do not matter
STEPS = 200
STOCKS = "stock_change"


def negatives(full: Filled) -> Finding:
    """Negatives where there should be none: flows, final use but stocks, exports, imports, value added but net taxes."""
    table = full.table
    kinds = [at for at, kind in enumerate(table.categories) if kind != STOCKS]
    parts = [at for at, key in enumerate(table.va_rows) if key != labels.NET_TAXES]
    blocks: list[tuple[Text, Array]] = [
        (Text("中间流量", "flows"), full.Z), (Text("最终使用", "final use"), full.Y[:, :, kinds]), (Text("出口", "exports"), full.exports),
        (Text("进口", "imports"), full.imports), (Text("增加值", "value added"), full.value_added[parts]),
    ]  # fmt: skip
    found = [(name, int((values < 0).sum()), float(values.min(initial=0.0))) for name, values in blocks]
    found = [item for item in found if item[1]]
    name = Text("负值（存货、误差、生产税净额除外）", "Negatives (other than stocks, balancing item, net taxes)")
    if not found:
        return finding(name, True, Text("没有。", "None."))
    share = -float(full.Z[full.Z < 0].sum()) / max(float(full.Z.sum()), 1e-300)
    cell = None
    if full.Z.min() < 0:
        row, column = np.unravel_index(int(np.argmin(full.Z)), full.Z.shape)
        cell = full.cell(int(row), int(column))
    said = joined(
        [
            Text(f"{n.zh}{count}个（最小{shown(least)}）", f"{count} among {n.en} (least {shown(least)})")
            for n, count, least in found
        ]
    )
    placed = placed_at(said, cell)
    fatal = share > NEGATIVE_SHARE
    mend = (
        Text("请与原表核对。", "compare with the original.")
        if fatal
        else Text("照原样保留。", "they are kept as they are.")
    )
    return finding(
        name,
        False,
        Text(f"{placed.zh}；{mend.zh}", f"{placed.en}; {mend.en}"),
        fatal=fatal,
        cell=cell,
    )


def no_output(full: Filled) -> Finding:
    """Sectors without output must have no inputs and no sales: their coefficients would not exist."""
    name = Text("无产出的部门", "Sectors without output")
    empty = full.x <= 0
    busy = empty & ((full.flows_in > full.tolerance) | (full.flows_out > full.tolerance))
    if busy.any():
        worst = int(np.argmax(np.where(busy, full.flows_in + full.flows_out, -1.0)))
        cell = full.cell(worst, "GO")
        where = placed_at(full.name(worst), cell)
        inputs, sales = shown(full.flows_in[worst]), shown(full.flows_out[worst])
        return finding(
            name, False,
            Text(f"{where.zh}总产出为零，却有投入{inputs}、销售{sales}（共{int(busy.sum())}个部门）；请改正后再导入。",
                 f"{where.en} has no output but inputs of {inputs} and sales of {sales} ({int(busy.sum())} such sectors); "
                 "correct them and import again."),
            cell=cell,
        )  # fmt: skip
    return finding(
        name,
        True,
        Text(
            f"{int(empty.sum())}个部门无产出，亦无投入与销售。",
            f"{int(empty.sum())} have no output; none of them has inputs or sales.",
        ),
    )


def spectral_radius(Z: Array, x: Array, steps: int = STEPS, within: float = 1e-5) -> float:
    """The spectral radius of A = Z / x by power iteration on A + I (which also settles for cyclic A), never forming A.
    For A not negative; an estimate from below where ``steps`` run out."""
    scale = np.divide(1.0, x, out=np.zeros_like(x), where=x > 0)
    v, before = np.full(x.size, 1.0 / x.size), 0.0
    for _ in range(steps):
        w: NDArray[np.float64] = Z @ (v * scale) + v
        radius = float(np.abs(w).sum())
        v = w / radius
        if abs(radius - before) < within * radius:
            break
        before = radius
    return radius - 1.0


def coefficients(full: Filled) -> list[Finding]:
    """The spectral radius of A, and its largest column sum."""
    sums = np.divide(full.flows_in, full.x, out=np.zeros_like(full.x), where=full.x > 0)
    worst = int(np.argmax(sums))
    cell = full.cell("TII", worst)
    where = placed_at(full.name(worst), cell)
    radius = spectral_radius(full.Z, full.x)
    name = Text("谱半径小于1", "Spectral radius below 1")
    detail = Text(f"直接消耗系数矩阵的谱半径为{radius:.4f}", f"The spectral radius of the coefficients is {radius:.4f}")
    wrong = Text(f"{detail.zh}，里昂惕夫逆不存在；请核对中间流量与总产出。",
                 f"{detail.en}: there is no Leontief inverse; check flows and output.")  # fmt: skip
    stable = radius < 1.0
    largest = Text(
        f"最大列和为{sums[worst]:.3f}，在{where.zh}",
        f"The largest column sum is {sums[worst]:.3f}, in {where.en}",
    )
    good = bool(sums[worst] < 1.0)
    more = Text(f"{largest.zh}，中间投入已超过其产出。", f"{largest.en}: inputs exceed output there.")
    return [
        finding(name, stable, Text(f"{detail.zh}。", f"{detail.en}.") if stable else wrong),
        finding(
            Text("直接消耗系数列和", "Column sums of the coefficients"), good,
            Text(f"{largest.zh}。", f"{largest.en}.") if good else more, fatal=False, cell=cell,
        ),
    ]  # fmt: skip


def intensity(full: Filled, co2: Array) -> Finding:
    """Emissions per output beside the sector's over all regions: far off, or emissions without output. Never smoothed."""
    name = Text("碳强度异常", "Intensity outliers")
    r, s = len(full.table.regions), len(full.table.sectors)
    output = full.x.reshape(r, s).sum(0)
    national = np.tile(np.divide(co2.reshape(r, s).sum(0), output, out=np.zeros(s), where=output > 0), r)
    times = np.divide(co2, full.x * national, out=np.zeros_like(co2), where=(full.x > 0) & (national > 0))
    times = np.where((full.x <= 0) & (co2 > 0), np.inf, times)
    odd = np.flatnonzero(((times > OUTLIER) & (co2 >= OUTLIER_MT)) | (np.isinf(times)) | (co2 < 0))
    if not odd.size:
        return finding(
            name,
            True,
            Text(
                f"没有高于全国同部门{OUTLIER:.0f}倍者。",
                f"None is over {OUTLIER:.0f} times its sector's national figure.",
            ),
        )
    odd = odd[np.argsort(-times[odd])]
    cell = full.cell("CO2", int(odd[0]))
    said = [_one_outlier(full.name(int(i)), float(times[i]), float(co2[i])) for i in odd[:3]]
    listed = Text("；".join(t.zh for t in said), "; ".join(t.en for t in said))
    return finding(
        name, False,
        Text(f"{odd.size}处：{listed.zh}。数值照原样保留。", f"{odd.size}: {listed.en}. The figures are kept as they are."), fatal=False, cell=cell,
    )  # fmt: skip


def _one_outlier(where: Text, times: float, mt: float) -> Text:
    if mt < 0:
        return Text(f"{where.zh}的排放为负（{mt:.3f} Mt）", f"{where.en} has negative emissions ({mt:.3f} Mt)")
    if np.isinf(times):
        return Text(f"{where.zh}有排放（{mt:.3f} Mt）而无产出", f"{where.en} emits {mt:.3f} Mt without output")
    return Text(
        f"{where.zh}为全国同部门的{times:.0f}倍", f"{where.en} at {times:.0f} times its sector's national figure"
    )


__all__ = ["coefficients", "intensity", "negatives", "no_output", "spectral_radius"]
