"""A new dataset built aside and put in place whole: another dataset's tables, with imported ones added or replacing.

Everything is written and flushed in a hidden folder beside the datasets, which is then renamed. Whatever ends the work
early leaves the installed datasets as they were; what it leaves behind is swept when the next import starts.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from data.arrays import ArrayFile, array_to_json, sha256_of, write_array
from data.dataset import PACKAGE, Dataset, installed_folders, read_dataset
from data.errors import BadRequest, Conflict, StateError
from data.home import state_folder
from data.imports.parts import Part, Replaced, replaced
from data.imports.publications import TERMS
from data.imports.tables import Made
from data.package import (
    Base,
    Import,
    Resource,
    Source,
    base_to_json,
    import_to_json,
    resource_to_json,
    source_to_json,
)
from data.text import Text
from data.unwritable import system_reason

Progress = Callable[[Text], None]
STAGING = ".staging-"
_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")


@contextmanager
def importing() -> Iterator[Path]:
    """The folder of datasets while this process alone imports; leftovers of broken imports are removed first.

    Raises Conflict where another import is under way, StateError where the disk or its permissions are in the way.
    """
    from filelock import FileLock, Timeout

    folder = state_folder("datasets")
    try:
        with FileLock(folder / ".import.lock", timeout=0):
            for leftover in folder.glob(f"{STAGING}*"):
                shutil.rmtree(leftover, ignore_errors=True)
            try:
                yield folder
            finally:
                for leftover in folder.glob(f"{STAGING}*"):
                    shutil.rmtree(leftover, ignore_errors=True)
    except Timeout as error:
        raise Conflict(
            "import_running",
            Text("另一次导入正在进行；请等它结束后再试。", "Another import is under way; try again when it has ended."),
        ) from error
    except OSError as error:
        raise _in_the_way(folder, error) from error


def _in_the_way(folder: Path, error: OSError) -> StateError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StateError(
            "disk_full",
            Text(f"磁盘空间不足，未能导入，现有数据集未变；请在 {folder} 所在磁盘腾出空间后重试。",
                 f"The disk is full, so nothing was imported and the datasets are as they were; free space on the disk of {folder}."),
        )  # fmt: skip
    told = system_reason(error)
    return StateError(
        "import_unwritable",
        Text(f"无法读写文件（{told.zh}），未能导入，现有数据集未变；请检查 {error.filename or folder} 的权限。",
             f"Nothing was imported ({told.en}) and the datasets are as they were; check the permissions of {error.filename or folder}."),
    )  # fmt: skip


def free_name(wanted: str | None, suggested: str) -> str:
    """The id of the new dataset: the one asked for, else the suggestion with a number where that is taken.

    Raises BadRequest for a name that is taken, reserved or malformed.
    """
    taken = set(installed_folders())
    if wanted is None:
        return next(
            n for n in (suggested, *(f"{suggested}-{k}" for k in range(2, 10_000))) if n not in taken
        )  # fmt: skip
    if not _ID.fullmatch(wanted):
        raise BadRequest(
            "bad_dataset_name",
            Text(f"数据集名 {wanted} 不可用；请用小写字母、数字、点、横线，至多64个字符。",
                 f"The name {wanted} cannot be used; take small letters, digits, dots and dashes, at most 64."),
        )  # fmt: skip
    if wanted in taken:
        raise BadRequest(
            "dataset_exists",
            Text(f"已有名为 {wanted} 的数据集；请换一个 --name，或先运行 tanlu data remove {wanted}。",
                 f"There is a dataset {wanted} already; choose another --name or run: tanlu data remove {wanted}."),
        )  # fmt: skip
    return wanted


def stage(base: Dataset, parts: Sequence[Part], name: str, progress: Progress = lambda _: None) -> Dataset:
    """Build the dataset ``name`` from ``base`` and the imported ``parts`` and put it in place in one step.

    Call it inside ``importing``. Raises OSError, which ``importing`` puts into words.
    """
    folder = state_folder("datasets")
    aside = built(base, parts, name, progress)
    aside.rename(folder / name)
    _flush(folder)
    return read_dataset(folder / name)


def built(base: Dataset, parts: Sequence[Part], name: str, progress: Progress = lambda _: None) -> Path:
    """The hidden folder in which the dataset ``name`` stands whole, read back and found sound. Raises OSError."""
    aside = state_folder("datasets") / f"{STAGING}{uuid4().hex}"
    aside.mkdir()
    gone = replaced(parts)
    progress(Text("沿用原有各表", "taking over the tables there are"))
    resources = _copied(base, gone, aside)
    arrays = {a.name: a for a in base.arrays if not gone.array(a.name)}
    for array in arrays.values():
        _copy(base.folder / array.path, aside / array.path)
    imports = [found for found in base.imports if not gone.drops(found)]
    registry = {source.id: source for source in base.sources}
    for part in parts:
        progress(Text(f"写入 {part.record.file}", f"writing {part.record.file}"))
        registry |= {source.id: source for source in part.sources}
        for made in part.tables:
            resources[made.name] = write_table(aside, made, part.record.sources, TERMS)
        for key, (values, axes, unit) in part.arrays.items():
            arrays[key] = write_array(aside, key, values, axes, unit)
        imports.append(part.record)
        part.forget()
    for made, sources, licence in gone.merged(base, parts):
        resources[made.name] = write_table(aside, made, sources, licence)
    _describe(aside, name, base, resources, arrays, imports, registry)
    read_dataset(aside)  # what was written is what the description says, before anyone can see it
    return aside


def take_place(aside: Path, folder: Path) -> Dataset:
    """Let the dataset built in ``aside`` take the place of the one in ``folder`` in one step.

    Its files come in under names of their own; the description that names them is then replaced by one rename, so that
    whoever reads sees the old dataset or the new one. What the description no longer names is removed. Raises OSError.
    """
    mark = uuid4().hex[:8]
    described = json.loads((aside / PACKAGE).read_bytes())
    for entry in (*described["resources"], *described["arrays"]):
        entered = f"{mark}-{entry['path']}"
        (aside / entry["path"]).rename(folder / entered)
        entry["path"] = entered
    _write_package(folder / f"{PACKAGE}.part", described)
    (folder / f"{PACKAGE}.part").replace(folder / PACKAGE)
    _flush(folder)
    named = {entry["path"] for entry in (*described["resources"], *described["arrays"])}
    for file in folder.iterdir():
        if file.name != PACKAGE and file.name not in named:
            file.unlink()
    return read_dataset(folder)


def _copied(base: Dataset, gone: Replaced, aside: Path) -> dict[str, Resource]:
    kept: dict[str, Resource] = {}
    for resource in base.resources:
        if gone.table(resource.name) or resource.name == "sources":
            continue
        narrowed = gone.narrowed(base, resource)
        if narrowed is not None:
            if narrowed.table.num_rows:
                kept[resource.name] = write_table(aside, narrowed, resource.sources, resource.licence)
            continue
        _copy(base.folder / resource.path, aside / resource.path)
        kept[resource.name] = resource
    return kept


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, 1 << 22)
        written.flush()
        os.fsync(written.fileno())


def write_table(folder: Path, made: Made, sources: tuple[str, ...], licence: Text) -> Resource:
    """Write a table as Parquet, flushed to disk, and describe it. Raises OSError."""
    import pyarrow.parquet as pq

    path = folder / f"{made.name}.parquet"
    with path.open("wb") as file:
        pq.write_table(made.table.replace_schema_metadata(None), file, compression="zstd", store_schema=False)
        file.flush()
        os.fsync(file.fileno())
    return Resource(
        made.name, path.name, made.title, made.description, made.fields, made.primary_key, sources, licence,
        sha256_of(path), path.stat().st_size, made.table.num_rows,
    )  # fmt: skip


def _describe(
    folder: Path, name: str, base: Dataset, resources: dict[str, Resource], arrays: dict[str, ArrayFile],
    imports: Sequence[Import], registry: dict[str, Source],
) -> None:  # fmt: skip
    """The ``sources`` table and, last, ``datapackage.json``."""
    from data.build.sources import sources_table

    used = {key for r in resources.values() for key in r.sources} | {key for found in imports for key in found.sources}
    listed = sources_table([registry[key] for key in sorted(used)])
    made = Made(listed.name, listed.table, listed.title, listed.description, listed.fields, listed.primary_key)
    resources[listed.name] = write_table(folder, made, listed.sources, listed.licence)
    used |= set(listed.sources)
    title, description = told(imports)
    described = {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "profile": "data-package",
        "id": name,
        "name": f"tanlu-{name}",
        "version": f"{base.version.split('+')[0]}+{len(imports)}",
        "title": title.en,
        "titles": {"zh": title.zh, "en": title.en},
        "description": description.en,
        "descriptions": {"zh": description.zh, "en": description.en},
        "resources": [resource_to_json(resources[key], registry) for key in sorted(resources)],
        "sources": [source_to_json(registry[key]) for key in sorted(used)],
        "base": base_to_json(base.base or Base(base.id, base.version, base.checksum)),
        "imports": [import_to_json(found) for found in imports],
        "arrays": [array_to_json(arrays[key]) for key in sorted(arrays)],
    }
    _write_package(folder / PACKAGE, described)
    _flush(folder)


def _write_package(path: Path, described: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(described, file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def told(imports: Sequence[Import]) -> tuple[Text, Text]:
    """Title and description of the new dataset: what was imported, when, from which file, and how its checks went."""
    from data.build import DESCRIPTION, TITLE

    zh, en = [DESCRIPTION.zh], [DESCRIPTION.en]
    for found in imports:
        held, missed = sum(c.ok for c in found.checks), sum(not c.ok for c in found.checks)
        years = "、".join(map(str, found.years)) or "未注明"
        zh.append(
            f"导入：{found.file}（{found.layout}，年份 {years}，SHA-256 {found.sha256[:12]}…，{found.imported} 导入；"
            f"检查通过 {held} 项，警告 {missed} 项）；引用 {'、'.join(found.sources)}。"
        )
        en.append(
            f"Imported: {found.file} ({found.layout}, {', '.join(map(str, found.years)) or 'year not given'}, SHA-256 "
            f"{found.sha256[:12]}…, on {found.imported}; {held} checks held, {missed} warned); cite {', '.join(found.sources)}."
        )
    title = Text(f"{TITLE.zh}与导入数据", f"{TITLE.en} with imported data")
    return title, Text("\n".join(zh), "\n".join(en))


def _flush(folder: Path) -> None:
    """Make a folder's entries durable, where the system lets folders be flushed."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EBADF):
            raise
    finally:
        os.close(handle)


def remove(name: str) -> None:
    """Remove an installed dataset. Raises BadRequest for the starter and the one in use, UnknownName, StateError."""
    from data.dataset import STARTER, active_name, find_dataset

    if name == STARTER or name == active_name():
        raise BadRequest(
            "dataset_in_use",
            Text(f"数据集 {name} 正在使用或为起步数据集，不能删除；请先运行 tanlu data use starter。",
                 f"The dataset {name} is in use or the starter and stays; run first: tanlu data use starter."),
        )  # fmt: skip
    folder = installed_folders().get(name)
    if folder is None:
        find_dataset(name)  # says which there are
        return
    with importing() as datasets:
        aside = datasets / f"{STAGING}{uuid4().hex}"
        folder.rename(aside)  # gone in one step; the files go when ``importing`` ends


__all__ = ["built", "free_name", "importing", "remove", "stage", "take_place", "told", "write_table"]
