"""The child process that runs a stranger's SQL. Started as a script by data/sandbox.py; imports nothing of ours.

Reads one JSON request from standard input and writes one JSON reply to standard output:
``{"columns", "types", "rows", "truncated"}`` or ``{"error": kind, "name"?, "detail"?}``.
"""

from __future__ import annotations

import contextlib
import json
import math
import re
import sys
import threading
from typing import Any

import duckdb

TABLE_FUNCTIONS = frozenset({"range", "generate_series", "unnest"})
# Functions that read settings, the catalogue, other files or SQL, write, or wait.
DENIED_FUNCTION = re.compile(
    r"(duckdb_|pragma_|read_|sniff_|parquet_|inet_|has_\w+_privilege|pg_(?!typeof$)|json_(de)?serialize_|json_execute_)"
    r"|(query|query_table|glob|getenv|getvariable|current_setting|current_query|set_config|setval|nextval|currval|"
    r"write_log|parse_duckdb_log_message|seq_scan|sleep_ms|which_secret|setseed|col_description|obj_description|"
    r"shobj_description|current_connection_id)$"
)
DENIED_TABLE = re.compile(r"duckdb_|pragma_|sqlite_|pg_")
SCHEMA_TABLES = frozenset({"tables", "columns"})  # of information_schema
BYTES = 4_000_000  # of the whole reply


class Refusal(Exception):
    """A request that is not run, or whose answer is not given."""

    def __init__(self, kind: str, name: str = "", detail: str = "") -> None:
        super().__init__(kind)
        self.reply = {"error": kind, "name": name, "detail": detail}


def limit_process(memory: int, seconds: int) -> None:
    """Limit address space and processor time and forbid writing files, where the system knows such limits."""
    with contextlib.suppress(ImportError):  # not a Unix: DuckDB's own limits and the parent's clock remain
        import resource

        wanted = (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, seconds + 2),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        )
        for limit, value in wanted:
            with contextlib.suppress(ValueError, OSError):  # macOS knows RLIMIT_AS but does not let it be set
                resource.setrlimit(limit, (value, value))


def gate(connection: duckdb.DuckDBPyConnection, sql: str, tables: frozenset[str]) -> None:
    """Let through exactly one SELECT over known tables with harmless functions; raise Refusal on all else."""
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise Refusal("not_one")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise Refusal("not_select", statements[0].type.name)
    serialized = connection.execute("SELECT json_serialize_sql(?)", [statements[0].query]).fetchone()
    tree = json.loads(serialized[0]) if serialized else {"error": True}
    if tree.get("error"):
        raise Refusal("not_select")
    nodes = list(_nodes(tree))
    known = tables | {str(node["key"]).lower() for node in nodes if "key" in node and "value" in node}
    for node in nodes:
        _check(node, known)


def _nodes(value: Any) -> Any:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)


def _check(node: dict[str, Any], known: frozenset[str]) -> None:
    kind = node.get("type")
    if "function_name" in node:
        name = str(node["function_name"]).lower()
        if DENIED_FUNCTION.match(name):
            raise Refusal("function", name)
    if kind == "TABLE_FUNCTION":
        name = str(node.get("function", {}).get("function_name", "")).lower()
        if name not in TABLE_FUNCTIONS:
            raise Refusal("function", name)
    elif kind == "BASE_TABLE":
        schema, name = str(node.get("schema_name", "")).lower(), str(node.get("table_name", "")).lower()
        if schema == "information_schema" and name in SCHEMA_TABLES and not node.get("catalog_name"):
            return
        if DENIED_TABLE.match(name) or node.get("catalog_name") or schema not in ("", "main"):
            raise Refusal("table", name)
        if name not in known:
            raise Refusal("unknown_table", name)
    elif kind == "SHOW_REF" and node.get("query") is None and node.get("table_name") not in ('"tables"', "tables"):
        raise Refusal("table", str(node.get("table_name", "")).strip('"'))


def plain(value: Any) -> Any:
    """A cell as JSON knows it; dates, lists and structs as text, a number that is none as no data."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if type(value).__name__ == "Decimal":
        return float(value)
    return str(value)


def run(request: dict[str, Any]) -> dict[str, Any]:
    """Gate the SQL, run it under its clock and gather at most ``limit`` rows."""
    sql, limit = request["sql"], request["limit"]
    with duckdb.connect(":memory:") as parser:
        gate(parser, sql, frozenset(request["tables"]))
    connection = duckdb.connect(request["path"], read_only=True, config=request["config"])
    clock = threading.Timer(request["seconds"], connection.interrupt)
    clock.daemon = True
    clock.start()
    cursor = connection.execute(sql)
    described = cursor.description or []
    rows: list[list[Any]] = []
    size = 0
    while len(rows) <= limit and (batch := cursor.fetchmany(min(500, limit + 1 - len(rows)))):
        for row in batch:
            cells = [plain(value) for value in row]
            size += sum(len(c) if isinstance(c, str) else 10 for c in cells)
            if size > BYTES:
                raise Refusal("too_large")
            rows.append(cells)
    clock.cancel()
    return {
        "columns": [column[0] for column in described],
        "types": [str(column[1]) for column in described],
        "rows": rows[:limit],
        "truncated": len(rows) > limit,
    }


def main() -> None:
    """Answer the one request."""
    request = json.load(sys.stdin)
    limit_process(request["memory"], request["seconds"])
    try:
        reply = run(request)
    except Refusal as refusal:
        reply = refusal.reply
    except duckdb.InterruptException:
        reply = {"error": "time"}
    except (duckdb.OutOfMemoryException, MemoryError):
        reply = {"error": "memory"}
    except duckdb.Error as error:
        reply = {"error": "sql", "detail": str(error)}
    except RecursionError:
        reply = {"error": "too_deep"}
    json.dump(reply, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main()
