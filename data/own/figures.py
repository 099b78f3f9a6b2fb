"""A bureau's own figures: rows of the template as figures in the house's units, with all problems at once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from data.classification import NATION, PROVINCES, Place, find_place, find_sector, place, sector
from data.errors import UnknownName
from data.own.items import (
    ITEMS,
    SOURCES,
    Item,
    base_year,
    convention,
    find_item,
    find_source,
    folded_unit,
    index_base,
    nearest_items,
)
from data.own.problems import BadFile, Problem, harmless
from data.own.table import Row, Sheet
from data.text import Text

NO_INVENTORY = "XZ"
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:e[+-]?\d{1,2})?|[+-]?\.\d+", re.IGNORECASE)
_NO_NAMES = ("total", "全部", "合计", "总计", "全省", "全社会", "all")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row. ``sector`` is a sector's key or, of generation, a source of power; blank for the total.

    ``value`` is in ``unit``; ``detail`` holds the convention of an energy total, the base of a GDP index or the base year of a
    target.
    """

    province: str
    item: str
    sector: str
    year: int
    value: float
    unit: str
    line: int
    given: str
    detail: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What may stand once in a file."""
        return self.province, self.item, self.sector, self.year

    @property
    def what(self) -> Text:
        """The item, with its sector or source."""
        name = ITEMS[self.item].name
        if not self.sector:
            return name
        part = SOURCES[self.sector][0] if self.item == "generation" else sector(self.sector).short
        return Text(f"{name.zh}（{part.zh}）", f"{name.en}, {part.en}")


@dataclass
class _Reading:
    """Problems met so far; each names the column as the file calls it."""

    sheet: Sheet
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, row: Row, column: str, zh: str, en: str, nearest: tuple[str, ...] = ()) -> None:
        near = nearest and (f"；相近的有：{'、'.join(nearest)}", f"; nearest: {', '.join(nearest)}")
        zh_end, en_end = near or ("", "")
        self.problems.append(
            Problem(
                Text(f"{zh}{zh_end}。", f"{en}{en_end}."), row.line, self.sheet.heads.get(column, column),
                harmless(row[column]), nearest,
            )
        )  # fmt: skip


def read_figures(sheet: Sheet) -> tuple[Figure, ...]:
    """The figures of a sheet, in the file's order. Raises BadFile with every problem of its rows."""
    from data.own.checks import contradictions

    reading = _Reading(sheet)
    found = [f for row in sheet.rows if (f := _figure(row, reading)) is not None]
    seen: dict[tuple[str, str, str, int], Figure] = {}
    rows = {row.line: row for row in sheet.rows}
    for f in found:
        first = seen.setdefault(f.key, f)
        if first is not f:
            reading.wrong(
                rows[f.line], "item", f"与第{first.line}行重复（同一省份、指标、行业与年份）",
                f"It repeats line {first.line} (same province, item, sector and year)",
            )  # fmt: skip
    for f, zh, en in contradictions(list(seen.values())):
        reading.wrong(rows[f.line], "value", zh, en)
    if reading.problems:
        order = {head: n for n, head in enumerate(sheet.heads.values())}
        raise BadFile(
            tuple(sorted(reading.problems, key=lambda p: (p.line or 0, order.get(p.column or "", len(order)))))
        )
    return tuple(found)


def _figure(row: Row, reading: _Reading) -> Figure | None:
    """One row as a figure; None, with problems noted, where a cell is wrong."""
    before = len(reading.problems)
    where, item = _province(row, reading), _item(row, reading)
    number = _number(row, reading)
    year = _year(row, item, reading)
    if item is None:
        return None
    part = _part(row, item, reading)
    factor = _factor(row, item, reading)
    detail = _detail(row, item, year, reading)
    value = None if number is None or factor is None else number * factor
    if value is not None and not item.low <= value <= item.high:
        sign = (
            "不能为负"
            if item.low == 0 and value < 0
            else f"超出范围（{item.low:g}至{item.high:g} {item.unit}），请核对单位"
        )
        en = "It cannot be negative" if item.low == 0 and value < 0 else (
            f"Out of range ({item.low:g} to {item.high:g} {item.unit}); check the unit"
        )  # fmt: skip
        reading.wrong(row, "value", sign, en)
    if item.key == "target_peak_year" and value is not None and value != int(value):
        reading.wrong(row, "value", "达峰年份须为整数年份", "A peak year is a whole year")
    if len(reading.problems) > before or where is None or year is None or part is None or value is None:
        return None
    given = f"{harmless(row['value'])} {harmless(row['unit'])}".strip()
    return Figure(
        where.code, item.key, part, year, value, item.unit, row.line, given, detail, harmless(row["note"], 200)
    )


