"""Whether a table that was read can be stored and computed with, and its final form: list B, named categories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from data.imports.forms import Finding, ReadTable
from data.imports.list_b import ABSENT, to_list_b
from data.imports.tables import CATEGORIES, YUAN
from data.text import Text, same

# Codes and names of the five categories of final use, in the files' spellings.
_CODES = {"fu101": "rural", "fu102": "urban", "fu103": "government", "fu201": "fixed_capital", "fu202": "stock_change"}
_REGION_LIMIT = 31


def categories_of(table: ReadTable) -> tuple[str, ...]:
    """The five categories by our names, in the file's order; others as they stand."""
    return tuple(_CODES.get(name.strip().lower(), name.strip().lower()) for name in table.categories)


def fits(table: ReadTable) -> Iterator[Finding]:
    """Checks of what storage and algebra need: numbers in every cell that enters a solve, a year, known categories."""
    parts = {
        "Z": table.Z, "Y": table.Y, "x": table.x,
        "exports": table.exports,
    }  # fmt: skip
    missing = {name: int(np.isnan(values.sum()) and np.isnan(values).sum()) for name, values in parts.items()}
    said = ", ".join(f"{name}: {count}" for name, count in missing.items() if count)
    yield Finding(
        Text("计算所需单元格均有数值", "Every cell that the algebra needs holds a number"), not said, True,
        Text(f"缺值 {said}；请在文件中补齐" if said else "无缺值", f"missing {said}; fill them in the file" if said else "none missing"),
    )  # fmt: skip
    if table.classification == "own":
        return
    known = table.year is not None
    yield Finding(
        Text("年份", "Year of the table"), known, True,
        same(str(table.year)) if known
        else Text("文件未注明年份；请在表名或文件名中注明四位年份", "the file does not say; put four digits into the sheet's or file's name"),
    )  # fmt: skip
    found = categories_of(table)
    yield Finding(
        Text("最终使用为五类", "Five categories of final use"), sorted(found) == sorted(CATEGORIES), True,
        Text("、".join(found), ", ".join(found)),
    )  # fmt: skip
    yield Finding(
        Text("省份齐全", "All provinces are there"),
        len(table.regions) == _REGION_LIMIT,
        False,
        Text(f"{len(table.regions)}个；缺的省份按无数据处理", f"{len(table.regions)}; one that is missing is no data"),
    )
    yield Finding(Text("金额单位", "Unit of money"), table.money == YUAN, True, same(table.money))


def ready(table: ReadTable) -> tuple[ReadTable, tuple[int, ...]]:
    """The table in its stored form, and the sectors of list B that it does not tell apart."""
    if table.classification == "own":
        return table, ()
    absent = ABSENT if table.classification == "A" else ()
    found = categories_of(table)
    order = [found.index(name) for name in CATEGORIES]
    final = table.final_imports[:, order]
    listed = to_list_b(table)
    return replace(listed, Y=listed.Y[:, :, order], categories=CATEGORIES, final_imports=final), absent


__all__ = ["categories_of", "fits", "ready"]
