"""Write the synthetic world as a dataset folder: Parquet or JSONL, each row and the description marked synthetic."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from data.arrays import sha256_of
from data.dataset import PACKAGE, read_dataset, starter_folder
from data.errors import BadRequest, StateError
from data.package import Field, Resource, Source, resource_to_json, source_to_json
from data.synthetic.world import Row, World
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

Form = Literal["parquet", "jsonl"]
LABEL = "synthetic"  # the column that marks every row
MARK = Field(
    LABEL,
    "boolean",
    Text("合成数据标记：恒为真；不是观测数据", "Mark of synthetic data: always true; no observed data"),
)
SOURCE = Source(
    "synthetic",
    Text("碳路合成数据：由程序随机生成，省份与数字均为虚构", "Tanlu synthetic data: random numbers of a program; provinces and figures are invented"),
    Text("可用于训练与测试；不得作为数据引用", "For training and benches; never to be quoted as data"),
    "docs/dataset.md",
)  # fmt: skip
LEAST, MOST = 2, 8  # provinces


def write_tables(out: Path, seed: int, regions: int = 4, form: Form = "parquet") -> Path:
    """Write all tables and ``datapackage.json`` into the folder ``out`` and return it; the same seed gives the same numbers.

    Raises BadRequest for a number of provinces outside 2-8 or a folder that holds a dataset which is not synthetic, StateError where
    it cannot be written.
    """
    if not LEAST <= regions <= MOST:
        raise BadRequest(
            "regions", Text(f"省份数须在{LEAST}到{MOST}之间。", f"The number of provinces must be {LEAST} to {MOST}.")
        )
    package = out / PACKAGE
    if package.is_file() and not json.loads(package.read_text("utf-8")).get(LABEL):
        raise BadRequest(
            "not_synthetic",
            Text(
                f"{out} 里已有非合成的数据集，不覆盖；请换一个目录。",
                f"{out} holds a dataset that is not synthetic; name another folder.",
            ),
        )
    starter = read_dataset(starter_folder())
    try:
        out.mkdir(parents=True, exist_ok=True)
        resources = [
            _write(out, starter.resource(name), list(rows), form)
            for name, rows in World(regions, seed).tables().items()
        ]
        described = _package(resources, seed, form)
        package.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise StateError(
            "out_unwritable",
            Text(f"无法写入 {out}；请指定一个可写目录。", f"{out} cannot be written; name a folder you can write to."),
        ) from error
    return out


def _write(out: Path, like: Resource, rows: Sequence[Row], form: Form) -> Resource:
    """One table in the columns and order of the starter's, with the mark as its last column."""
    fields = (*like.fields, MARK)
    ordered = sorted(rows, key=lambda r: tuple(r[k] for k in like.primary_key))
    path = out / f"{like.name}.{form}"
    if form == "jsonl":
        lines = (
            json.dumps({**{f.name: r[f.name] for f in like.fields}, LABEL: True}, ensure_ascii=False) for r in ordered
        )
        path.write_text("\n".join(lines) + "\n", "utf-8")
    else:
        import pyarrow.parquet as pq

        pq.write_table(_arrow(fields, ordered), path, compression="zstd")
    return replace(
        like, path=path.name, title=_synthetic(like.title), description=_synthetic(like.title), fields=fields,
        sources=(SOURCE.id,), licence=SOURCE.licence, sha256=sha256_of(path), bytes=path.stat().st_size, rows=len(ordered),
    )  # fmt: skip


def _arrow(fields: Sequence[Field], rows: Sequence[Row]) -> pa.Table:
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int32(), "number": pa.float64(), "boolean": pa.bool_()}
    schema = pa.schema(
        [pa.field(f.name, types[f.type], nullable=not f.required) for f in fields], metadata={LABEL: "true"}
    )
    columns = [pa.array([r.get(f.name, True) for r in rows], type=types[f.type]) for f in fields]
    return pa.table(columns, schema=schema)


def _synthetic(title: Text) -> Text:
    return Text(f"【合成】{title.zh}", f"[Synthetic] {title.en}")


def _package(resources: Sequence[Resource], seed: int, form: Form) -> dict[str, Any]:
    title = Text(f"碳路合成数据集（种子{seed}）", f"Tanlu synthetic dataset (seed {seed})")
    described = [resource_to_json(r, {SOURCE.id: SOURCE}) for r in resources]
    if form == "jsonl":
        described = [{**d, "format": "jsonl", "mediatype": "application/jsonl"} for d in described]
    return {
        "profile": "data-package", "id": f"synthetic-{seed}", "name": f"synthetic-{seed}", "version": str(seed), LABEL: True,
        "title": title.en, "titles": {"zh": title.zh, "en": title.en}, "description": SOURCE.citation.en,
        "descriptions": {"zh": SOURCE.citation.zh, "en": SOURCE.citation.en}, "resources": described,
        "sources": [source_to_json(SOURCE)],
    }  # fmt: skip
