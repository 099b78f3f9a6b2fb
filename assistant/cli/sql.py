"""``tanlu sql``: one read-only query on the active dataset."""

from __future__ import annotations

import csv
import sys
from typing import Annotated

import typer

from assistant.cli.ask import AsJson, Lang
from assistant.cli.say import document, note, speak, table, voice
from data.errors import BadRequest
from data.text import Text


def sql(
    query: Annotated[str, typer.Argument(help='One SELECT, e.g. "SELECT * FROM provinces". 一条 SELECT。')],
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Rows as CSV. 输出 CSV。")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="Rows at most. 最多行数。")] = 1000,
    lang: Lang = None,
) -> int:
    """Run one read-only query. 运行一条只读查询。"""
    from data.sandbox import run_select
    from data.warehouse import open_warehouse

    speak(lang, as_json=as_json)
    if as_json and as_csv:
        raise BadRequest("two_forms", Text("--json 与 --csv 只能选一个。", "Choose one of --json and --csv."))
    found = run_select(open_warehouse(), query, limit)
    if as_json:
        document({"columns": found.columns, "types": found.types, "rows": found.rows, "truncated": found.truncated})
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(found.columns)
        writer.writerows(found.rows)
    else:
        table(list(found.columns), [["" if cell is None else str(cell) for cell in row] for row in found.rows])
    if found.truncated:
        told = Text(f"只显示前 {limit} 行；可用 --limit 增加。", f"Only the first {limit} rows; --limit gives more.")
        note(told.to(voice.language))
    return 0
