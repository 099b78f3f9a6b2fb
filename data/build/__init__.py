"""The builder of the starter dataset: source files in, Parquet and ``datapackage.json`` out, the same bytes each time."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import DatasetError, StateError
from data.package import Resource, Source, resource_from_json, resource_to_json, source_from_json, source_to_json
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

    from data.build.protocol import Built

ID = "starter"
VERSION = "2026.11"
TITLE = Text("碳路起步数据集", "Tanlu starter dataset")
DESCRIPTION = Text(
    "中国各省二氧化碳清单、经济、能源、电力与投入产出数据；每张表各有出处与条款。",
    "CO2 inventories, economy, energy, power and input-output data of China's provinces; "
    "each table has its own sources and terms.",
)
# A group may use the tables of those before it.
GROUPS: tuple[str, ...] = (
    "classification", "inventory", "macro", "power", "energy", "national_io", "context",
    "targets", "roadmap", "interprovincial", "mapped", "mrio_variants",
)  # fmt: skip

Progress = Callable[[str], None]


def build_dataset(
    sources: Path, out: Path, progress: Progress = lambda _: None, only: Collection[str] = ()
) -> Path:  # fmt: skip
    """Build the dataset from the ``sources`` folder into ``out`` and return ``out``.

    ``only`` names groups of GROUPS to rebuild; the other tables are kept as they stand in ``out``. The package file
    is written last. Raises DatasetError for a missing or malformed source, StateError where ``out`` is unwritable.
    """
    unknown = sorted(set(only) - set(GROUPS))
    if unknown:
        raise DatasetError(
            "unknown_group",
            Text(f"没有名为 {unknown[0]} 的表组；可选：{'、'.join(GROUPS)}。",
                 f"There is no table group {unknown[0]}; there are {', '.join(GROUPS)}."),
            nearest=GROUPS,
        )  # fmt: skip
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(out) from error
    kept, registry = _existing(out) if only else ({}, {})
    resources: dict[str, Resource] = dict(kept)
    done: dict[str, pa.Table] = {}
    if only:
        done = {name: _read(out, resource) for name, resource in kept.items()}
    registry |= _sources_of("sources")
    for group in GROUPS:
        if only and group not in only:
            continue
        module = importlib.import_module(f"data.build.{group}")
        progress(group)
        registry |= _sources_of(group)
        for built in _run(group, module.build, sources, done):
            done[built.name] = built.table
            resources[built.name] = _write(out, built, registry)
    built = _sources_table(resources, registry)
    resources[built.name] = _write(out, built, registry)
    _write_package(out, resources, registry)
    return out


def _run(
    group: str, build: Callable[[Path, dict[str, pa.Table]], list[Built]], sources: Path, done: dict[str, pa.Table]
) -> list[Built]:
    """A group's tables; what its reader does not name itself (a missing column, a cell that is no number) is named here."""
    try:
        return build(sources, done)
    except (KeyError, ValueError) as error:
        raise DatasetError(
            "bad_source",
            Text(f"表组 {group} 的源文件有误（{error}）；请对照 docs/dataset.zh-CN.md 更正后重建。",
                 f"A source file of the group {group} is wrong ({error}); compare docs/dataset.md, mend it, build again."),
        ) from error  # fmt: skip


def _sources_of(group: str) -> dict[str, Source]:
    module = importlib.import_module(f"data.build.{group}")
    return {source.id: source for source in getattr(module, "SOURCES", ())}


def _unwritable(out: Path) -> StateError:
    return StateError(
        "out_unwritable",
        Text(f"无法写入 {out}；请指定一个可写目录。", f"{out} cannot be written; name a folder you can write to."),
    )


def _existing(out: Path) -> tuple[dict[str, Resource], dict[str, Source]]:
    package = out / "datapackage.json"
    if not package.is_file():
        return {}, {}
    described: dict[str, Any] = json.loads(package.read_text("utf-8"))
    found = [resource_from_json(entry) for entry in described["resources"]]
    return {r.name: r for r in found}, {s["id"]: source_from_json(s) for s in described["sources"]}


def _read(out: Path, resource: Resource) -> pa.Table:
    import pyarrow.parquet as pq

    return pq.read_table(out / resource.path)


def _write(out: Path, built: Built, registry: dict[str, Source]) -> Resource:
    import pyarrow.parquet as pq

    unknown = [key for key in built.sources if key not in registry]
    if unknown or not built.sources:
        raise DatasetError(
            "unknown_source",
            Text(f"表 {built.name} 没有可引用的来源 {unknown}；请在 SOURCES 中登记。",
                 f"Table {built.name} cites no known source ({unknown}); list it in SOURCES."),
        )  # fmt: skip
    path = out / f"{built.name}.parquet"
    aside = path.with_suffix(".parquet.part")
    try:
        # One row group, no statistics of the writing machine: the same table gives the same bytes. Single-precision
        # columns hardly repeat themselves; their bytes compress better side by side than through a dictionary.
        single = [field.name for field in built.table.schema if str(field.type) == "float"]
        split = {"use_dictionary": [n for n in built.table.column_names if n not in single],
                 "use_byte_stream_split": single} if single else {}  # fmt: skip
        pq.write_table(
            built.table.replace_schema_metadata(None), aside, compression="zstd", compression_level=19,
            row_group_size=max(built.table.num_rows, 1), store_schema=False, **split,
        )  # fmt: skip
        aside.replace(path)
    except OSError as error:
        raise _unwritable(out) from error
    written = path.read_bytes()
    return Resource(
        name=built.name,
        path=path.name,
        title=built.title,
        description=built.description,
        fields=built.fields,
        primary_key=built.primary_key,
        sources=built.sources,
        licence=built.licence,
        sha256=hashlib.sha256(written).hexdigest(),
        bytes=len(written),
        rows=built.table.num_rows,
    )


def _sources_table(resources: dict[str, Resource], registry: dict[str, Source]) -> Built:
    from data.build.sources import sources_table

    used = {key for name, resource in resources.items() if name != "sources" for key in resource.sources}
    return sources_table([registry[key] for key in sorted(used)])


def _write_package(out: Path, resources: dict[str, Resource], registry: dict[str, Source]) -> None:
    used = sorted({key for resource in resources.values() for key in resource.sources})
    described = {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "profile": "data-package",
        "id": ID,
        "name": f"tanlu-{ID}",
        "version": VERSION,
        "title": TITLE.en,
        "titles": {"zh": TITLE.zh, "en": TITLE.en},
        "description": DESCRIPTION.en,
        "descriptions": {"zh": DESCRIPTION.zh, "en": DESCRIPTION.en},
        "resources": [resource_to_json(resources[name], registry) for name in sorted(resources)],
        "sources": [source_to_json(registry[key]) for key in used],
    }
    aside = out / "datapackage.json.part"
    aside.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", "utf-8")
    aside.replace(out / "datapackage.json")


__all__ = ["GROUPS", "ID", "VERSION", "build_dataset"]
