"""Strangers' SQL: what is answered, what is refused, and what never leaks."""

from __future__ import annotations

import time

import duckdb
import pytest

from data.errors import RefusedQuery, TanluError, UnknownName
from data.sandbox import run_select
from data.sandbox_child import DENIED_TABLE
from data.warehouse import Warehouse

REFUSED = {
    "two statements": "SELECT 1; SELECT 2",
    "a comment hides the second": "SELECT 1; -- \n DROP TABLE co2",
    "copy out": "COPY co2 TO 'x.csv'",
    "copy in a cte's clothes": "COPY (SELECT 1) TO '/tmp/x.csv'",
    "attach": "ATTACH '/tmp/x.db' AS x",
    "export": "EXPORT DATABASE '/tmp/x'",
    "install": "INSTALL httpfs",
    "load": "LOAD httpfs",
    "set": "SET memory_limit='8GB'",
    "reset": "RESET memory_limit",
    "pragma": "PRAGMA database_list",
    "call": "CALL pragma_version()",
    "explain": "EXPLAIN SELECT 1",
    "prepare": "PREPARE p AS SELECT 1",
    "write": "UPDATE co2 SET mt = 0",
    "delete": "DELETE FROM co2",
    "insert": "INSERT INTO gdp VALUES ('GD', 2030, 1)",
    "create": "CREATE TEMP TABLE t AS SELECT 1",
    "drop": "DROP TABLE co2",
    "checkpoint": "CHECKPOINT",
    "pivot": "PIVOT gdp ON year USING sum(gdp_100m_yuan)",
    "read a file": "SELECT * FROM read_csv('/etc/passwd')",
    "read text": "SELECT content FROM read_text('/etc/passwd')",
    "read blob": "SELECT * FROM read_blob('/etc/passwd')",
    "glob": "SELECT * FROM glob('/*')",
    "sniff": "SELECT * FROM sniff_csv('/etc/passwd')",
    "own file": "SELECT * FROM read_duckdb('x')",
    "settings": "SELECT * FROM duckdb_settings()",
    "databases": "SELECT * FROM duckdb_databases()",
    "databases, the view": "SELECT * FROM duckdb_databases",
    "database list, the view": "SELECT * FROM pragma_database_list",
    "databases behind a cte": "WITH duckdb_databases AS (SELECT 1) SELECT * FROM (SELECT * FROM duckdb_databases)",
    "system catalogue": "SELECT * FROM system.main.duckdb_databases",
    "pg catalogue": "SELECT * FROM pg_catalog.pg_settings",
    "schemata": "SELECT * FROM information_schema.schemata",
    "secrets": "SELECT * FROM duckdb_secrets()",
    "extensions": "SELECT * FROM duckdb_extensions()",
    "one setting": "SELECT current_setting('temp_directory')",
    "a setting in a where": "SELECT 1 FROM gdp WHERE region = current_setting('home_directory')",
    "a setting in an order": "SELECT 1 FROM gdp ORDER BY current_setting('home_directory')",
    "a setting in a lambda": "SELECT list_transform([1], x -> current_setting('threads'))",
    "environment": "SELECT getenv('HOME')",
    "query": "SELECT * FROM query('SELECT * FROM duckdb_settings()')",
    "query_table": "SELECT * FROM query_table('gdp')",
    "serialized sql": "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "log": "SELECT write_log('x')",
    "sleep": "SELECT sleep_ms(100000)",
    "all databases": "SHOW DATABASES",
    "all tables": "SHOW ALL TABLES",
    "empty": "  ",
    "control character": "SELECT '\x00'",
    "too long": "SELECT " + "1," * 20_000 + "1",
    "nothing": "-- only a comment",
    "syntax": "SELEC 1",
    "parameter": "SELECT ?",
}


