"""What a bureau's file may hold: items with their names, units and the years they are taken for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from data.text import Text

STATE_YEARS = (2020, 2025)  # what is known today; the inventories end in 2019
GROWTH_YEARS = (2020, 2060)
TARGET_YEARS = (2021, 2060)

_CO2 = {
    "mt": 1.0,
    "百万吨": 1.0,
    "万吨": 0.01,
    "亿吨": 100.0,
    "gt": 1000.0,
    "kt": 1e-3,
    "千吨": 1e-3,
    "t": 1e-6,
    "吨": 1e-6,
}
_POWER = {
    "twh": 1.0, "亿千瓦时": 0.1, "亿kwh": 0.1, "亿度": 0.1, "gwh": 1e-3, "万千瓦时": 1e-5, "万kwh": 1e-5, "百万千瓦时": 1e-3,
}  # fmt: skip
_ENERGY = {
    "mtce": 1.0, "百万吨标准煤": 1.0, "百万吨标煤": 1.0, "万吨标准煤": 0.01, "万吨标煤": 0.01, "万tce": 0.01, "亿吨标准煤": 100.0,
    "亿吨标煤": 100.0,
}  # fmt: skip
_PERCENT = {"%": 1.0, "百分比": 1.0, "percent": 1.0, "%/yr": 1.0, "%/年": 1.0}


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``units`` maps a folded spelling to its factor to ``unit``; ``low`` and ``high`` bound a value in ``unit``."""

    key: str
    name: Text
    aliases: tuple[str, ...]
    unit: str
    units: dict[str, float]
    years: tuple[int, int]
    low: float
    high: float
    sectors: bool = False  # whether the sector column may be filled

    @property
    def spelled(self) -> str:
        """The usual units, for the words of a problem."""
        return {"Mt CO2": "万吨, 亿吨, Mt", "TWh": "亿千瓦时, TWh", "Mtce": "万吨标准煤, Mtce", "%": "%"}.get(
            self.unit, self.unit
        )


ITEMS: dict[str, Item] = {
    item.key: item
    for item in (
        Item("emissions", Text("二氧化碳排放", "CO2 emissions"),
             ("co2", "co2 emissions", "gross emissions", "排放", "排放量", "碳排放", "碳排放量", "二氧化碳排放量", "总排放"),
             "Mt CO2", _CO2, STATE_YEARS, 0.0, 5000.0, sectors=True),
        Item("electricity_use", Text("全社会用电量", "electricity use"),
             ("power use", "electricity consumption", "power consumption", "用电量", "全社会用电"), "TWh", _POWER, STATE_YEARS, 0.0, 5000.0),
        Item("generation", Text("发电量", "generation"), ("power generation", "electricity generation", "发电"),
             "TWh", _POWER, STATE_YEARS, 0.0, 5000.0, sectors=True),
        Item("net_power_import", Text("净调入电量", "net power import"),
             ("net import", "net electricity import", "净受入电量", "外来电", "净输入电量", "净外来电"), "TWh", _POWER, STATE_YEARS, -2000.0, 2000.0),
        Item("energy_use", Text("能源消费总量", "energy use"),
             ("energy consumption", "primary energy", "total energy consumption", "能源消费", "能耗", "能耗总量"), "Mtce", _ENERGY,
             STATE_YEARS, 0.0, 3000.0),
        Item("gdp_growth_real", Text("实际GDP增速", "real GDP growth"),
             ("gdp growth", "real growth", "gdp growth rate", "real gdp growth rate", "gdp增速", "gdp实际增速", "gdp增长率",
              "gdp实际增长率", "实际gdp增长率", "地区生产总值增速", "地区生产总值实际增速", "经济增速"),
             "%", _PERCENT, GROWTH_YEARS, -20.0, 25.0),
        Item("gdp_real_index", Text("实际GDP指数", "real GDP index"),
             ("gdp index", "gdp指数", "地区生产总值指数"), "index", {}, GROWTH_YEARS, 0.0, 100000.0),
        Item("target_cap", Text("下达目标：排放上限", "assigned target: cap on emissions"),
             ("cap", "emissions cap", "排放上限", "排放总量目标", "碳排放总量目标"), "Mt CO2", _CO2, TARGET_YEARS, 0.0, 5000.0),
        Item("target_peak_year", Text("下达目标：达峰年份", "assigned target: peak year"),
             ("peak year", "达峰年份", "达峰年", "碳达峰年份"), "year", {"year": 1.0, "年": 1.0, "": 1.0}, TARGET_YEARS, 2021.0, 2060.0),
        Item("target_intensity_cut", Text("下达目标：碳强度降幅", "assigned target: cut of CO2 per GDP"),
             ("intensity cut", "carbon intensity cut", "碳强度降幅", "碳强度下降", "单位gdp二氧化碳排放降幅"),
             "%", _PERCENT, TARGET_YEARS, 0.0, 100.0),
    )
}  # fmt: skip

