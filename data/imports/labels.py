"""The labels of published tables: a province, a sector of list A or B, and the sums around the matrix.

A label counts when it is one of the names known here after what writing varies (width, case, blanks, punctuation) is
taken away. Anything else is unknown: the nearest names are for the message, never a reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import TypeVar

from data.characters import folded, simplified
from data.classification import MRIO_SECTORS, PROVINCES, place_aliases
from data.imports.forms import Classification
from data.text import Text

Value = TypeVar("Value", int, str)
SECTORS = 42
# The published English sheets of 2018 and 2020 had every "nan" replaced by "0": He0, Hai0, Yun0, Fi0ce.
_LOST, _DEFECT = "nan", "0"
# Spellings in public use beside those of data/classifications.
_PROVINCE_SPELLINGS: dict[str, tuple[str, ...]] = {
    "NM": ("Inner-Mongolia", "Inner Mongol", "Nei Mongolia", "Neimeng"),
    "SN": ("Shannxi", "Shaanxi Province"),
    "XZ": ("Xi Zang", "Xizang (Tibet)", "Tibet (Xizang)"),
    "XJ": ("Xin Jiang", "Sinkiang"),
    "HL": ("Hei Longjiang", "Helongjiang"),
}
_NOT_PROVINCES = frozenset({"im"})  # the code of the import row, not Inner Mongolia
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff:;：；/]")

# The categories of final use: name in ReadTable, the code of the published tables, spellings.
_CATEGORIES: dict[str, tuple[str, ...]] = {
    "rural": (
        "FU101", "Rural household consumption", "Rural consumption", "Rural households", "Rural household",
        "Rural resident consumption", "农村居民消费", "农村居民消费支出",
    ),
    "urban": (
        "FU102", "Urban household consumption", "Urban consumption", "Urban households", "Urban household",
        "Urban resident consumption", "城镇居民消费", "城镇居民消费支出",
    ),
    "government": (
        "FU103", "Government consumption", "Government consumption expenditure", "Government expenditure", "Government",
        "政府消费", "政府消费支出",
    ),
    "fixed_capital": (
        "FU201", "Gross fixed capital formation", "Fixed capital formation", "Fixed capital", "GFCF", "固定资本形成总额", "固定资本形成",
    ),
    "stock_change": (
        "FU202", "Changes in inventories", "Change in inventories", "Inventory change", "Inventory changes",
        "Changes in inventory", "Change in inventory", "Inventories", "Inventory", "Stock change", "Stock increase",
        "存货增加", "存货变动", "存货变化",
    ),
}  # fmt: skip
# Sums and single rows and columns around the matrix.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "TII": ("TII", "TIU", "Total intermediate use", "Total intermediate uses", "Total intermediate inputs", "Total intermediate input",
            "Intermediate use", "中间使用合计", "中间使用", "中间使用总计"),
    "EX": ("EX", "Export", "Exports", "International export", "International exports", "Foreign export", "Foreign exports",
           "出口", "国外出口"),
    "TFU": ("TFU", "Total final use", "Total final uses", "Total final demand", "Final use", "最终使用合计", "最终使用", "最终使用总计"),
    "ERR": ("ERR", "Error", "Errors", "Other", "Others", "Statistical discrepancy", "Statistical error", "Balancing item",
            "其他", "误差", "误差项", "统计误差", "平衡项"),
    "GO": ("GO", "TO", "Gross output", "Gross outputs", "Total output", "Total outputs", "总产出"),
}  # fmt: skip
_ROWS: dict[str, tuple[str, ...]] = {
    "IM": ("IM", "Import", "Imports", "International import", "International imports", "Foreign import", "Foreign imports",
           "进口", "国外进口"),
    "TII": ("TII", "Total intermediate inputs", "Total intermediate input", "Total intermediate use", "中间投入合计", "中间投入",
            "中间投入总计"),
    "VA001": ("VA001", "Compensation of employees", "Labor compensation", "Labour compensation", "劳动者报酬"),
    "VA002": ("VA002", "Net taxes on production", "Net tax on production", "Net production tax", "Net production taxes",
              "Taxes on production net", "生产税净额"),
    "VA003": ("VA003", "Depreciation of fixed capital", "Depreciation of fixed assets", "Depreciation",
              "Consumption of fixed capital", "固定资产折旧"),
    "VA004": ("VA004", "Operating surplus", "Surplus", "营业盈余"),
    "TVA": ("TVA", "VA", "Total value added", "Value added", "增加值合计", "增加值"),
    "TI": ("TI", "Total input", "Total inputs", "总投入"),
}  # fmt: skip
# Sums over categories that some sheets print; they are not read.
_SUBTOTALS = (
    "THC", "TC", "GCF", "TFC", "FU100", "FU200", "Total household consumption", "Household consumption", "Total consumption",
    "Final consumption", "Final consumption expenditure", "Gross capital formation", "居民消费支出小计", "居民消费", "最终消费支出",
    "最终消费支出合计", "资本形成总额", "资本形成总额合计",
)  # fmt: skip
VALUE_ADDED: tuple[str, ...] = ("VA001", "VA002", "VA003", "VA004")
NET_TAXES = "VA002"


@lru_cache(maxsize=8192)  # a sheet repeats each of its labels thirty times and more, in rows and in columns
def fold(label: str) -> str:
    """A label without what writing varies; "" for a blank one."""
    return folded(_INVISIBLE.sub("", label))


def _sector_fold(label: str) -> str:
    return re.sub(r"^manuf(of)?(?!acture)", "manufactureof", fold(label))


@cache
def _provinces() -> dict[str, str]:
    names = [(name, place.code) for name, place in place_aliases().items() if place.kind == "province"]
    names += [(name, code) for code, spellings in _PROVINCE_SPELLINGS.items() for name in spellings]
    known = {fold(name): code for name, code in names if fold(name) not in _NOT_PROVINCES}
    return {**{fold(_defect(name)): code for name, code in names if _defect(name) != name}, **known}


def _defect(name: str) -> str:
    return re.sub(_LOST, _DEFECT, name, flags=re.IGNORECASE)


@cache
def sector_names(classification: Classification) -> tuple[Text, ...]:
    """The 42 published names of list A or B, in order. Raises ValueError for "own"."""
    if classification == "own":
        raise ValueError(classification)
    import pyarrow.parquet as pq

    with as_file(files("data") / "starter" / "sectors_42.parquet") as path:
        rows = sorted(pq.read_table(path).to_pylist(), key=lambda row: int(row["no"]))
    zh, en = ("zh", "en") if classification == "B" else ("list_a_zh", "list_a_en")
    return tuple(Text(row[zh], " ".join(row[en].split())) for row in rows)


@cache
def _sectors(classification: Classification) -> dict[str, int]:
    names = sector_names(classification)
    same_in_b = {text.zh: sector for text, sector in zip(sector_names("B"), MRIO_SECTORS, strict=True)}
    spelled = [(name, no) for no, both in enumerate(names, 1) for name in (both.zh, both.en)]
    for no, both in enumerate(names, 1):  # "…业" beside the table's product name, where the two lists agree
        if both.zh in same_in_b:
            spelled += [(same_in_b[both.zh].name.zh, no), (same_in_b[both.zh].name.en, no)]
    known: dict[str, int] = {}
    for name, no in [*spelled, *((_defect(name), no) for name, no in spelled)]:
        known.setdefault(_sector_fold(name), no)
    return known


@cache
def _table(axis: str) -> dict[str, str]:
    return {fold(name): key for key, names in (_COLUMNS if axis == "column" else _ROWS).items() for name in names}


@cache
def _category_table() -> dict[str, str]:
    return {fold(name): key for key, names in _CATEGORIES.items() for name in names}


_FOLDED_SUBTOTALS = frozenset(fold(name) for name in _SUBTOTALS)


@cache
def province_code(label: str) -> str | None:
    """The code of a province's label, in any of its spellings; None if it is not one."""
    key = fold(label)
    return _provinces().get(key) or _provinces().get(fold(simplified(key)))


