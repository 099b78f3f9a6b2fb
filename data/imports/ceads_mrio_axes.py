"""Where things stand in a sheet of the published interprovincial tables, found by their labels alone.

An axis (the columns, or the rows) has three levels of labels: the province, written at the start of its block and filled
forward; the name of the sector, category or sum; and a code beside it. Where these levels are is told from what stands in
them, so that shifted, padded, widened and re-ordered sheets read the same. A label that is unknown, missing or double
is refused with its cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from data.classification import PROVINCES, place
from data.errors import BadRequest
from data.imports import labels
from data.imports.forms import Classification
from data.imports.workbook import Cell
from data.text import Text, joined, same

TRUSTED = 0.9  # share of known sectors whose code is their number, before a code may confirm a misspelt name
Position = int  # 0-based
Key = TypeVar("Key", str, tuple[str, int], tuple[str, str])


@dataclass(frozen=True)
class Levels:
    """The lines that hold labels: of one axis the province, name and code lines, and where the data begin."""

    province: Position
    name: Position
    code: Position | None


@dataclass
class Axis:
    """What an axis holds: ``matrix`` (1302 positions, standard order), ``special`` (sums), ``final`` by (province code,
    category)."""

    matrix: tuple[Position, ...] = ()
    special: dict[str, Position] = field(default_factory=dict)
    final: dict[tuple[str, str], Position] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)
    last: Position = 0


def written(value: Cell) -> str:
    """A label cell as text: 7.0 as "7", blanks trimmed."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


