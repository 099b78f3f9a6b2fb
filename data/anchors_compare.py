"""The active interprovincial table beside published values: a report, never a verdict on the dataset.

Flows are compared inside provinces only, for none between provinces are published. Beside them stands a naive model:
national coefficients times each province's output, scaled by one constant so that its sum is the published sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from data.anchors import A_TO_B, Anchors
from data.mrio import Array, Mrio, load_emissions, load_mrio, national, table_years
from data.text import Text

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Unit = Literal["r", "%"]
GOODS = 29  # CO2 of sectors up to here is mapped one to one; of services it is a split
CLOSE = 0.02  # a sector's CO2 "agrees" within 2 %
OFF = 30.0  # a median ratio beyond this, or below its inverse, is a unit and not a difference
SHIFT_GAIN = 0.1  # log correlation that shifted labels must gain to be believed
NAMES: dict[str, Text] = {
    "output": Text("总产出", "gross output"),
    "value_added": Text("增加值", "value added"),
    "final_use": Text("最终使用（含出口）", "final use, exports included"),
    "exports": Text("出口", "exports"),
    "co2": Text("二氧化碳", "CO2"),
}


@dataclass(frozen=True, slots=True)
class Statistic:
    """One line of the report: ``ours`` and, where there is one, the naive model's; a correlation or a percentage."""

    key: str
    name: Text
    ours: float
    naive: float | None
    unit: Unit
    count: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One published table beside ours; no statistics where they cannot be compared, then ``notes`` say why."""

    table: str
    year: int
    classification: str
    statistics: tuple[Statistic, ...]
    notes: tuple[Text, ...]


def compare(warehouse: Warehouse, anchors: list[Anchors]) -> list[Comparison]:
    """Every published table beside the active dataset's table of the same year."""
    years = table_years(warehouse)
    found = []
    for published in anchors:
        if published.year not in years:
            known = "、".join(map(str, years)) or "无"
            told = Text(
                f"现用数据集没有{published.year}年的省际表（现有：{known}），未比较。",
                f"The active dataset has no interprovincial table of {published.year} (it has: "
                f"{', '.join(map(str, years)) or 'none'}); not compared.",
            )
            found.append(Comparison(published.name, published.year, published.classification, (), (told,)))
        else:
            found.append(_compare(warehouse, load_mrio(warehouse, published.year), published))
    return found


def _compare(warehouse: Warehouse, mrio: Mrio, published: Anchors) -> Comparison:
    notes: list[Text] = []
    if published.classification == "A":
        notes.append(Text(
            "该表按列表A分类：只比较与列表B逐一对应的部门，第22、23、36部门未比较。",
            "This table is in list A: only sectors that are one whole sector of list B are compared, 22, 23 and 36 are left out."))  # fmt: skip
    if published.unknown_labels:
        listed = ", ".join(sorted(published.unknown_labels)[:5])
        notes.append(Text(f"部分流量的部门名无编号可对，未比较：{listed}。",
                          f"Flows of sectors without a known number are left out: {listed}."))  # fmt: skip
    statistics = [*edges(mrio, published, notes)]
    emissions = load_emissions(warehouse, mrio)
    r, s = len(mrio.regions), len(mrio.sectors)
    ours = {
        "output": mrio.x, "value_added": mrio.value_added, "exports": mrio.exports,
        "final_use": mrio.Y.sum((1, 2)) + mrio.exports, "co2": emissions.co2,
    }  # fmt: skip
    for quantity, values in published.nodes.items():
        statistics += nodes(mrio, quantity, ours[quantity].reshape(r, s), published, values, notes)
    return Comparison(published.name, published.year, published.classification, tuple(statistics), tuple(notes))


def _number(published: Anchors, sector: int) -> int | None:
    """The sector's number in list B, our own; None for one that is no whole sector there."""
    return sector if published.classification == "B" else A_TO_B.get(sector)


def edges(mrio: Mrio, published: Anchors, notes: list[Text]) -> list[Statistic]:
    """Flows inside provinces: log correlation, MdAPE, WAPE, and how many of the published largest are among our largest."""
    r, s = len(mrio.regions), len(mrio.sectors)
    rows = []
    for (code, supplier, buyer), flow in published.edges.items():
        a, b = _number(published, supplier), _number(published, buyer)
        if code in mrio.regions and a is not None and b is not None:
            rows.append((mrio.regions.index(code), a - 1, b - 1, flow))
    if not rows:
        return []
    at, i, j = (np.array([row[k] for row in rows]) for k in range(3))
    theirs = np.array([row[3] for row in rows])
    inside = mrio.Z.reshape(r, s, r, s)[np.arange(r), :, np.arange(r), :]
    coefficients = national(mrio).A
    naive = coefficients[None] * mrio.x.reshape(r, 1, s)
    guess = naive[at, i, j]
    guess = guess * (theirs.sum() / guess.sum())
    ours = in_unit(inside[at, i, j], theirs, Text("省内流量", "flows inside provinces"), notes)
    table: list[tuple[str, Text, Unit, float, float]] = [
        ("edges_log_correlation", Text("省内流量：对数相关", "flows inside provinces: log correlation"), "r",
         log_correlation(ours, theirs), log_correlation(guess, theirs)),
        ("edges_mdape", Text("省内流量：绝对差的中位数", "flows inside provinces: median absolute difference"), "%",
         100 * mdape(ours, theirs), 100 * mdape(guess, theirs)),
        ("edges_wape", Text("省内流量：加权绝对差", "flows inside provinces: weighted absolute difference"), "%",
         100 * wape(ours, theirs), 100 * wape(guess, theirs)),
        ("edges_found", Text("已发布的最大流量也在我们的最大流量之中", "published largest flows found among our largest"), "%",
         100 * largest_found(inside, at, i, j), 100 * largest_found(naive, at, i, j)),
    ]  # fmt: skip
    return [Statistic(key, name, own, plain, unit, len(theirs)) for key, name, unit, own, plain in table]