def _province(row: Row, reading: _Reading) -> Place | None:
    text = row["province"]
    if not text:
        reading.wrong(row, "province", "省份为空", "The province is blank")
        return None
    try:
        found = find_place(text)
    except UnknownName as error:
        reading.wrong(row, "province", "没有这个省份", "There is no such province", error.nearest)
        return None
    if found.kind != "province":
        where = "全国" if found.code == NATION.code else "省份组合"
        en = "China" if found.code == NATION.code else "a group of provinces"
        reading.wrong(
            row,
            "province",
            f"这是{where}；自有数据按单个省份给出",
            f"This is {en}; own figures are given by single province",
        )
        return None
    if found.code == NO_INVENTORY:
        reading.wrong(
            row, "province",
            "西藏没有二氧化碳排放清单，路线图无从算起，自有数据无法采用（不是排放为零）；可询问西藏的发电、用电与GDP",
            "Tibet has no CO2 inventory, so there is no roadmap that own figures could enter (which does not mean zero emissions); "
            "ask for its generation, power use or GDP",
        )  # fmt: skip
        return None
    return found


def _item(row: Row, reading: _Reading) -> Item | None:
    found = find_item(row["item"])
    if found is None:
        near = nearest_items(row["item"]) or tuple(ITEMS)
        reading.wrong(row, "item", "没有这个指标", "There is no such item", near)
    return found


def _number(row: Row, reading: _Reading) -> float | None:
    text = unicodedata.normalize("NFKC", row["value"]).strip()
    text = text.removesuffix("%").replace("−", "-").replace("–", "-").strip()
    if not _NUMBER.fullmatch(text):
        reading.wrong(row, "value", "不是数字" if text else "数值为空；没有数据的行请删去",
                      "Not a number" if text else "The value is blank; leave out rows without data")  # fmt: skip
        return None
    return float(text.replace(",", ""))


def _year(row: Row, item: Item | None, reading: _Reading) -> int | None:
    text = unicodedata.normalize("NFKC", row["year"]).strip().removesuffix("年")
    text = text.removesuffix(".0")
    if not re.fullmatch(r"\d{4}", text):
        reading.wrong(row, "year", "请写四位年份", "Write the year in four digits")
        return None
    year = int(text)
    if item is not None and not item.years[0] <= year <= item.years[1]:
        first, last = item.years
        reading.wrong(
            row,
            "year",
            f"“{item.name.zh}”的年份须在{first}至{last}年之间",
            f"'{item.name.en}' is taken for {first} to {last}",
        )
        return None
    return year


def _part(row: Row, item: Item, reading: _Reading) -> str | None:
    """The sector's key, a source of power, or blank; None where it is wrong."""
    text = row["sector"]
    if not text or text.lower() in _NO_NAMES:
        return ""
    if not item.sectors:
        reading.wrong(
            row, "sector", f"“{item.name.zh}”不分行业，请留空", f"'{item.name.en}' takes no sector; leave it blank"
        )
        return None
    if item.key == "generation":
        source = find_source(text)
        if source is None:
            reading.wrong(row, "sector", "没有这种电源", "There is no such source of power", tuple(SOURCES))
        return source
    try:
        found = find_sector(text)
    except UnknownName as error:
        reading.wrong(row, "sector", "没有这个行业", "There is no such sector", error.nearest)
        return None
    return "" if found.kind == "total" else found.key


def _factor(row: Row, item: Item, reading: _Reading) -> float | None:
    text = folded_unit(row["unit"])
    if item.key == "gdp_real_index":
        if index_base(row["unit"]) is not None:
            return 1.0
        reading.wrong(
            row,
            "unit",
            "指数须写明基期，如“上年=100”或“2020=100”",
            "Name the base of the index: 'previous year=100' or '2020=100'",
        )
        return None
    if item.unit == "Mt CO2" and (text.endswith(("co2e", "co2eq")) or "co2当量" in text or text.endswith("当量")):
        reading.wrong(
            row, "unit", "这是含其他温室气体的二氧化碳当量；这里只采用能源与水泥过程的二氧化碳",
            "This is CO2 equivalent with other gases; only CO2 from energy and cement is taken",
        )  # fmt: skip
        return None
    if text not in item.units:
        usual = tuple(item.spelled.split(", "))
        reading.wrong(row, "unit", f"“{item.name.zh}”没有这个单位" if text else "单位为空",
                      f"'{item.name.en}' has no such unit" if text else "The unit is blank", usual)  # fmt: skip
        return None
    return item.units[text]


def _detail(row: Row, item: Item, year: int | None, reading: _Reading) -> str:
    """Convention, base of an index or base year, where the item needs one."""
    if item.key == "energy_use":
        named = convention(row["unit"], row["note"])
        if named is None:
            reading.wrong(
                row, "note", "请写明口径：“等价值（发电煤耗法）”或“当量值（电热当量法）”",
                "Name the convention: 'coal equivalent' (power at coal used) or 'calorific'",
            )  # fmt: skip
        return named or ""
    if item.key == "gdp_real_index":
        return str(index_base(row["unit"]) or 0)
    if item.key == "target_intensity_cut":
        base = base_year(row["note"])
        if base is None or (year is not None and base >= year):
            reading.wrong(
                row,
                "note",
                "请写明早于目标年的基年，如“较2025年”",
                "Name a base year before the target's, e.g. 'base 2025'",
            )
        return str(base or "")
    return ""


def provinces_of(figures: tuple[Figure, ...]) -> tuple[Place, ...]:
    """The provinces that figures are about, in standard order."""
    codes = {f.province for f in figures}
    return tuple(p for p in PROVINCES if p.code in codes)


__all__ = ["Figure", "place", "provinces_of", "read_figures"]