@cache
def sector_number(label: str, classification: Classification) -> int | None:
    """The number 1 to 42 of a sector's label in a list; None if it is not in it."""
    key = _sector_fold(label)
    known = _sectors(classification)
    return known.get(key) or known.get(_sector_fold(simplified(key)))


def category(label: str) -> str | None:
    """The category of final use (data.mrio.CATEGORIES) of a label or code; None if it is none."""
    return _category_table().get(fold(label))


def special(label: str, axis: str) -> str | None:
    """The sum a label or code stands for: TII, EX, TFU, ERR, GO on axis "column"; IM, TII, VA001 to VA004, TVA, TI on
    axis "row"; None if it is none of these."""
    return _table(axis).get(fold(label))


def is_subtotal(label: str) -> bool:
    """Whether a label is a sum over categories of final use, which is not read."""
    return fold(label) in _FOLDED_SUBTOTALS


def nearest_provinces(label: str, limit: int = 3) -> tuple[Text, ...]:
    """The provinces whose names are nearest to an unknown label, best first; for messages only."""
    names = {place.code: place.name for place in PROVINCES}
    return tuple(names[code] for code in _nearest(fold(label), _provinces(), limit))


def nearest_sectors(label: str, classification: Classification, limit: int = 3) -> tuple[int, ...]:
    """The numbers of the sectors of a list nearest to an unknown label, best first; for messages, or beside a code that
    says the same."""
    return tuple(_nearest(_sector_fold(label), _sectors(classification), limit))


def category_name(kind: str) -> Text:
    """The name of a category of final use."""
    return _both(_CATEGORIES[kind])


def _both(spellings: tuple[str, ...]) -> Text:
    zh = next(name for name in spellings if not name.isascii())
    return Text(zh, next(name for name in spellings[1:] if name.isascii()))


def nearest(label: str, classification: Classification, axis: str, limit: int = 3) -> tuple[Text, ...]:
    """The names nearest to an unknown label among all that an axis may hold, best first; for messages only."""
    around = _COLUMNS | _CATEGORIES if axis == "column" else _ROWS
    known = {name: number - 1 for name, number in _sectors(classification).items()}
    names = [*sector_names(classification), *(_both(spellings) for spellings in around.values())]
    for at, spellings in enumerate(around.values(), SECTORS):
        known |= {fold(name): at for name in spellings}
    return tuple(names[at] for at in _nearest(_sector_fold(label), known, limit))


def _nearest(key: str, known: Mapping[str, Value], limit: int) -> list[Value]:
    from rapidfuzz import fuzz, process

    out: list[Value] = []
    hits = process.extract(key, [name for name in known if len(name) > 1], scorer=fuzz.ratio, limit=20, score_cutoff=50)
    for name, _, _ in hits:
        if known[name] not in out:
            out.append(known[name])
    return out[:limit]


__all__ = [
    "NET_TAXES", "SECTORS", "VALUE_ADDED", "category", "category_name", "fold", "is_subtotal", "nearest", "nearest_provinces", "nearest_sectors",
    "province_code", "sector_names", "sector_number", "special",
]  # fmt: skip
