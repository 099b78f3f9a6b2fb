"""What the labels of a table are: the provinces with one of the 42-sector lists, or names of the file's own."""

from __future__ import annotations

from dataclasses import dataclass

from data.classification import PROVINCES
from data.imports.forms import Classification
from data.imports.labels import SECTORS, category, province_code, sector_number
from data.mrio import CATEGORIES
from data.text import Text


@dataclass(frozen=True)
class Names:
    """The table's regions, sectors and categories, and for each label of the file, by its number, the place it takes."""

    classification: Classification
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    categories: tuple[str, ...]
    region_at: tuple[int, ...]
    sector_at: tuple[int, ...]
    category_at: tuple[int, ...]
    notes: tuple[Text, ...] = ()


def recognised(regions: tuple[str, ...], sectors: tuple[str, ...], categories: tuple[str, ...]) -> Names:
    """The classification of distinct labels. "A" or "B" where every region is a province, the sectors are one of the
    42-sector lists whole and the categories of final use are known; else "own", the labels as they stand, in their order.
    """
    places = [province_code(label) for label in regions]
    kinds = [category(label) or (label if label in CATEGORIES else None) for label in categories]
    provincial = None not in places and len(set(places)) == len(places)
    lists: tuple[Classification, ...] = ("B", "A") if provincial and len(sectors) == SECTORS else ()
    found: Classification = next((c for c in lists if _whole(sectors, c)), "own")
    if found == "own":
        return _own(regions, sectors, categories)
    if None in kinds or len(set(kinds)) != len(kinds):
        note = Text(
            f"地区为省份、部门为42部门列表{found}，但最终使用类别（{'、'.join(categories)}）不是农村、城镇、政府、固定资本、存货五类，故按自有分类读入。",
            f"The regions are provinces and the sectors those of list {found}, but the categories of final use "
            f"({', '.join(categories)}) are not rural, urban, government, fixed_capital and stock_change: read as a table of its own.",
        )  # fmt: skip
        return _own(regions, sectors, categories, (note,))
    order = [place.code for place in PROVINCES if place.code in places]
    absent = [name for name in CATEGORIES if name not in kinds]
    notes = () if not absent else (
        Text(f"文件没有最终使用类别 {'、'.join(absent)}，按无此项读入。", f"The file has no final use {', '.join(absent)}: read as none."),
    )  # fmt: skip
    return Names(
        found, tuple(order), tuple(map(str, range(1, SECTORS + 1))), CATEGORIES,
        tuple(order.index(str(code)) for code in places),
        tuple((sector_number(label, found) or 0) - 1 for label in sectors),
        tuple(CATEGORIES.index(str(kind)) for kind in kinds), notes,
    )  # fmt: skip


def _whole(sectors: tuple[str, ...], classification: Classification) -> bool:
    numbers = {sector_number(label, classification) for label in sectors}
    return None not in numbers and len(numbers) == SECTORS


def _own(
    regions: tuple[str, ...], sectors: tuple[str, ...], categories: tuple[str, ...], notes: tuple[Text, ...] = ()
) -> Names:
    r, s, k = len(regions), len(sectors), len(categories)
    return Names("own", regions, sectors, categories, tuple(range(r)), tuple(range(s)), tuple(range(k)), notes)


__all__ = ["Names", "recognised"]
