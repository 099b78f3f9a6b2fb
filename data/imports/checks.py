"""Checks of a table as read, for people: what was tried, whether it holds, and where it does not.

A table that does not balance beyond rounding, lacks numbers or has inputs without output must not be used: those findings
are fatal. What published tables are known to have (a balancing item, single negatives, odd intensities) is a warning.
Nothing is mended here.
"""

from __future__ import annotations

import numpy as np

from data.imports.checks_balance import balances, printed_sums
from data.imports.checks_base import Filled, filled, finding, placed_at, shown
from data.imports.checks_coefficients import coefficients, intensity, negatives, no_output
from data.imports.forms import Array, Finding, ReadTable
from data.text import Text

ERROR_SHARE = 0.01  # of all output that the published balancing item may be before it is pointed out
ERROR_SHARE_ONE = 0.2  # of one sector's output
# Gross output of all provinces, 100M yuan: wide enough for any year of this century (our assumption), so that only a wrong
# unit falls outside.
PLAUSIBLE = (1e5, 2e7)
PLAUSIBLE_MT = (1e3, 3e4)  # CO2 of all provinces, likewise


def check_table(table: ReadTable) -> list[Finding]:
    """Every check of a table, in the order a reader would want them; arrays that lack numbers are taken as zero after
    the first finding has said so."""
    full = Filled(table)
    found = [_labels(table), _numbers(full), _units(full), _output(full), *balances(full)]
    found += [*printed_sums(full), _error_share(full), negatives(full), no_output(full), *coefficients(full)]
    if table.co2 is not None:
        co2 = filled(table.co2)
        found += [_emissions(full, co2), intensity(full, co2)]
    return found


def _labels(table: ReadTable) -> Finding:
    n = len(table.regions) * len(table.sectors)
    twice = [k for keys in (table.regions, table.sectors, table.categories) for k in set(keys) if keys.count(k) > 1]
    ok = not twice and table.Z.shape == (n, n) and table.x.shape == (n,)
    count = Text(
        f"{len(table.regions)}个地区×{len(table.sectors)}个部门",
        f"{len(table.regions)} regions × {len(table.sectors)} sectors",
    )
    wrong = Text(
        f"{count.zh}，有重复标签：{'、'.join(twice)}；请改正标签。",
        f"{count.en}, labels that repeat: {', '.join(twice)}; correct them.",
    )
    good = Text(f"{count.zh}，无缺漏、无重复。", f"{count.en}, none missing, none twice.")
    return finding(Text("行列标签", "Labels"), ok, good if ok else wrong)


def _numbers(full: Filled) -> Finding:
    """Blank cells and texts. Blanks in final imports and CO2 are a warning, and so is value added that is blank as a whole."""
    table = full.table
    name = Text("数值单元格", "Cells with numbers")
    places: tuple[tuple[Array, tuple[str, ...]], ...] = (
        (table.Z, ("", "")), (table.x, ("", "GO")), (table.exports, ("", "EX")), (table.imports, ("IM", "")),
        *((row, (key, "")) for key, row in zip(table.va_rows, table.value_added, strict=True) if full.holds_value_added),
    )  # fmt: skip
    missing = sum(int(np.isnan(values).sum()) for values, _ in places) + int(np.isnan(table.Y).sum())
    if table.texts:
        cell, text = table.texts[0]
        return finding(
            name, False,
            Text(f"{cell} 应为数值，实为“{text}”（共{missing}个单元格没有数值）；请改为数值后再导入。",
                 f"{cell} should hold a number and holds '{text}' ({missing} cells lack a number); enter the number and import again."),
            cell=cell,
        )  # fmt: skip
    if missing:
        blanks = (_first_blank(full, values, keys) for values, keys in places)
        cell_ = next((cell for cell in blanks if cell), None) or _blank_use(full)
        return finding(
            name, False,
            Text(f"有{missing}个应有数值的单元格为空，首个为{cell_ or '（无单元格）'}；空白不按零处理，请填入数值后再导入。",
                 f"{missing} cells that should hold a number are blank, the first {cell_ or '(no cell)'}; a blank is not taken for "
                 "zero: enter the numbers and import again."),
            cell=cell_,
        )  # fmt: skip
    lesser = sum(int(np.isnan(v).sum()) for v in (table.final_imports, table.error, table.co2) if v is not None)
    if lesser:
        return finding(
            name, False,
            Text(f"最终使用的进口、误差与 CO2 中有{lesser}个空白，按缺数处理。",
                 f"{lesser} blanks among final imports, balancing item and CO2: no data there."),
            fatal=False,
        )  # fmt: skip
    return finding(name, True, Text("全部单元格均为数值。", "Every cell holds a number."))