def largest_found(inside: Array, at: Array, i: Array, j: Array) -> float:
    """Share of the listed flows of each province (R, S, S) that are among as many largest of ours there."""
    hits = 0
    for province in np.unique(at):
        listed = np.flatnonzero(at == province)
        flat = inside[province].reshape(-1)
        least = np.partition(flat, -len(listed))[-len(listed)]
        hits += int((inside[province, i[listed], j[listed]] >= least).sum())
    return hits / len(at)


def nodes(
    mrio: Mrio, quantity: str, values: Array, published: Anchors, theirs: dict[tuple[str, int], float], notes: list[Text]
) -> list[Statistic]:  # fmt: skip
    """One quantity (R, S) by province and sector: weighted absolute difference, log correlation, for CO2 how many agree."""
    name = NAMES[quantity]
    shift = _shift(mrio, values, published, theirs)
    if shift:
        notes.append(Text(
            f"{name.zh}：已发布表的部门名看来错位{shift:+d}位，按错位后的部门比较。",
            f"{name.en}: the published sector labels look shifted by {shift:+d}; compared after shifting."))  # fmt: skip
    ours, given, sectors = _paired(mrio, values, published, theirs, shift)
    if not len(given):
        return []
    ours = in_unit(ours, given, name, notes)
    covered = 100 * ours.sum() / np.nansum(values)
    notes.append(Text(f"{name.zh}：比较{len(given)}个省份部门，占我们合计的{covered:.0f}%。",
                      f"{name.en}: {len(given)} province-sectors compared, {covered:.0f} % of our total."))  # fmt: skip
    found = [
        Statistic(f"{quantity}_wape", Text(f"{name.zh}：加权绝对差", f"{name.en}: weighted absolute difference"),
                  100 * wape(ours, given), None, "%", len(given)),
        Statistic(f"{quantity}_log_correlation", Text(f"{name.zh}：对数相关", f"{name.en}: log correlation"),
                  log_correlation(ours, given), None, "r", int(((ours > 0) & (given > 0)).sum())),
    ]  # fmt: skip
    if quantity == "co2":
        observed = (sectors <= GOODS) & (given > 0)
        share = 100 * float((np.abs(ours / np.where(given > 0, given, 1) - 1) <= CLOSE)[observed].mean())
        label = Text("二氧化碳：1至29部门相差不过2%的比例", "CO2: share of sectors 1 to 29 within 2 %")
        found.append(Statistic("co2_within_2_percent", label, share, None, "%", int(observed.sum())))
    return found


def _paired(
    mrio: Mrio, values: Array, published: Anchors, theirs: dict[tuple[str, int], float], shift: int
) -> tuple[Array, Array, Array]:  # fmt: skip
    """Ours, theirs and the sector of every cell both have; the published label taken ``shift`` sectors on."""
    rows = []
    for (code, sector), value in theirs.items():
        number = _number(published, sector)
        number = None if number is None else number + shift
        if code in mrio.regions and number is not None and 1 <= number <= values.shape[1]:
            mine = float(values[mrio.regions.index(code), number - 1])
            if np.isfinite(mine):
                rows.append((mine, value, number))
    return tuple(np.array([row[k] for row in rows]) for k in range(3))  # type: ignore[return-value]


def _shift(mrio: Mrio, values: Array, published: Anchors, theirs: dict[tuple[str, int], float]) -> int:
    """By how many sectors the published labels look shifted: 0 unless -1 or 1 fits far better."""
    fit = {}
    for shift in (0, -1, 1):
        ours, given, _ = _paired(mrio, values, published, theirs, shift)
        fit[shift] = log_correlation(ours, given) if len(given) else -1.0
    best = max(fit, key=lambda k: fit[k])
    return best if fit[best] > fit[0] + SHIFT_GAIN else 0


def in_unit(ours: Array, theirs: Array, name: Text, notes: list[Text]) -> Array:
    """Ours in the unit of theirs: a power of ten between them, told from the median ratio, is a mislabelled unit."""
    both = (ours > 0) & (theirs > 0)
    if not both.any():
        return ours
    ratio = float(np.median(ours[both] / theirs[both]))
    if 1 / OFF <= ratio <= OFF:
        return ours
    factor = 10.0 ** round(float(np.log10(ratio)))
    notes.append(Text(
        f"{name.zh}：已发布值的单位与标注相差{factor:g}倍，按更正后的单位比较。",
        f"{name.en}: the published unit is off by a factor of {factor:g} from its label; compared after mending it."))  # fmt: skip
    return np.asarray(ours / factor)


def wape(ours: Array, theirs: Array) -> float:
    """Sum of absolute differences over the sum of their absolute values."""
    return float(np.abs(ours - theirs).sum() / np.abs(theirs).sum())


def mdape(ours: Array, theirs: Array) -> float:
    """Median of the absolute relative differences; where theirs is zero there is none."""
    known = theirs != 0
    return float(np.median(np.abs(ours[known] / theirs[known] - 1)))


def log_correlation(ours: Array, theirs: Array) -> float:
    """Pearson's r of the logarithms where both are positive; NaN for fewer than three pairs or a constant."""
    both = (ours > 0) & (theirs > 0)
    a, b = np.log(ours[both]), np.log(theirs[both])
    if len(a) < 3 or a.std() == 0 or b.std() == 0:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


__all__ = ["Comparison", "Statistic", "compare"]
