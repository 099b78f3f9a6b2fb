"""SQL from strangers (a person, a bot, a model): one SELECT, in a child process, under limits.

The child (data/sandbox_child.py) is started fresh, never forked, with an empty environment; it imports only duckdb.
What it may do is limited four times over: the statement's own syntax tree (known tables, harmless functions), the
locked read-only connection, limits on memory, time and file writing, and a cap on rows and bytes.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import DatasetError, RefusedQuery, UnknownName
from data.text import Text
from data.views import views_of
from data.warehouse import LOCKED, Warehouse

ROWS = 1_000  # default and greatest number of rows given
MOST_ROWS = 100_000
SECONDS = 5
MEMORY = 1_500_000_000  # bytes of address space of the child
LENGTH = 20_000  # characters of SQL
_STARTING = 10  # seconds granted for the child to start and stop on a busy machine
_SLOTS = threading.BoundedSemaphore(2)  # children at a time

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class SqlTable:
    """Rows of one SELECT. ``truncated``: there were more than ``limit`` rows."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    truncated: bool


def run_select(warehouse: Warehouse, sql: str, limit: int = ROWS, seconds: int = SECONDS) -> SqlTable:
    """Run one SELECT over the dataset's tables and views.

    Raises RefusedQuery for anything else, for a function or table out of bounds, and where a limit is passed;
    UnknownName, with the nearest names, for an unknown table or column; DatasetError if the child cannot start.
    """
    if not sql.strip():
        raise _refused("empty_sql", "SQL 为空；请写一条 SELECT 语句。", "The SQL is empty; write one SELECT statement.")
    if len(sql) > LENGTH or any(ord(c) < 32 and c not in "\t\r\n" for c in sql):
        raise _refused(
            "bad_sql",
            f"SQL 过长（上限{LENGTH}字符）或含控制字符；请缩短或清理后重试。",
            f"The SQL is too long (at most {LENGTH} characters) or holds control characters; shorten or clean it.",
        )
    request = {
        "sql": sql,
        "path": str(warehouse.path),
        "config": LOCKED,
        "tables": sorted(_tables(warehouse)),
        "limit": max(1, min(limit, MOST_ROWS)),
        "seconds": max(1, seconds),
        "memory": MEMORY,
    }
    with _SLOTS:
        reply = _ask_child(request)
    if "error" in reply:
        raise _told(warehouse, reply, max(1, seconds))
    return SqlTable(
        tuple(reply["columns"]), tuple(reply["types"]), tuple(tuple(row) for row in reply["rows"]), reply["truncated"]
    )


def _tables(warehouse: Warehouse) -> set[str]:
    names = {resource.name for resource in warehouse.dataset.resources}
    return names | {view.name for view in views_of(warehouse.dataset)}


def _ask_child(request: dict[str, Any]) -> dict[str, Any]:
    script = Path(__file__).with_name("sandbox_child.py")
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(script)],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=request["seconds"] + _STARTING,
            env={"LANG": "C.UTF-8", "HOME": "/nonexistent"},
            cwd=Path(sys.executable).anchor,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"error": "time"}
    except OSError as error:
        raise DatasetError(
            "sandbox_unavailable",
            Text("无法启动查询子进程；请检查系统的进程数与内存限制。",
                 "The query process cannot be started; check the machine's limits on processes and memory."),
        ) from error  # fmt: skip
    try:
        reply: dict[str, Any] = json.loads(child.stdout)
    except ValueError:
        # Killed by a limit before it could answer: SIGXCPU by the clock, all else by memory.
        return {"error": "time" if child.returncode == -24 else "memory"}
    return reply


def _refused(code: str, zh: str, en: str, nearest: tuple[str, ...] = ()) -> RefusedQuery:
    return RefusedQuery(code, Text(zh, en), nearest)


