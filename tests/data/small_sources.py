"""A small folder of source files in the layout of docs/dataset.md, with made-up figures, for the builder's tests."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from data.build.classification import FUELS

PROVINCES = (("GD", "Guangdong", "广东"), ("JS", "Jiangsu", "江苏"), ("XZ", "Tibet", "西藏"))
YEARS = (2016, 2017)
FUEL_NAMES = [fuel for fuel, _, _ in FUELS]


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = text.getvalue().encode()
    path.write_bytes(gzip.compress(raw, mtime=0) if path.suffix == ".gz" else raw)


def amount(place: int, year: int, sector: int, fuel: int) -> float:
    """A made-up emission in Mt, different in every cell, some of them zero."""
    return round((place + 1) * sector * (fuel % 5) * (year - 2000) / 1000, 9)


def _inventory_rows(place: int, year: int) -> Iterable[list[object]]:
    cells = [[amount(place, year, sector, fuel) for fuel in range(18)] for sector in range(1, 48)]
    total = [sum(column) for column in zip(*cells, strict=True)]
    for number, row in enumerate([total, *cells]):
        yield [year, number, f"sector {number}", *row, sum(row)]


def inventories(folder: Path) -> None:
    head = ["year", "sec_no", "sector", *FUEL_NAMES, "Scope 1 Total"]
    provincial = [
        [row[0], code, *row[1:]]
        for place, (code, _, _) in enumerate(PROVINCES[:2])
        for year in YEARS
        for row in _inventory_rows(place, year)
    ]
    write(
        folder / "ceads_provincial_co2/provincial_co2_1997_2019_sector_by_fuel.csv.gz",
        ["year", "iso", *head[1:]],
        provincial,
    )
    nation = [row for year in YEARS for row in _inventory_rows(1, year)]
    write(folder / "ceads_national_co2/national_co2_1997_2019_sector_by_fuel.csv.gz", head, nation)
    cities = [["广东广州", 1995, 1.0], ["广东广州", 2016, 50.5], ["江苏南京", 2017, 60.25]]
    write(folder / "ceads_city_co2/city_co2_totals_long.csv.gz", ["city", "year", "co2_Mt"], cities)


def concordance() -> list[list[object]]:
    """Inventory 1-43 to sectors 1-29, 44 to wholesale and retail (28), 45 over 30-42, households to none."""
    rows: list[list[object]] = [
        [n, f"sector {n}", min(1 + (n - 1) * 2 // 3, 29), "", "", 1.0, ""] for n in range(1, 44)
    ]
    rows.append([44, "sector 44", 28, "", "", 1.0, ""])
    rows += [[45, "Others", n, "", "", "", "split needed"] for n in range(30, 43)]
    rows += [[46, "Urban", "FD", "", "", "", ""], [47, "Rural", "FD", "", "", "", ""]]
    return rows


def classifications(folder: Path) -> None:
    provinces = [[i, code, en, zh, f"CN-{code}", ""] for i, (code, en, zh) in enumerate(PROVINCES, 1)]
    write(folder / "reference/provinces.csv", ["order", "code", "en", "zh", "iso3166_2", "note"], provinces)
    names = ["no", "A_consistent_en (CEADs 2018/2020 English sheet)", "A_consistent_zh (NBS 2015)", "B_2017new_en",
             "B_2017new_zh (NBS 2017/2018/2020)"]  # fmt: skip
    write(folder / "reference/sectors_42.csv", names, [[n, f"a{n}", f"甲{n}", f"b{n}", f"乙{n}"] for n in range(1, 43)])
    head = ["ceads47_no", "ceads47_name", "mrio42_no_2017new", "mrio42_en", "mrio42_zh", "share", "note"]
    write(folder / "reference/concordance_ceads47_to_mrio42_PROPOSED.csv", head, concordance())


def national_tables(folder: Path) -> None:
    columns = [f"{n:02d}" for n in range(1, 43)] + ["TIU", "TC", "FU201", "FU202", "EX", "TFU", "GO"]
    for year in (2017, 2018, 2020):
        rows: list[list[object]] = []
        for origin in ("Domestic", "Imports"):
            for n in range(1, 43):
                cells = [n * 1000 + int(c) if c.isdigit() else 1 for c in columns]
                rows.append([f"{n:02d}", "", "", origin, *(cells if origin == "Domestic" else [*cells[:-1], ""])])
        for code in ("TII", "VA001", "VA002", "VA003", "VA004", "TVA", "TI"):
            rows.append([code, "", "", "TOT", *[5 if c.isdigit() else "" for c in columns]])
        name = f"nbs_national_io_42/china_io_{year}_42_noncompetitive.csv"
        write(folder / name, ["Code", "Description", "DescriptionInChinese", "Origin", *columns], rows)


def macro(folder: Path) -> None:
    write(folder / "province_macro/gdp_current_100M_yuan_2005_2024.csv", ["code", "2016", "2017"],
          [["GD", 80000.5, 90000], ["JS", 77000, ""]])  # fmt: skip
    write(folder / "province_macro/population_10k_2005_2024.csv", ["code", "2016"], [["GD", 11000], ["JS", 8000]])
    head = ["province", "year", "total_trade_by_origin_destination_kUSD", "total_trade_by_operator_location_kUSD"]
    write(folder / "province_trade/goods_trade_kUSD_2016_2024.csv", head, [["GD", 2016, 5.0, 7.0]])


def small_sources(folder: Path) -> Path:
    """The files of the groups classification, inventory, macro and national_io."""
    classifications(folder)
    inventories(folder)
    national_tables(folder)
    macro(folder)
    return folder


GROUPS = ("classification", "inventory", "macro", "national_io", "mapped")
