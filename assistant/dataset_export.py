"""What ``tanlu data export`` hands to the writers of ``data.exports``: the active tables, inventories and footprints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from data.classification import PROVINCES, inventory_sector, mrio_sector, place
from data.errors import NotAvailable
from data.exports.excel import Column, Sheet
from data.exports.iamc import IamcRow, variable
from data.exports.pymrio_folder import Extension, TableOut
from data.mrio import CATEGORIES, HOUSEHOLDS, load_emissions, load_mrio
from data.text import Language, Text
from tools.units import declared

if TYPE_CHECKING:
    from data.exports.excel import Value
    from data.mrio import Mrio
    from data.warehouse import Warehouse
    from tools.mrio.system import System

MT, MT_YEAR, MONEY = "Mt CO2", "Mt CO2/yr", "100M yuan"
TITLES = {
    "emissions": Text("{year}年各省二氧化碳排放（范围一清单，按47部门）", "CO2 emissions by province, {year} (scope-1 inventory, 47 sectors)"),
    "fuels": Text("{year}年各省二氧化碳排放（范围一清单，按燃料）", "CO2 emissions by province, {year} (scope-1 inventory, by fuel)"),
    "accounts": Text("{year}年各省生产侧与国内消费侧二氧化碳", "Production- and domestic consumption-based CO2 by province, {year}"),
    "trade": Text("{year}年省际隐含碳：行省排放、列省最终使用引起",
                  "CO2 embodied between provinces, {year}: emitted in the row, caused by the column"),
    "sectors": Text("{year}年投入产出表：各省42部门", "Input-output table of {year}: 42 sectors by province"),
}  # fmt: skip
ESTIMATED = Text(
    "省际流量与由此得出的消费侧数字为碳路的估算，非发布表；不含进口商品的隐含碳。",
    "Interprovincial flows and the consumption-based figures from them are Tanlu's estimate, not a published table; the carbon of "
    "foreign imports is excluded.",
)
PUBLISHED = Text(
    "消费侧数字由导入的发布表算出；不含进口商品的隐含碳。",
    "Consumption-based figures are computed from the imported published table; the carbon of foreign imports is excluded.",
)
NO_INVENTORY = Text(
    "没有清单的省份（西藏）为无数据，不是零。",
    "Provinces without an inventory (Tibet) are no data, not zero.",
)
ZERO_FOR_NONE = "In the extension emissions their CO2 stands as 0, because a blank would spread to every footprint."
# Inventories whose fuels are there: of Hainan 2002 and Ningxia 2000-2002 the source has process emissions only.
KNOWN = "WITH known AS (SELECT region, year FROM co2 GROUP BY ALL HAVING sum(mt) FILTER (fuel <> 'Process') > 0)"


@dataclass(frozen=True)
class Notes:
    """What to say and to cite beside an export, in one language."""

    notes: tuple[str, ...]
    sources: tuple[str, ...]


def notes_of(warehouse: Warehouse, tables: tuple[str, ...], estimated: bool | None, language: Language) -> Notes:
    """Notes and citations of the tables used; ``estimated`` None where no interprovincial table is among them."""
    dataset = warehouse.dataset
    cited = {s.id: s for table in tables if dataset.has(table) for s in dataset.cite(table)}
    sources = [f"{s.citation.to(language)} {s.url} ({s.licence.to(language)})" for s in cited.values()]
    head = Text("数据集 {id} {version}。", "Dataset {id} {version}.").fill(id=dataset.id, version=dataset.version)
    said = [head, NO_INVENTORY] if estimated is None else [head, NO_INVENTORY, ESTIMATED if estimated else PUBLISHED]
    return Notes(tuple(text.to(language) for text in said), tuple(sources))


def pymrio_table(warehouse: Warehouse, year: int, language: Language) -> TableOut:
    """The interprovincial table of a year with its CO2, value added and imports, regions and sectors by their names.

    Value added or imports that the table does not give are left out. Raises NotAvailable for a year without a table.
    """
    mrio = load_mrio(warehouse, year)
    final_imports = mrio.final_imports.sum(0).reshape(1, -1)
    extensions = [_emissions(warehouse, mrio)]
    for name, values, direct in (("value_added", mrio.value_added, None), ("imports", mrio.imports, final_imports)):
        if np.isfinite(values).all():
            whole = direct if direct is not None and np.isfinite(direct).all() else None
            extensions.append(Extension(name, (name,), (MONEY,), values[None, :], whole))
    if mrio.error is not None and np.any(mrio.error):
        extensions.append(Extension("balancing", ("error",), (MONEY,), mrio.error[None, :]))
    told = notes_of(warehouse, (mrio.source, "mrio_sector", "co2"), mrio.kind == "estimated", "en")
    return TableOut(
        name=f"tanlu-{warehouse.dataset.id}-{year}",
        description=" ".join((f"Interprovincial input-output table of China, {year}, {MONEY}.", *told.notes, ZERO_FOR_NONE, "Cite:", *told.sources)),
        regions=tuple(place(code).name.to(language) for code in mrio.regions),
        sectors=tuple(mrio_sector(number).name.to(language) for number in mrio.sectors), categories=CATEGORIES, unit=MONEY,
        Z=mrio.Z, Y=mrio.Y, exports=mrio.exports, x=mrio.x, extensions=tuple(e for e in extensions if e is not None),
    )  # fmt: skip


def _emissions(warehouse: Warehouse, mrio: Mrio) -> Extension | None:
    """CO2 by sector and, direct, of rural and urban households; None without inventory. A province without one is 0 in the
    folder, since a blank would spread to every footprint; the description says so."""
    try:
        emissions = load_emissions(warehouse, mrio)
    except NotAvailable:
        return None
    direct = np.zeros((len(mrio.regions), len(CATEGORIES)))
    year = emissions.household_year or emissions.year
    column = {HOUSEHOLDS[0]: CATEGORIES.index("urban"), HOUSEHOLDS[1]: CATEGORIES.index("rural")}
    for region, number, mt in warehouse.rows(
        "SELECT region, sector_no, sum(mt) FROM co2 WHERE year = ? AND sector_no IN (?, ?) GROUP BY ALL",
        (year, *HOUSEHOLDS),
    ):
        if region in mrio.regions:
            direct[mrio.regions.index(region), column[number]] = mt
    return Extension("emissions", ("CO2",), (MT,), emissions.co2[None, :], direct.reshape(1, -1))


def iamc_rows(warehouse: Warehouse, years: tuple[int, ...], footprints: tuple[int, ...]) -> Iterator[IamcRow]:
    """Inventories by sector and by fuel, and footprints by product, as IAMC rows in English.

    ``Emissions|CO2`` is the sum of the 47 sectors beneath it, ``Carbon Footprint`` that of its products and the households.
    """
    model = f"Tanlu {warehouse.dataset.id} {warehouse.dataset.version}"
    history = "Historical (CEADs inventory)"
    marks = ", ".join("?" * len(years)) or "NULL"
    root = variable("Emissions", "CO2")
    for part, sql in (
        ("", "'' AS part"), ("sector", "sector_no AS part"), ("fuel", "fuel AS part")
    ):  # fmt: skip
        query = (
            f"{KNOWN} SELECT region, year, {sql}, sum(mt) AS mt FROM co2 JOIN known USING (region, year) "
            f"WHERE year IN ({marks}) GROUP BY ALL ORDER BY region, part, year"
        )
        for region, year, name, mt in warehouse.rows(query, years):
            shown = root
            if part:
                shown = variable("Emissions", "CO2", inventory_sector(name).name.en) if part == "sector" else variable(
                    "Emissions", "CO2", "By fuel", name)  # fmt: skip
            yield IamcRow(model, history, place(region).name.en, shown, MT_YEAR, year, mt)
    for year in footprints:
        yield from _footprints(warehouse, model, year)


def _footprints(warehouse: Warehouse, model: str, year: int) -> Iterator[IamcRow]:
    from tools.mrio.accounts import accounts, by_product
    from tools.mrio.system import get_system, scope_of

    system = get_system(warehouse, year)
    scenario = f"Historical ({'estimated' if system.mrio.kind == 'estimated' else 'published'} MRIO table)"
    for code in system.mrio.regions:
        if code in system.emissions.missing:
            continue
        scope = scope_of(warehouse, place(code), year)
        found, products = accounts(scope), by_product(scope)
        rows = [
            (variable("Carbon Footprint"), found.consumption),
            (variable("Carbon Footprint", "Households (direct)"), found.households),
            *((variable("Carbon Footprint", mrio_sector(n).name.en), mt) for n, mt in zip(system.mrio.sectors, products, strict=True)),
            (variable("Embodied Emissions", "Inflow from other provinces"), found.inflow),
            (variable("Embodied Emissions", "Outflow to other provinces"), found.outflow),
            (variable("Embodied Emissions", "Exports abroad"), found.exported),
        ]  # fmt: skip
        for name, mt in rows:
            yield IamcRow(model, scenario, place(code).name.en, name, MT_YEAR, year, float(mt))


def excel_sheets(warehouse: Warehouse, year: int, table: bool, language: Language) -> list[Sheet]:
    """The inventory of a year by sector and by fuel and, where there is a ``table`` of it, accounts, trade and sectors."""
    sheets = []
    if warehouse.rows("SELECT 1 FROM co2 WHERE year = ? LIMIT 1", (year,)):
        sheets += [_inventory(warehouse, year, "sector_no", language), _inventory(warehouse, year, "fuel", language)]
    if table:
        from tools.mrio.system import get_system

        system = get_system(warehouse, year)
        sheets += [_accounts(warehouse, system, language), _trade(system, language), _sectors(system.mrio, language)]
    return sheets


def _sheet(name: str, year: int, columns: list[Column], rows: list[list[Value]], language: Language) -> Sheet:
    return Sheet(name, TITLES[name].fill(year=year).to(language), tuple(columns), rows)


def _inventory(warehouse: Warehouse, year: int, by: str, language: Language) -> Sheet:
    """A row for each sector or fuel, a column for each province with an inventory and the nation's own."""
    found: dict[Any, dict[str, float]] = {}
    for region, part, mt in warehouse.rows(
        f"{KNOWN} SELECT region, {by}, sum(mt) FROM co2 JOIN known USING (region, year) WHERE year = ? GROUP BY ALL ORDER BY ALL",
        (year,),
    ):
        found.setdefault(part, {})[region] = mt
    codes = [code for code in (*(p.code for p in PROVINCES), "CN") if any(code in row for row in found.values())]
    head = Text("部门", "Sector") if by == "sector_no" else Text("燃料", "Fuel")
    columns = [
        Column(head.to(language)),
        *(Column(place(code).name.to(language), declared(MT, language)) for code in codes),
    ]
    names: dict[Any, str] = (
        {n: inventory_sector(n).name.to(language) for n in found}
        if by == "sector_no"
        else {f: zh if language == "zh" else f for f, zh in warehouse.rows("SELECT fuel, zh FROM fuels ORDER BY ord")}
    )
    rows: list[list[Value]] = [
        [names[part], *(found[part].get(code) for code in codes)] for part in names if part in found
    ]
    return _sheet("emissions" if by == "sector_no" else "fuels", year, columns, rows, language)