def _first_blank(full: Filled, values: Array, keys: tuple[str, ...]) -> str | None:
    found = np.argwhere(np.isnan(values))
    if not len(found):
        return None
    at = [int(i) for i in found[0]]
    if len(at) == 2:
        return full.cell(at[0], at[1])
    return full.cell(keys[0] or at[0], keys[1] or at[0])


def _blank_use(full: Filled) -> str | None:
    found = np.argwhere(np.isnan(full.table.Y))
    if not len(found):
        return None
    row, region, category = (int(i) for i in found[0])
    return full.cell(row, f"{full.table.regions[region]} {full.table.categories[category]}")


def _units(full: Filled) -> Finding:
    total = float(full.x.sum())
    name = Text("数量级", "Order of magnitude")
    if full.table.classification == "own":
        return finding(
            name,
            True,
            Text(f"总产出合计{shown(total)}{full.money.zh}。", f"All output is {shown(total)} {full.money.en}."),
        )
    ok = PLAUSIBLE[0] <= total <= PLAUSIBLE[1]
    said = Text(f"全国总产出合计{shown(total)}{full.money.zh}", f"All output is {shown(total)} {full.money.en}")
    wrong = Text(f"{said.zh}，与中国经济规模不符；请核对单位是否为万元。",
                 f"{said.en}, not the size of China's economy; check that the unit is 10,000 yuan.")  # fmt: skip
    return finding(name, ok, Text(f"{said.zh}。", f"{said.en}.") if ok else wrong, fatal=False)


def _emissions(full: Filled, co2: Array) -> Finding:
    name, total = Text("排放数量级", "Order of magnitude of emissions"), float(co2.sum())
    ok = full.table.classification == "own" or PLAUSIBLE_MT[0] <= total <= PLAUSIBLE_MT[1]
    said = Text(f"CO2 合计{shown(total)}百万吨", f"CO2 is {shown(total)} Mt in all")
    wrong = Text(
        f"{said.zh}，与中国的排放规模不符；请核对单位。",
        f"{said.en}, not the size of China's emissions; check its unit.",
    )
    return finding(name, ok, Text(f"{said.zh}。", f"{said.en}.") if ok else wrong, fatal=False)


def _output(full: Filled) -> Finding:
    name = Text("总产出非负", "Output not negative")
    worst = int(np.argmin(full.x))
    ok = bool(full.x[worst] >= 0 and full.x.any())
    cell = full.cell(worst, "GO")
    where = placed_at(full.name(worst), cell)
    wrong = Text(f"{where.zh}的总产出为{shown(full.x[worst])}{full.money.zh}；请改正后再导入。",
                 f"{where.en} has output {shown(full.x[worst])} {full.money.en}; correct it and import again.")  # fmt: skip
    return finding(name, ok, Text("没有负的总产出。", "No output is negative.") if ok else wrong, cell=cell)


def _error_share(full: Filled) -> Finding:
    total = float(np.abs(full.error).sum() / max(float(np.abs(full.x).sum()), 1e-300))
    shares = np.divide(np.abs(full.error), full.x, out=np.zeros_like(full.x), where=full.x > 0)
    worst = int(np.argmax(shares))
    ok = total <= ERROR_SHARE and shares[worst] <= ERROR_SHARE_ONE
    cell = full.cell(worst, "ERR")
    where = placed_at(full.name(worst), cell)
    detail = Text(f"误差绝对值合计占总产出{total:.2%}，最高的是{where.zh}，占其产出{shares[worst]:.1%}。",
                  f"The balancing item is {total:.2%} of all output in absolute terms, most in {where.en}: "
                  f"{shares[worst]:.1%} of its output.")  # fmt: skip
    return finding(Text("误差占比", "Share of the balancing item"), ok, detail, fatal=False, cell=cell)


__all__ = ["check_table"]