SOURCES: dict[str, tuple[Text, tuple[str, ...]]] = {
    "thermal": (Text("火电", "thermal"), ("火力发电", "thermal power")),
    "coal": (Text("煤电", "coal"), ("燃煤", "煤炭", "coal power")),
    "gas": (Text("气电", "gas"), ("燃气", "天然气", "gas power", "natural gas")),
    "biomass": (Text("生物质发电", "biomass"), ("生物质", "垃圾发电", "biomass and waste")),
    "nuclear": (Text("核电", "nuclear"), ("核能", "nuclear power")),
    "hydro": (Text("水电", "hydro"), ("水力发电", "hydropower")),
    "wind": (Text("风电", "wind"), ("风力发电", "wind power")),
    "solar": (Text("光伏", "solar"), ("太阳能", "太阳能发电", "光伏发电", "pv", "solar power")),
}

_INDEX_UNIT = re.compile(r"(上年|previousyear|lastyear|\d{4})(?:年)?=100")
EQUIVALENT, CALORIFIC = "coal_equivalent", "calorific"
_EQUIVALENT = re.compile(r"等价|发电煤耗|coal[\s-]?equivalent|substitution", re.IGNORECASE)
_CALORIFIC = re.compile(r"电热当量|当量值|当量法|calorific|heat content", re.IGNORECASE)


def folded_unit(text: str) -> str:
    """A unit without what writing varies, and without the name of the gas."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = re.sub(r"\(.*?\)|\s", "", plain)  # a convention in brackets is read apart
    return re.sub(r"二氧化碳|co2(?!e)", "", plain)


def find_item(text: str) -> Item | None:
    """The item of a name in either language."""
    plain = re.sub(r"[\s_]+", " ", unicodedata.normalize("NFKC", text).lower()).strip()
    for item in ITEMS.values():
        if plain in (item.key.replace("_", " "), item.name.zh.lower(), item.name.en.lower(), *item.aliases):
            return item
    return None


def nearest_items(text: str) -> tuple[str, ...]:
    """The items nearest to a name: keys, or Chinese names where it is Chinese."""
    from rapidfuzz import fuzz, process

    words = {w: i.key for i in ITEMS.values() for w in (i.key, i.name.zh, i.name.en.lower(), *i.aliases)}
    hits = process.extract(text.lower(), list(words), scorer=fuzz.ratio, limit=8, score_cutoff=45)
    chinese = any("\u4e00" <= c <= "\u9fff" for c in text)
    return tuple(dict.fromkeys(ITEMS[words[hit[0]]].name.zh if chinese else words[hit[0]] for hit in hits))[:3]


def find_source(text: str) -> str | None:
    """The source of power of a name; None where there is none such."""
    plain = unicodedata.normalize("NFKC", text).lower().strip()
    for key, (name, aliases) in SOURCES.items():
        if plain in (key, name.zh, name.en, *aliases):
            return key
    return None


def index_base(unit: str) -> int | None:
    """The base of a GDP index: 0 for the previous year, else the year that is 100; None where the unit names none."""
    found = _INDEX_UNIT.fullmatch(folded_unit(unit))
    if found is None:
        return None
    return int(found[1]) if found[1].isdigit() else 0


def convention(unit: str, note: str) -> str | None:
    """How power is booked in an energy total: coal equivalent (发电煤耗法、等价值) or calorific (电热当量法); None where not named."""
    both = f"{unit} {note}"
    if _CALORIFIC.search(both):
        return CALORIFIC
    return EQUIVALENT if _EQUIVALENT.search(both) else None


def base_year(note: str) -> int | None:
    """The base year that a target's note names (较2025年, base 2025)."""
    found = re.search(r"(?<!\d)(20[0-2]\d)(?!\d)", note)
    return int(found[1]) if found else None


__all__ = [
    "CALORIFIC", "EQUIVALENT", "GROWTH_YEARS", "ITEMS", "SOURCES", "STATE_YEARS", "Item", "base_year", "convention", "find_item",
    "find_source", "folded_unit", "index_base", "nearest_items",
]  # fmt: skip