class AxisReader:
    """Reads one axis: every line that holds numbers must have a label that says what it is.

    ``cell`` gives the label cell of (level, position), ``data`` the data cells of a position, ``name`` the cell's name.
    """

    def __init__(
        self, file: str, sheet: str, kind: str, classification: Classification, levels: Levels, positions: range,
        cell: Callable[[Position, Position], Cell], data: Callable[[Position], Iterable[Cell]],
        name: Callable[[Position, Position], str],
    ) -> None:  # fmt: skip
        self.file, self.sheet, self.kind, self.classification, self.levels = file, sheet, kind, classification, levels
        self.positions, self.cell, self.data, self.cell_name = positions, cell, data, name
        self.found: dict[tuple[str, int], Position] = {}
        self.axis = Axis()
        self.strange: list[tuple[Position, str]] = []  # positions with numbers and an unknown label, "" for none
        self.province_at: Position | None = None

    def read(self) -> Axis:
        """The axis. Raises BadRequest unknown_label, missing_label, double_label."""
        for at in self.positions:
            self._line(at)
        self._strangers()
        wanted = [(p.code, no) for p in PROVINCES for no in range(1, labels.SECTORS + 1)]
        missing = [key for key in wanted if key not in self.found]
        if missing:
            raise self._missing(missing)
        self.axis.matrix = tuple(self.found[key] for key in wanted)
        return self.axis

    def _line(self, at: Position) -> None:
        own = written(self.cell(self.levels.province, at))
        name = written(self.cell(self.levels.name, at))
        code = "" if self.levels.code is None else written(self.cell(self.levels.code, at))
        if own and labels.special(own, self.kind) is None:
            self.province_at = at
        sums = {labels.special(text, self.kind) for text in ((name, code) if name or code else (own,))} - {None}
        if len(sums) > 1:
            raise self._bad(
                "double_label", at, _both(name, code), Text("名称与代码不一致", "its name and code disagree"), ()
            )
        number = labels.sector_number(name, self.classification)
        kind = labels.category(code) or labels.category(name)
        if sums:
            self._put(self.axis.special, next(iter(s for s in sums if s)), at)
        elif number is not None:
            self._put(self.found, (self._province(), number), at)
        elif kind is not None and self.kind == "column":
            self._put(self.axis.final, (self._province(), kind), at)
        elif labels.is_subtotal(name) or labels.is_subtotal(code):
            return
        elif name or _holds_numbers(self.data(at)):
            self.strange.append((at, name or code))
            return
        else:
            return
        self.axis.last = at

    def _province(self) -> str:
        at = self.province_at
        label = "" if at is None else written(self.cell(self.levels.province, at))
        code = labels.province_code(label)
        if code is None:
            raise self._bad(
                "unknown_label", at if at is not None else self.positions[0], label,
                Text("不是已知的省份", "is not a known province"),
                tuple(labels.nearest_provinces(label)) if label else (), level=self.levels.province,
            )  # fmt: skip
        return code

    def _put(self, into: dict[Key, Position], key: Key, at: Position) -> None:
        if key in into:
            first = self.cell_name(self.levels.name, into[key])
            label = written(self.cell(self.levels.name, at)) or written(self.cell(self.levels.code or 0, at))
            raise self._bad(
                "double_label", at, label,
                Text(f"与 {first} 重复，同一省份同一标签只能有一个", f"repeats {first}; a province has each label once"), (),
            )  # fmt: skip
        into[key] = at

    def _strangers(self) -> None:
        """Labels that are no known name: confirmed by their code, or refused; outside the table they do not count."""
        inside = [(at, label) for at, label in self.strange if at < self.axis.last]
        for at, label in inside:
            if not _holds_numbers(self.data(at)):
                continue
            if not label:
                where = self.cell_name(self.levels.name, at)
                self.axis.notes.append(
                    Text(f"{where} 处有数值而无标签，未读取。", f"{where}: numbers without a label, not read.")
                )
                continue
            number = self._confirmed(at, label)
            if number is None:
                wrong = Text("不是已知的部门或合计项", "is no known sector or sum")
                raise self._bad(
                    "unknown_label", at, label, wrong, labels.nearest(label, self.classification, self.kind)
                )
            self.province_at = self._province_before(at)
            self._put(self.found, (self._province(), number), at)
            read_as = labels.sector_names(self.classification)[number - 1]
            where = self.cell_name(self.levels.name, at)
            self.axis.notes.append(
                Text(f"{where} 的“{label}”按其代码读作“{read_as.zh}”。", f"{where}: '{label}' is read as '{read_as.en}', as its code says.")
            )  # fmt: skip

    def _province_before(self, at: Position) -> Position | None:
        before = range(at, self.positions[0] - 1, -1)
        return next((p for p in before if written(self.cell(self.levels.province, p))), None)

    def _code(self, at: Position) -> int | None:
        if self.levels.code is None:
            return None
        match = re.fullmatch(r"\D*0*(\d{1,2})", written(self.cell(self.levels.code, at)))
        return int(match[1]) if match else None

    def _confirmed(self, at: Position, label: str) -> int | None:
        """The sector a misspelt label stands for, where codes are the list's numbers and the code and the nearest name
        say the same."""
        said = Counter(self._code(position) == number for (_, number), position in self.found.items())
        number = self._code(at)
        if number is None or said[True] < TRUSTED * said.total() or not 1 <= number <= labels.SECTORS:
            return None
        return number if number in labels.nearest_sectors(label, self.classification, 1) else None

    def _missing(self, missing: list[tuple[str, int]]) -> BadRequest:
        names = labels.sector_names(self.classification)
        absent = {code for code, count in Counter(code for code, _ in missing).items() if count == labels.SECTORS}
        parts = [place(code).name for code in sorted(absent)] or [
            Text(f"{place(code).name.zh}·{names[no - 1].zh}", f"{place(code).name.en}, {names[no - 1].en}")
            for code, no in missing[:3]
        ]
        axis = Text("列", "columns") if self.kind == "column" else Text("行", "rows")
        unlabelled = [
            self.cell_name(self.levels.name, at) for at, label in self.strange if not label and at < self.axis.last
        ]
        zh = f"；{unlabelled[0]} 处有数值而无标签" if unlabelled else ""
        en = f"; {unlabelled[0]} has numbers and no label" if unlabelled else ""
        count = len(absent) or len(missing)
        listed = joined(parts[:3])
        return BadRequest(
            "missing_label",
            Text(
                f"“{self.file}”的工作表“{self.sheet}”的{axis.zh}中缺少{listed.zh}（共缺 {count} 个）{zh}；请补上标签或重新下载原表。",
                f"Sheet '{self.sheet}' of '{self.file}' lacks among its {axis.en}: {listed.en} ({count} missing){en}; "
                "add the label or download the table again.",
            ),
        )  # fmt: skip

    def _bad(
        self, code: str, at: Position, label: str, wrong: Text, near: tuple[Text, ...], level: Position | None = None
    ) -> BadRequest:
        where = self.cell_name(self.levels.name if level is None else level, at)
        shown = joined(near) if near else same("-")
        zh = f"；最接近的是{shown.zh}" if near else ""
        en = f"; nearest: {shown.en}" if near else ""
        said_zh, said_en = (f"的标签“{label}”", f"the label '{label}'") if label else ("的空白标签", "the blank label")
        return BadRequest(
            code,
            Text(
                f"“{self.file}”的 {where} {said_zh}{wrong.zh}{zh}；请改正标签后再导入。",
                f"In '{self.file}', {where}, {said_en} {wrong.en}{en}; correct the label and import again.",
            ),
            tuple(t.en for t in near),
        )


def _both(name: str, code: str) -> str:
    return " / ".join(part for part in (name, code) if part)


def _holds_numbers(cells: Iterable[Cell]) -> bool:
    return any(type(v) is float or type(v) is int for v in cells)