_PLAIN: dict[str, tuple[str, str, str]] = {
    "not_one": (
        "not_one_statement",
        "只能执行一条语句；请只保留一条 SELECT。",
        "Exactly one statement is run; keep a single SELECT.",
    ),
    "not_select": (
        "not_select",
        "只能执行 SELECT 查询（不支持写入、设置与 PIVOT）；请改写为一条 SELECT。",
        "Only a SELECT is run (no writing, settings or PIVOT); rewrite it as one SELECT.",
    ),
    "memory": (
        "memory_limit",
        "查询超出内存上限；请缩小范围或先聚合。",
        "The query went over the memory limit; narrow it or aggregate first.",
    ),
    "too_large": (
        "too_large",
        "查询结果过大；请减少列、行或文本长度。",
        "The result is too large; ask for fewer columns, rows or shorter text.",
    ),
    "too_deep": (
        "too_deep",
        "查询嵌套过深；请简化。",
        "The query is nested too deeply; simplify it.",
    ),
}


def _told(warehouse: Warehouse, reply: dict[str, Any], seconds: int) -> RefusedQuery | UnknownName:
    """The child's refusal in our words."""
    kind, name = str(reply["error"]), _scrubbed(warehouse, str(reply.get("name", "")))
    if kind in _PLAIN:
        return _refused(*_PLAIN[kind])
    if kind == "time":
        return _refused(
            "time_limit",
            f"查询超过{seconds}秒的时间上限；请缩小范围或先聚合。",
            f"The query ran over its {seconds} seconds; narrow it or aggregate first.",
        )
    if kind == "function":
        return _refused(
            "refused_function",
            f"函数 {name} 不可使用；请只用普通的标量与聚合函数。",
            f"The function {name} is not allowed; use ordinary scalar and aggregate functions.",
        )
    if kind == "table":
        return _refused(
            "refused_table",
            f"{name} 不可查询；请查询数据集中的表（SHOW TABLES 列出全部）。",
            f"{name} cannot be queried; use the dataset's tables (SHOW TABLES lists them).",
        )
    if kind == "unknown_table":
        return _unknown(name, sorted(_tables(warehouse)), Text("表", "table"))
    return _sql_error(warehouse, str(reply.get("detail", "")))


def _sql_error(warehouse: Warehouse, detail: str) -> RefusedQuery | UnknownName:
    column = re.search(r'column(?: named)? "([^"]+)" (?:not found|that|was not)', detail) or re.search(
        r'does not have a column named "([^"]+)"', detail
    )
    if column:
        names = {field.name for resource in warehouse.dataset.resources for field in resource.fields}
        return _unknown(_scrubbed(warehouse, column[1]), sorted(names | _named(detail)), Text("列", "column"))
    first = _scrubbed(warehouse, detail.strip().splitlines()[0] if detail.strip() else "")
    return _refused(
        "sql_error",
        f"SQL 无法执行：{first}；请更正后重试。",
        f"The SQL cannot be run: {first.rstrip('.!')}; mend it and try again.",
    )


def _named(detail: str) -> set[str]:
    """The candidates DuckDB itself names, e.g. columns of a view."""
    _, _, after = detail.partition("Candidate bindings:")
    return {name.rpartition(".")[2] for name in re.findall(r'"([^"]+)"', after)}


def _unknown(name: str, names: list[str], what: Text) -> UnknownName:
    from rapidfuzz import process

    nearest = tuple(match[0] for match in process.extract(name, names, limit=3, score_cutoff=50))
    zh = f"；相近的有 {'、'.join(nearest)}" if nearest else "；SHOW TABLES 列出所有表"
    en = f"; the nearest are {', '.join(nearest)}" if nearest else "; SHOW TABLES lists the tables"
    return UnknownName(
        f"unknown_{what.en}", Text(f"没有{what.zh} {name}{zh}。", f"There is no {what.en} {name}{en}."), nearest
    )


def _scrubbed(warehouse: Warehouse, text: str) -> str:
    """Text without paths, the warehouse's name, or anything of the machine; at most 300 characters."""
    text = text.replace(str(warehouse.path), "…").replace(warehouse.path.stem, "…")
    text = re.sub(r"(?:[A-Za-z]:)?(?:[\\/][\w.@+-]+){2,}[\\/]?", "…", text)
    return "".join(c for c in text if c.isprintable())[:300]
