"""The child's own parts, run here in the test's process: the gate, the cells, the caps."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from data import sandbox_child
from data.sandbox_child import Refusal, gate, plain, run
from data.warehouse import LOCKED, Warehouse

TABLES = frozenset({"gdp", "co2"})


def kind(sql: str) -> str:
    with duckdb.connect() as connection:
        try:
            gate(connection, sql, TABLES)
        except Refusal as refusal:
            return str(refusal.reply["error"])
    return "let through"


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT * FROM gdp", "let through"),
        ("WITH t AS (FROM co2) SELECT * FROM t JOIN gdp USING (region)", "let through"),
        ("SELECT pg_typeof(1)", "let through"),
        ("DESCRIBE gdp", "let through"),
        ("SHOW TABLES", "let through"),
        ("SELECT * FROM information_schema.columns", "let through"),
        ("SELECT 1; SELECT 2", "not_one"),
        ("", "not_one"),
        ("DELETE FROM gdp", "not_select"),
        ("SELECT pg_sleep(5)", "function"),
        ("SELECT 1 FROM gdp GROUP BY current_setting('threads')", "function"),
        ("SELECT (SELECT current_setting('threads') FROM gdp LIMIT 1)", "function"),
        ("SELECT * FROM gdp, repeat_row(1, num_rows = 9)", "function"),
        ("SELECT * FROM other.main.gdp", "table"),
        ("SELECT * FROM system.gdp", "table"),
        ("SHOW DATABASES", "table"),
        ("SELECT * FROM nothing", "unknown_table"),
    ],
)
def test_the_gate(sql: str, expected: str) -> None:
    assert kind(sql) == expected


def test_cells_become_what_json_knows() -> None:
    given = (None, True, 3, "x", 1.5, float("nan"), float("-inf"), Decimal("2.50"), [1], {"a": 1})
    assert [plain(value) for value in given] == [None, True, 3, "x", 1.5, None, None, 2.5, "[1]", "{'a': 1}"]


def request(warehouse: Warehouse, sql: str, limit: int = 10) -> dict[str, Any]:
    return {"sql": sql, "path": str(warehouse.path), "config": LOCKED, "tables": ["provinces"], "limit": limit,
            "seconds": 5, "memory": 0}  # fmt: skip


def test_rows_are_capped(warehouse: Warehouse) -> None:
    reply = run(request(warehouse, "SELECT code, ord FROM provinces ORDER BY ord", limit=2))
    assert reply["rows"] == [["BJ", 1], ["TJ", 2]]
    assert reply["truncated"] and reply["columns"] == ["code", "ord"]


def test_bytes_are_capped(warehouse: Warehouse) -> None:
    with pytest.raises(Refusal, match="too_large"):
        run(request(warehouse, "SELECT repeat('x', 5000000)"))


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1 AS one", {"columns": ["one"], "types": ["INTEGER"], "rows": [[1]], "truncated": False}),
        ("DROP TABLE gdp", {"error": "not_select", "name": "DROP", "detail": ""}),
        ("SELECT nothing FROM provinces", "sql"),
    ],
)
def test_one_reply_on_standard_output(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sql: str, expected: Any
) -> None:
    monkeypatch.setattr(sandbox_child, "limit_process", lambda memory, seconds: None)  # not on the tests' own process
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(request(warehouse, sql))))
    sandbox_child.main()
    reply = json.loads(capsys.readouterr().out)
    assert (reply["error"] if isinstance(expected, str) else reply) == expected
