"""``tanlu data export``: the active dataset's tables in the forms other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.ask import AsJson, Lang
from assistant.cli.say import document, note, speak
from data.text import Text

if TYPE_CHECKING:
    from data.exports.iamc import IamcRow
    from data.warehouse import Warehouse

Form = Literal["pymrio", "iamc", "excel"]


def export(
    form: Annotated[Form, typer.Argument(help="pymrio (a folder), iamc (.csv or .xlsx) or excel (.xlsx). 格式。")],
    target: Annotated[Path, typer.Option("--out", help="Where to write it; must not exist yet. 输出位置。")],
    year: Annotated[int | None, typer.Option("--year", help="One year; by default the latest table's (iamc: all). 年份。")] = None,
    dataset: Annotated[str | None, typer.Option("--dataset", help="By default the active one. 数据集名。")] = None,
    text: Annotated[bool, typer.Option("--text", help="pymrio: text files instead of Parquet. pymrio 用文本文件。")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> int:  # fmt: skip
    """Write tables, inventories and footprints for pymrio, IAMC tools or Excel. 导出为 pymrio、IAMC 或 Excel。"""
    from assistant.dataset_export import pymrio_table
    from data.dataset import active_dataset, find_dataset
    from data.exports import pymrio_folder
    from data.mrio import default_year, table_years
    from data.warehouse import open_warehouse

    language = speak(lang, as_json=as_json)
    warehouse = open_warehouse(find_dataset(dataset) if dataset else active_dataset())
    _suffix(form, target)
    if form == "pymrio":
        chosen = default_year(warehouse) if year is None else year
        table = pymrio_table(warehouse, chosen, language)
        pymrio_folder.write(table, target, "txt" if text else "parquet")
    elif form == "iamc":
        _iamc(warehouse, target, year)
    else:
        chosen = default_year(warehouse) if year is None else year
        _excel(warehouse, target, chosen, chosen in table_years(warehouse), language)
    if as_json:
        document({"format": form, "out": str(target), "dataset": warehouse.dataset.id})
    else:
        note(Text(f"已写入 {target}", f"Written: {target}").to(language))
    return 0


def _suffix(form: Form, target: Path) -> None:
    """Raises BadRequest where the name's ending does not fit the form."""
    from data.errors import BadRequest

    wanted = {"pymrio": ("",), "iamc": (".csv", ".xlsx"), "excel": (".xlsx",)}[form]
    if form != "pymrio" and target.suffix.lower() not in wanted:
        raise BadRequest(
            "bad_suffix",
            Text(f"{form} 的输出文件名应以 {' 或 '.join(wanted)} 结尾。", f"The name after --out must end in {' or '.join(wanted)} for {form}."),
        )  # fmt: skip


def _iamc(warehouse: Warehouse, target: Path, year: int | None) -> None:
    from assistant.dataset_export import iamc_rows
    from data.errors import NotAvailable
    from data.exports import iamc
    from data.mrio import table_years

    years = tuple(y for (y,) in warehouse.rows("SELECT DISTINCT year FROM co2 ORDER BY year") if year in (None, y))
    tables = tuple(y for y in table_years(warehouse) if year in (None, y))
    if not years and not tables:
        raise NotAvailable(
            "no_year",
            Text(f"{year}年没有清单，也没有省际表。", f"There is neither an inventory nor a table of {year}."),
        )
    rows: list[IamcRow] = list(iamc_rows(warehouse, years, tables))
    (iamc.write_xlsx if target.suffix.lower() == ".xlsx" else iamc.write_csv)(rows, target)


def _excel(warehouse: Warehouse, target: Path, year: int, table: bool, language: Literal["zh", "en"]) -> None:
    from assistant.dataset_export import excel_sheets, notes_of
    from data.errors import NotAvailable
    from data.exports.excel import workbook
    from data.exports.targets import fresh
    from data.mrio import load_mrio

    sheets = excel_sheets(warehouse, year, table, language)
    if not sheets:
        raise NotAvailable(
            "no_year",
            Text(f"{year}年没有清单，也没有省际表。", f"There is neither an inventory nor a table of {year}."),
        )
    mrio = load_mrio(warehouse, year) if table else None
    tables = ("co2",) if mrio is None else ("co2", "mrio_sector", mrio.source)
    told = notes_of(warehouse, tables, None if mrio is None else mrio.kind == "estimated", language)
    with fresh(target) as aside:
        aside.write_bytes(workbook(sheets, language, told.notes, told.sources))


__all__ = ["export"]
