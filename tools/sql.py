"""One read-only SELECT over the dataset, run in the sandbox; its figures become facts with units where known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from data.classification import GROUPS, NATION, PROVINCES
from data.sandbox import SqlTable, run_select
from data.text import Text, same
from tools.declare import Arguments, Context, tool
from tools.figures.work import Line
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Result, Table
from tools.units import UNITS

if TYPE_CHECKING:
    from data.warehouse import Warehouse

SHOWN = 50  # rows whose figures become facts; the rest of the rows stays in the table that is attached
# Tables and views whose figures are CEADs scope 1 emissions.
_SCOPE1 = {
    "co2",
    "co2_42",
    "co2_published",
    "co2_totals",
    "co2_by_sector",
    "co2_by_fuel",
    "co2_by_sector_42",
    "city_co2",
}
_KEYS = {"year", "sector_no", "sector", "no", "ord", "row_code", "column_code"}
_REGIONS = {key: p.name.en for p in (*PROVINCES, *GROUPS, NATION) for key in (p.code, p.name.en, p.name.zh)}


class SqlArguments(Arguments):
    """One SELECT statement."""

    sql: str = Field(
        description="One DuckDB SELECT over the dataset's tables and views; see `about` for their columns."
    )
    limit: int = Field(100, ge=1, le=1000, description="Most rows to return.")


@tool(
    title=Text("SQL查询", "SQL"),
    summary=Text(
        "对数据集执行一条只读SELECT（沙箱内，限时限量）；其他工具答不了的细查才用。",
        "Run one read-only SELECT on the dataset, in a sandbox with limits; for what the other tools cannot answer.",
    ),
    examples=(
        Text(
            "SELECT region, sum(mt) FROM co2 WHERE year = 2017 GROUP BY region",
            "SELECT region, sum(mt) AS mt FROM co2 GROUP BY region",
        ),
        Text("用SQL查2019年各省煤炭排放", "Run SQL: SELECT * FROM gdp WHERE region = 'GD'"),
        Text("select count(*) from targets", "select year, gdp_100m_yuan from gdp where region = 'JS'"),
    ),
)
def sql(arguments: SqlArguments, context: Context) -> Result:
    """The rows of one SELECT.

    Raises RefusedQuery where the statement is not one harmless SELECT or passes a limit, UnknownName for an unknown
    table or column.
    """
    found = run_select(context.warehouse, arguments.sql, arguments.limit)
    tables = _tables(context.warehouse, arguments.sql)
    draft = Draft(Text("SQL查询结果", "SQL result"))
    draft.sources.extend(tables)
    draft.method.append(same(arguments.sql.strip()))
    units = {name: unit for name in found.columns if (unit := _unit(context.warehouse, tables, name))}
    account = (
        Account.SCOPE1 if tables and set(tables) <= _SCOPE1 | {"provinces", "fuels", "inventory_sectors"} else None
    )
    source = tables[0] if tables else "sql"
    rows: list[tuple[Cell, ...]] = []
    facts: list[int] = []
    for number, row in enumerate(found.rows):
        cells: list[Cell] = []
        for name, kind, value in zip(found.columns, found.types, row, strict=True):
            figure = isinstance(value, (int, float)) and not isinstance(value, bool) and name.lower() not in _KEYS
            if not figure or number >= SHOWN or not isinstance(value, (int, float)):
                cells.append(value if not isinstance(value, bool) else str(value))
                continue
            index = draft.fact(
                _label(found, row, name), value, units.get(name, "count" if "INT" in kind.upper() else "1"),
                region=_region(found, row), year=_year(found, row), basis=Basis.DERIVED, source=source,
                account=account if units.get(name) == "Mt CO2" else None,
            )  # fmt: skip
            facts.append(index)
            cells.append(Ref(fact=index))
        rows.append(tuple(cells))
    _say(draft, found, facts)
    columns = tuple(Column(name=same(name or "?"), unit=units.get(name)) for name in found.columns)
    table = draft.table(Table(title=draft.title, columns=columns, rows=tuple(rows[:SHOWN]), total_rows=len(found.rows)))
    draft.section(Text("结果", "Rows"), tables=(table,))
    if found.truncated:
        draft.caveats.append(
            Text(f"只取前{len(found.rows)}行，还有更多。", f"Cut at {len(found.rows)} rows; there are more.")
        )
    draft.caveats.append(
        Text("SQL结果未经口径检查，请自行核对单位与范围。", "SQL results are not checked for account or scope.")
    )
    return draft.result()


def _say(draft: Draft, found: SqlTable, facts: list[int]) -> None:
    line = Line()
    if len(found.rows) == 1 and facts:
        hole = line(facts[0])
        draft.lead(f"查询得到：{hole}。", f"The query gives {hole}.", *line.facts)
    elif not found.rows:
        draft.status = "no_data"
        draft.lead("查询没有返回任何行。", "The query returned no rows.")
    else:
        count = draft.fact(
            Text("返回行数", "rows returned"), len(found.rows), "count", basis=Basis.DERIVED, source="sql"
        )
        draft.sources.remove("sql")
        hole = line(count)
        draft.lead(f"查询返回{hole}行，见表。", f"The query returned {hole} rows; see the table.", *line.facts)


def _tables(warehouse: Warehouse, text: str) -> list[str]:
    """Tables and views named in the statement, those of the dataset only."""
    named = re.findall(r"(?:from|join)\s+\"?([a-z_][a-z0-9_]*)", text, re.IGNORECASE)
    views = {"co2_totals": "co2", "co2_by_sector": "co2", "co2_by_fuel": "co2", "co2_by_sector_42": "co2_42"}
    found = [views.get(n.lower(), n.lower()) for n in named]
    return list(dict.fromkeys(n for n in found if warehouse.has(n)))


def _unit(warehouse: Warehouse, tables: list[str], column: str) -> str | None:
    """The unit a column carries in the tables used, where its name says so."""
    for table in tables:
        for field in warehouse.dataset.resource(table).fields:
            if field.name == column.lower() and field.unit in UNITS:
                return field.unit
    return None


def _cell(found: SqlTable, row: tuple[object, ...], names: tuple[str, ...]) -> object:
    for name, value in zip(found.columns, row, strict=True):
        if name.lower() in names:
            return value
    return None


def _region(found: SqlTable, row: tuple[object, ...]) -> str | None:
    value = _cell(found, row, ("region", "region_en", "region_zh", "en", "zh", "code", "province"))
    return _REGIONS.get(str(value)) if value is not None else None


def _year(found: SqlTable, row: tuple[object, ...]) -> int | None:
    value = _cell(found, row, ("year",))
    return value if isinstance(value, int) else None


def _label(found: SqlTable, row: tuple[object, ...], column: str) -> Text:
    """The column with what identifies the row: its words and its keys."""
    keys = [
        str(v)
        for n, v in zip(found.columns, row, strict=True)
        if isinstance(v, str) or (n.lower() in _KEYS and v is not None)
    ]
    label = f"{column} ({', '.join(keys)})" if keys else column
    return same(label or "?")
