"""Folders written by pymrio (``save`` or ``save_all``): Z or A with x, Y, units, and the extensions.

Final use by a region that produces nothing in the table is exports. Value added and imports come from extensions of
those names, CO2 from the one row that is called so; what was taken, and what could not be told, stands in the notes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.characters import folded
from data.imports.forms import Array, Origin, ReadTable
from data.imports.naming import Names, recognised
from data.imports.pymrio_frames import PARAMETERS, Frame, Label, Part, part
from data.imports.quantities import YUAN, to_100m_yuan, to_mt
from data.imports.refusal import refused
from data.text import Text, same

_VALUE_ADDED = {"valueadded", "factorinputs", "factorinput", "primaryinputs", "va"}
_IMPORTS = {"imports", "import", "进口"}
_BALANCING = "balancing"  # the published balancing item in folders that we wrote
_CO2 = re.compile(r"(?<![a-z0-9])co_?2(?![a-z0-9])|carbon dioxide|二氧化碳", re.IGNORECASE)
_CO2_ALONE = {"co2", "carbondioxide", "二氧化碳"}
_MAX_METADATA = 2**20
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")


def recognise(path: Path) -> bool:
    """Whether a folder was written by pymrio."""
    return path.is_dir() and (path / PARAMETERS).is_file()


def read(path: Path) -> ReadTable:
    """The table of a pymrio folder. Raises BadRequest naming the file (and cell) at fault and the mend."""
    system = part(path)
    if system.kind != "IOSystem":
        raise refused(path, same(PARAMETERS), Text("这是卫星账户，不是投入产出系统", "it is an extension, not an input-output system"),
                      Text("请选上一级目录", "choose the folder above it"))  # fmt: skip
    return _Reading(system).table()


@dataclass(frozen=True)
class _Row:
    """One row of an extension."""

    extension: str
    label: str
    unit: str
    values: Array


class _Reading:
    def __init__(self, system: Part) -> None:
        self.system, self.path = system, system.folder
        self.notes: list[Text] = []

    def table(self) -> ReadTable:
        """Read everything and put it into the order regions, then sectors."""
        flows, output = self._flows()
        final = self._whole("Y", flows.index, "Y")
        regions, sectors = _distinct(flows.index, 0), _distinct(flows.index, 1)
        self._grid(flows, regions, sectors)
        order = [(label[0], label[1] if len(label) > 1 else "final") for label in final.columns]
        inside = [label for label in order if label[0] in regions]
        names = recognised(tuple(regions), tuple(sectors), tuple(_distinct(inside, 1)))
        at = self._places(flows.index, names, regions, sectors)
        n, r, k = len(flows.index), len(names.regions), len(names.categories)
        factor, money = self._money(names)
        Z, x = np.empty((n, n)), np.empty(n)
        Z[np.ix_(at, at)] = flows.values
        Z *= factor
        Y, exports = np.zeros((n, r, k)), np.zeros(n)
        kinds = _distinct(inside, 1)
        for column, (region, category) in enumerate(order):
            values = final.values[:, column] * factor
            if region in regions:
                Y[at, names.region_at[regions[region]], names.category_at[kinds[category]]] += values
            else:
                exports[at] += values
        if outside := sorted({region for region, _ in order} - set(regions)):
            self.notes.append(Text(f"最终使用中表外地区（{'、'.join(outside)}）的部分按出口读入。",
                                   f"Final use by regions outside the table ({', '.join(outside)}) was read as exports."))  # fmt: skip
        x[at] = output * factor if output is not None else self._sums(flows, final) * factor
        rows = self._rows(flows.index)
        error = np.zeros(n)
        for row in rows:
            if folded(row.extension) == _BALANCING:
                error[at] += row.values * factor
        value_added, va_rows = self._value_added(rows, at, factor)
        imports, final_imports = self._imports(rows, at, factor, names, regions, kinds)
        return ReadTable(
            year=self._year(), classification=names.classification, regions=names.regions, sectors=names.sectors,
            categories=names.categories, va_rows=va_rows, Z=Z, Y=Y, exports=exports, error=error, imports=imports,
            final_imports=final_imports, value_added=value_added, x=x, co2=self._co2(rows, at, x, names), money=money,
            origin=Origin(self.path.name, ""), notes=(*names.notes, *self.notes),
        )  # fmt: skip

    def _flows(self) -> tuple[Frame, Array | None]:
        output = None
        if self.system.has("x"):
            output = self.system.frame("x").values[:, 0]
        if self.system.has("Z"):
            flows = self.system.frame("Z")
        elif self.system.has("A") and output is not None:
            flows = self.system.frame("A")
            flows.values[:] *= output[None, :] if len(output) == flows.values.shape[1] else np.nan
            self.notes.append(Text("中间流量由 A 与 x 相乘得出。", "Intermediate flows are A times x."))
        else:
            raise refused(self.path, same(PARAMETERS), Text("没有 Z，也没有 A 与 x", "there is neither Z nor A with x"),
                          Text("请用 save_all 保存完整系统", "save the whole system with save_all"))  # fmt: skip
        if any(len(label) != 2 for label in flows.index) or flows.index != flows.columns:
            raise refused(self.path, same("Z"), Text("行与列不是同一组（地区，部门）", "rows and columns are not the same (region, sector) pairs"),
                          Text("请用 pymrio 保存对称表", "save a symmetric table with pymrio"))  # fmt: skip
        if output is not None and len(output) != len(flows.index):
            raise refused(self.path, same("x"), Text(f"有{len(output)}行，应为{len(flows.index)}行", f"{len(output)} rows, not {len(flows.index)}"),
                          Text("请重新保存", "save it again"))  # fmt: skip
        return flows, output

    def _whole(self, name: str, index: tuple[Label, ...], shown: str, source: Part | None = None) -> Frame:
        """A table whose rows must be the system's sectors."""
        if not (source or self.system).has(name):
            raise refused(self.path, same(PARAMETERS), Text(f"没有 {shown}", f"there is no {shown}"),
                          Text("请用 save_all 保存完整系统", "save the whole system with save_all"))  # fmt: skip
        frame = (source or self.system).frame(name)
        if frame.index != index:
            raise refused(self.path, same(shown), Text("行与 Z 的地区、部门不一致", "its rows are not the regions and sectors of Z"),
                          Text("请重新保存", "save it again"))  # fmt: skip
        return frame

    def _grid(self, flows: Frame, regions: dict[str, int], sectors: dict[str, int]) -> None:
        if len(set(flows.index)) != len(flows.index) or len(flows.index) != len(regions) * len(sectors):
            raise refused(self.path, same("Z"), Text("各地区的部门不一致", "the regions do not have the same sectors"),
                          Text("请先归并为统一的部门分类", "aggregate to one list of sectors first"))  # fmt: skip

    def _places(
        self, index: tuple[Label, ...], names: Names, regions: dict[str, int], sectors: dict[str, int]
    ) -> list[int]:
        size = len(names.sectors)
        return [names.region_at[regions[r]] * size + names.sector_at[sectors[s]] for r, s in index]

    def _money(self, names: Names) -> tuple[float, str]:
        """Factor and unit of money; one unit for the whole table."""
        units = {""}
        if self.system.has("unit"):
            units = {word.strip() for word in self.system.words("unit").words}
        if len(units) > 1:
            listed = ", ".join(sorted(units)[:5])
            raise refused(self.path, same("unit"), Text(f"单位不止一种：{listed}", f"there is more than one unit: {listed}"),
                          Text("请换算为同一货币单位", "convert to one unit of money"))  # fmt: skip
        unit = units.pop() if units else ""
        factor = to_100m_yuan(unit)
        if factor is not None:
            return factor, YUAN
        if names.classification != "own":
            raise refused(self.path, same("unit"), Text(f"金额单位“{unit}”无法换算为亿元", f"the unit '{unit}' is not one of yuan"),
                          Text("请在 unit 中注明 10k yuan、million yuan 等", "state 10k yuan, million yuan or the like in unit"))  # fmt: skip
        if not unit:
            self.notes.append(Text("文件未注明金额单位。", "The files do not state the unit of money."))
        return 1.0, unit or "unstated"

    def _sums(self, flows: Frame, final: Frame) -> Array:
        self.notes.append(Text("没有 x，总产出按 Z 与 Y 各行之和得出，行平衡因此不构成核对。",
                               "There is no x: output is the row sum of Z and Y, so the row balance checks nothing."))  # fmt: skip
        return np.asarray(flows.values.sum(1) + final.values.sum(1))

    def _rows(self, index: tuple[Label, ...]) -> list[_Row]:
        """Every row of every extension, with its unit."""
        found: list[_Row] = []
        for folder in sorted(p for p in self.path.iterdir() if p.is_dir() and (p / PARAMETERS).is_file()):
            extension = part(folder)
            if extension.kind != "Extension" or not extension.has("F"):
                continue
            frame = extension.frame("F")
            if frame.columns != index:
                raise refused(self.path, same(f"{folder.name}/F"), Text("列与 Z 的地区、部门不一致", "its columns are not those of Z"),
                              Text("请重新保存", "save it again"))  # fmt: skip
            units = dict(zip(*_units(extension), strict=True)) if extension.has("unit") else {}
            found += [
                _Row(folder.name, " ".join(label), units.get(label, ""), frame.values[i])
                for i, label in enumerate(frame.index)
            ]
        return found

    def _value_added(self, rows: list[_Row], at: list[int], factor: float) -> tuple[Array, tuple[str, ...]]:
        mine = [row for row in rows if folded(row.extension) in _VALUE_ADDED and folded(row.label) not in _IMPORTS]
        if not mine:
            self.notes.append(Text("没有名为 value_added 或 factor_inputs 的账户：增加值为无数据，列平衡无从核对。",
                                   "There is no extension value_added or factor_inputs: value added is no data, the column balance "
                                   "cannot be checked."))  # fmt: skip
            return np.zeros((0, len(at))), ()
        self.notes.append(
            Text(
                f"增加值取自账户 {mine[0].extension}（{len(mine)}行）。",
                f"Value added is from the extension {mine[0].extension} ({len(mine)} rows).",
            )
        )
        values = np.empty((len(mine), len(at)))
        values[:, at] = np.stack([row.values for row in mine]) * factor
        return values, tuple(row.label for row in mine)

    def _imports(
        self,
        rows: list[_Row],
        at: list[int],
        factor: float,
        names: Names,
        regions: dict[str, int],
        kinds: dict[str, int],
    ) -> tuple[Array, Array]:
        imports, final = np.zeros(len(at)), np.zeros((len(names.regions), len(names.categories)))
        mine = [row for row in rows if folded(row.extension) in _IMPORTS or folded(row.label) in _IMPORTS]
        for row in mine:
            imports[at] += row.values * factor
        if not mine:
            self.notes.append(
                Text(
                    "没有名为 imports 的账户，按封闭表读入。",
                    "There is no extension imports: the table is taken as closed.",
                )
            )
        for folder in {row.extension for row in mine}:
            extension = part(self.path / folder)
            if not extension.has("F_Y"):
                continue
            frame = extension.frame("F_Y")
            for column, label in enumerate(frame.columns):
                if label[0] in regions and label[-1] in kinds:
                    picked = [
                        i
                        for i, row in enumerate(frame.index)
                        if folded(folder) in _IMPORTS or folded(" ".join(row)) in _IMPORTS
                    ]
                    final[names.region_at[regions[label[0]]], names.category_at[kinds[label[-1]]]] += (
                        frame.values[picked, column].sum() * factor
                    )
        return imports, final

    def _co2(self, rows: list[_Row], at: list[int], x: Array, names: Names) -> Array | None:
        named = [row for row in rows if _CO2.search(row.label) and to_mt(row.unit) is not None]
        alone = [row for row in named if folded(row.label) in _CO2_ALONE]
        chosen = alone if len(alone) == 1 else named
        if len(chosen) != 1:
            listed = "; ".join(f"{row.extension}/{row.label}" for row in named[:6])
            self.notes.append(
                Text(f"有{len(named)}行可能是二氧化碳（{listed}），未读入；请只保留一行并命名为 CO2。",
                     f"{len(named)} rows may be CO2 ({listed}); none was read: keep one and name it CO2.")
                if named else
                Text("没有以吨计、名为 CO2 的行，未读入排放。", "No row is named CO2 with a unit of mass: no emissions were read.")
            )  # fmt: skip
            return None
        row = chosen[0]
        self.notes.append(Text(f"二氧化碳取自 {row.extension}/{row.label}（{row.unit}）；居民直接排放（F_Y）不读入。",
                               f"CO2 is from {row.extension}/{row.label} ({row.unit}); F_Y (households) is not read."))  # fmt: skip
        co2 = np.empty(len(at))
        co2[at] = row.values * (to_mt(row.unit) or np.nan)
        return self._without_blanks(co2, x, names)

    def _without_blanks(self, co2: Array, x: Array, names: Names) -> Array:
        """pymrio cannot compute with blanks, so a region without an inventory stands as zeros there: no data."""
        size = len(names.sectors)
        empty = [
            r
            for r in range(len(names.regions))
            if not co2[r * size : (r + 1) * size].any() and x[r * size : (r + 1) * size].any()
        ]
        if not empty or len(empty) == len(names.regions):
            return co2
        for r in empty:
            co2[r * size : (r + 1) * size] = np.nan
        listed = [names.regions[r] for r in empty[:8]]
        self.notes.append(Text(f"{'、'.join(listed)}有产出而各部门二氧化碳全为零，按无数据读入。",
                               f"CO2 of {', '.join(listed)} is zero in every sector although there is output: read as no data."))  # fmt: skip
        return co2

    def _year(self) -> int | None:
        told, path = [self.path.name], self.path / "metadata.json"
        try:
            about = json.loads(path.read_text("utf-8")) if path.stat().st_size < _MAX_METADATA else {}
            told += [str(about.get("name", "")), str(about.get("description", ""))]
        except (OSError, ValueError, AttributeError):
            pass  # a folder without metadata is whole all the same
        if said := " ".join(told[-1].split())[:400] if len(told) == 3 else "":
            self.notes.append(Text(f"目录自述：{said}", f"The folder says of itself: {said}"))
        for text in told:
            years = set(_YEAR.findall(text))
            if len(years) == 1:
                year = int(years.pop())
                self.notes.append(
                    Text(
                        f"年份取自目录名或 metadata.json：{year}。",
                        f"The year was taken from the folder's name or metadata.json: {year}.",
                    )
                )
                return year
        return None


def _units(extension: Part) -> tuple[tuple[Label, ...], tuple[str, ...]]:
    frame = extension.words("unit")
    return frame.index, frame.words


def _distinct(labels: list[tuple[str, str]] | tuple[Label, ...], level: int) -> dict[str, int]:
    """Labels of one level in order of first appearance, numbered."""
    return {name: number for number, name in enumerate(dict.fromkeys(label[level] for label in labels))}


__all__ = ["read", "recognise"]