@pytest.mark.parametrize("sql", REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_a_mend_and_nothing_of_the_machine(warehouse: Warehouse, sql: str) -> None:
    with pytest.raises(RefusedQuery) as refused:
        run_select(warehouse, sql)
    for message in (refused.value.message.zh, refused.value.message.en):
        assert "/" not in message
        assert warehouse.path.stem not in message
        assert "Traceback" not in message


UNKNOWN = {
    "file as a table": ("SELECT * FROM 'data.csv'", None),
    "quoted path": ('SELECT * FROM "/etc/passwd"', None),
    "table": ("SELECT * FROM co2_totls", "co2_totals"),
    "column": ("SELECT regio FROM co2", "region"),
    "column of an alias": ("SELECT c.yaer FROM co2 c", "year"),
}


@pytest.mark.parametrize(("sql", "nearest"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_unknown_names_come_with_the_nearest(warehouse: Warehouse, sql: str, nearest: str | None) -> None:
    with pytest.raises(UnknownName) as unknown:
        run_select(warehouse, sql)
    if nearest:
        assert nearest in unknown.value.nearest
    assert "/etc" not in unknown.value.message.en


def test_a_select_is_answered(warehouse: Warehouse) -> None:
    table = run_select(
        warehouse, "SELECT region_en, round(mt, 2) AS mt FROM co2_totals WHERE region='GD' AND year=2017"
    )
    assert table.columns == ("region_en", "mt")
    assert table.rows == (("Guangdong", 556.86),)
    assert not table.truncated


@pytest.mark.parametrize(
    "sql",
    [
        "DESCRIBE co2",
        "SUMMARIZE gdp",
        "SHOW TABLES",
        "SELECT table_name FROM information_schema.tables",
        "FROM gdp",
        "VALUES (1)",
        "WITH t AS (SELECT * FROM gdp) SELECT count(*) FROM t",
        "SELECT sum(x) FROM range(10) r(x)",
        "SELECT * FROM MAIN.GDP",
        "SELECT region, year, sum(mt) OVER (PARTITION BY region ORDER BY year) FROM co2_totals",
        "SELECT 1 -- a comment; with a semicolon",
        "SELECT ';' AS x;",
    ],
)
def test_ordinary_reading_is_answered(warehouse: Warehouse, sql: str) -> None:
    assert run_select(warehouse, sql).rows


def test_rows_are_capped_and_it_is_said(warehouse: Warehouse) -> None:
    table = run_select(warehouse, "SELECT * FROM co2 ORDER BY ALL", limit=7)
    assert len(table.rows) == 7
    assert table.truncated
    assert not run_select(warehouse, "SELECT * FROM provinces", limit=31).truncated


def test_missing_and_not_finite_values_are_no_data(warehouse: Warehouse) -> None:
    row = run_select(
        warehouse, "SELECT NULL, 'inf'::double, 'nan'::double, 0, [1, 2], DATE '2017-01-01', 1.5::decimal(3,1)"
    )
    assert row.rows == ((None, None, None, 0, "[1, 2]", "2017-01-01", 1.5),)


ENDLESS = {
    "recursion": "WITH RECURSIVE t AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t WHERE x < 10",
    "cross join": "SELECT count(*) FROM co2 a, co2 b, co2 c WHERE a.mt + b.mt + c.mt = 1",
    "endless range": "SELECT sum(x * x) FROM range(9000000000000) r(x)",
}


@pytest.mark.parametrize("sql", ENDLESS.values(), ids=ENDLESS.keys())
def test_endless_queries_end(warehouse: Warehouse, sql: str) -> None:
    started = time.monotonic()
    with pytest.raises(RefusedQuery) as refused:
        run_select(warehouse, sql, seconds=1)
    assert refused.value.code in ("time_limit", "memory_limit")
    assert time.monotonic() - started < 8


BOMBS = {
    "repeat": "SELECT length(repeat('x', 2000000000))",
    "repeated repeats": "SELECT repeat(repeat('x', 100000), 100000)",
    "a large cell": "SELECT repeat('x', 100000000)",
    "a list": "SELECT range(1000000000)",
    "string_agg": "SELECT string_agg(repeat('x', 1000000), '') FROM range(100000)",
}


@pytest.mark.parametrize("sql", BOMBS.values(), ids=BOMBS.keys())
def test_memory_bombs_are_refused(warehouse: Warehouse, sql: str) -> None:
    with pytest.raises(RefusedQuery) as refused:
        run_select(warehouse, sql)
    assert refused.value.code in ("memory_limit", "too_large", "sql_error", "time_limit")


def test_deep_nesting_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(TanluError):
        run_select(warehouse, "SELECT " + "(" * 5000 + "1" + ")" * 5000)


def test_the_warehouse_goes_on_after_attacks(warehouse: Warehouse) -> None:
    with pytest.raises(RefusedQuery):
        run_select(warehouse, BOMBS["repeat"])
    assert warehouse.rows("SELECT count(*) FROM provinces") == [(31,)]


def test_every_system_view_is_denied_by_name() -> None:
    """A new DuckDB with a new system view must not open a door."""
    with duckdb.connect() as connection:
        views = connection.execute("SELECT schema_name, view_name FROM duckdb_views() WHERE internal").fetchall()
    assert views
    for schema, name in views:
        assert schema == "information_schema" or DENIED_TABLE.match(name), name
