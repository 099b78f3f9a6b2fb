"""Checks of the balances: rows and columns against output, and the sums a file prints against its cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.imports.checks_base import Filled, filled, finding, placed_at
from data.imports.forms import Array, Finding
from data.text import Text

_MEND = Text("请与原表核对该行列的数值，或重新下载。", "compare that line with the original, or download it again.")


@dataclass(frozen=True)
class _Balance:
    """One balance of a table: ``left`` should be output; ``line`` is the row or column of sums it ends in (GO, TI)."""

    full: Filled
    name: Text
    left: Array
    parts: Text
    line: str
    hint: Text = _MEND

    @property
    def off(self) -> Array:
        """What is too much on the left."""
        return np.asarray(self.left - self.full.x)

    @property
    def beyond(self) -> NDArray[np.intp]:
        """Positions off by more than rounding."""
        return np.flatnonzero(np.abs(self.off) > self.full.tolerance)

    @property
    def worst(self) -> int:
        """The position most off."""
        return int(np.argmax(np.abs(self.off)))

    def finding(self, meeting: tuple[str, Text] | None = None) -> Finding:
        """The finding. ``meeting``: the cell that explains it, and the words for that."""
        worst, full = self.worst, self.full
        if not self.beyond.size:
            most = full.amount(abs(self.off[worst]))
            return finding(
                self.name, True, Text(f"成立，最大差{most.zh}。", f"Holds; the largest difference is {most.en}.")
            )
        at = full.cell(worst, "GO") if self.line == "GO" else full.cell("TI", worst)
        where, count = placed_at(full.name(worst), at), self.beyond.size
        cell, hint = (at, self.hint) if meeting is None else meeting
        left, right = full.amount(self.left[worst]), full.amount(full.x[worst])
        return finding(
            self.name, False,
            Text(f"{count}处不平衡，最大的是{where.zh}：{self.parts.zh}为{left.zh}，总产出为{right.zh}；{hint.zh}",
                 f"{count} of {self.left.size:,} do not balance, most of all {where.en}: {self.parts.en} are {left.en}, output is "
                 f"{right.en}; {hint.en}"),
            cell=cell,
        )  # fmt: skip


def balances(full: Filled) -> list[Finding]:
    """Row balance and column balance."""
    left = full.flows_out + full.Y.sum((1, 2)) + full.exports + full.error
    rows = _Balance(
        full, Text("行平衡", "Row balance"), left, Text("中间使用、最终使用、出口与误差之和", "uses, exports and the balancing item"), "GO"
    )  # fmt: skip
    if not full.holds_value_added:
        said = Text("文件没有增加值，未检验列平衡。", "The file holds no value added; columns were not checked.")
        return [rows.finding(), finding(Text("列平衡", "Column balance"), False, said, fatal=False)]
    columns = _columns(full)
    meeting = _meeting(rows, columns)
    return [rows.finding(meeting), columns.finding(meeting)]


def _columns(full: Filled) -> _Balance:
    name, hint = Text("列平衡", "Column balance"), _MEND
    bare = full.flows_in + full.value_added.sum(0)
    if full.imports.any() and not (np.abs(bare - full.x) > full.tolerance).any():
        hint = Text("不计进口行时列平衡成立：进口似已含在中间投入内，此种表不支持。",
                    "without the import row the columns balance: imports seem to be within the flows, a kind of table not read here.")  # fmt: skip
    parts = Text("中间投入、进口与增加值之和", "inputs, imports and value added")
    columns = _Balance(full, name, bare + full.imports, parts, "TI", hint)
    total = full.table.printed.get("TI")
    if columns.beyond.size or total is None:
        return columns
    return _Balance(full, name, filled(total), Text("所印总投入（TI）", "printed total inputs (TI)"), "TI")


def _meeting(rows: _Balance, columns: _Balance) -> tuple[str, Text] | None:
    """The one flow that puts a row and a column off by the same amount, where it is that and nothing else."""
    i, j, full = rows.worst, columns.worst, rows.full
    apart = abs(rows.off[i] - columns.off[j])
    if rows.beyond.size != 1 or columns.beyond.size != 1 or i == j or apart > max(full.tolerance[i], full.tolerance[j]):
        return None
    cell = full.cell(i, j)
    if cell is None:
        return None
    by, holds = full.amount(rows.off[i]), full.amount(full.Z[i, j])
    return cell, Text(
        f"行列相差同为{by.zh}，应是交点 {cell}（现为{holds.zh}）有误；请与原表核对该单元格。",
        f"row and column are off by the same {by.en}, so the cell where they meet, {cell} (now {holds.en}), should be wrong: compare it "
        "with the original.",
    )  # fmt: skip


def printed_sums(full: Filled) -> list[Finding]:
    """The sums the file prints beside the sums of its cells; where two readings are in use the nearer one counts."""
    sums: dict[str, tuple[Text, tuple[Array, ...]]] = {
        "TII": (
            Text("中间投入合计（TII）", "Total intermediate inputs (TII)"),
            (full.flows_in, full.flows_in + full.imports),
        ),
        "TVA": (Text("增加值合计（TVA）", "Total value added (TVA)"), (full.value_added.sum(0),)),
        "TII use": (Text("中间使用合计", "Total intermediate use"), (full.flows_out,)),
        "TFU": (
            Text("最终使用合计（TFU）", "Total final use (TFU)"),
            (full.Y.sum((1, 2)), full.Y.sum((1, 2)) + full.exports),
        ),
    }
    out = []
    for key, (name, readings) in sums.items():
        printed = full.table.printed.get(key)
        if printed is None:
            continue
        off = min(
            (np.abs(np.nan_to_num(printed - reading, nan=0.0)) for reading in readings), key=lambda a: float(a.sum())
        )
        worst = int(np.argmax(off))
        ok = not (off > full.tolerance).any()
        cell = full.cell(worst, key.removesuffix(" use")) if key in ("TII use", "TFU") else full.cell(key, worst)
        where = placed_at(full.name(worst), cell)
        count = int((off > full.tolerance).sum())
        wrong = Text(f"{count}处与各项之和不符，最大差{full.amount(off[worst]).zh}，在{where.zh}；请与原表核对。",
                     f"{count} of {off.size:,} differ from the sum of their parts, most by {full.amount(off[worst]).en} at {where.en}; "
                     "compare with the original.")  # fmt: skip
        out.append(
            finding(
                name,
                ok,
                Text("与各项之和一致。", "Agrees with the sum of its parts.") if ok else wrong,
                fatal=False,
                cell=cell,
            )
        )
    return out


__all__ = ["balances", "printed_sums"]