def _accounts(warehouse: Warehouse, system: System, language: Language) -> Sheet:
    from tools.mrio.accounts import accounts
    from tools.mrio.system import scope_of

    heads = (
        Text("省份", "Province"), Text("生产侧", "Production-based"), Text("国内消费侧", "Domestic consumption-based"),
        Text("本省自用", "Own, for own use"), Text("居民直接", "Households, direct"), Text("外省调入", "Inflow from provinces"),
        Text("调往外省", "Outflow to provinces"), Text("出口", "Exports abroad"),
    )  # fmt: skip
    rows: list[list[Value]] = []
    for code in system.mrio.regions:
        name = place(code).name.to(language)
        if code in system.emissions.missing:
            rows.append([name, *[None] * 7])
            continue
        a = accounts(scope_of(warehouse, place(code), system.mrio.year))
        rows.append([name, a.production, a.consumption, a.own, a.households, a.inflow, a.outflow, a.exported])
    columns = [Column(text.to(language), declared(MT, language) if k else None) for k, text in enumerate(heads)]
    return _sheet("accounts", system.mrio.year, columns, rows, language)


def _trade(system: System, language: Language) -> Sheet:
    codes, missing = system.mrio.regions, system.emissions.missing
    names = [place(code).name.to(language) for code in codes]
    head = Text("排放地", "Emitted in").to(language)
    rows: list[list[Value]] = [
        [names[i], *[None if code in missing else float(v) for v in system.trade[i]]] for i, code in enumerate(codes)
    ]
    return _sheet(
        "trade",
        system.mrio.year,
        [Column(head), *(Column(name, declared(MT, language)) for name in names)],
        rows,
        language,
    )


def _sectors(mrio: Mrio, language: Language) -> Sheet:
    heads = (
        Text("总产出", "Output"),
        Text("增加值", "Value added"),
        Text("出口", "Exports"),
        Text("进口投入", "Imported inputs"),
    )
    keys = (Text("省份", "Province"), Text("部门", "Sector"))
    columns = [
        *(Column(k.to(language)) for k in keys),
        *(Column(h.to(language), declared(MONEY, language)) for h in heads),
    ]
    rows: list[list[Value]] = []
    s = len(mrio.sectors)
    for i, (x, va, ex, im) in enumerate(zip(mrio.x, mrio.value_added, mrio.exports, mrio.imports, strict=True)):
        number = mrio.sectors[i % s]
        if number in mrio.absent:
            continue  # the table does not tell it apart: no data
        where = [place(mrio.regions[i // s]).name.to(language), mrio_sector(number).name.to(language)]
        rows.append([*where, float(x), float(va), float(ex), float(im)])
    return _sheet("sectors", mrio.year, columns, rows, language)


__all__ = ["excel_sheets", "iamc_rows", "notes_of", "pymrio_table"]
