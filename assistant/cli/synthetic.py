"""``tanlu synthetic``: question-answer pairs with gold sources, and synthetic tables, for training and benches."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.ask import Lang
from assistant.cli.say import note, speak
from data.text import Text

app = typer.Typer(
    help="Synthetic pairs and tables, for training and benches. 合成问答与合成数据表。", rich_markup_mode=None
)
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same output. 随机种子。")]


class Form(StrEnum):
    """How tables are written."""

    PARQUET = "parquet"
    JSONL = "jsonl"


@app.command()
def qa(
    out: Annotated[Path, typer.Option("--out", help="The file to write: .jsonl or .parquet. 输出文件。")],
    count: Annotated[int, typer.Option("--count", min=1, max=100_000, help="How many pairs. 条数。")] = 100,
    seed: Seed = 0,
    lang: Lang = None,
) -> int:
    """Write bilingual question-answer pairs with their gold from the active dataset and the documents. 生成中英问答。"""
    from data.warehouse import open_warehouse
    from knowledge.search import Library
    from tools.synthetic.qa import write_pairs

    language = speak(lang)
    written = write_pairs(open_warehouse(), Library(), count, seed, out)
    note(Text(f"已写入 {written} 条合成问答：{out}", f"{written} synthetic pairs written to {out}").to(language))
    return 0


@app.command()
def tables(
    out: Annotated[Path, typer.Option("--out", help="The folder to write to. 输出目录。")],
    seed: Seed = 0,
    provinces: Annotated[
        int, typer.Option("--provinces", help="How many invented provinces, 2 to 8. 虚构省份数。")
    ] = 4,
    form: Annotated[Form, typer.Option("--format", help="Parquet or JSONL. 文件格式。")] = Form.PARQUET,
    lang: Lang = None,
) -> int:
    """Write synthetic tables in the starter's schemas, every row marked synthetic. 生成合成数据表。"""
    from data.synthetic.write import write_tables

    language = speak(lang)
    folder = write_tables(out, seed, provinces, form.value)
    note(
        Text(
            f"已写入合成数据表（不可用于回答问题）：{folder}",
            f"Synthetic tables, never used for answers, written to {folder}",
        ).to(language)
    )
    return 0
