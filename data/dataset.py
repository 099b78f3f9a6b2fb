"""A dataset on disk: a folder with ``datapackage.json`` and one Parquet file per table. Read, checked, chosen.

The starter dataset ships inside the package; others may lie under ``TANLU_HOME/datasets/<id>``. ``use_dataset``
chooses the active one.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from data.arrays import ArrayFile, array_from_json
from data.errors import BadRequest, Conflict, DatasetError, StateError, UnknownName
from data.home import state_folder
from data.package import (
    Base,
    Import,
    Resource,
    Source,
    base_from_json,
    import_from_json,
    resource_from_json,
    source_from_json,
)
from data.text import Text

STARTER = "starter"
PACKAGE = "datapackage.json"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset whose description has been read and found sound. ``checksum`` is the SHA-256 of the description,
    which holds the SHA-256 of every file, and so stands for the whole. ``imports`` are the files a user brought in,
    ``arrays`` their numbers in the form the algebra reads, ``base`` the dataset all the other tables were taken from. A
    ``synthetic`` dataset is invented and answers no question."""

    id: str
    version: str
    title: Text
    description: Text
    folder: Path
    checksum: str
    resources: tuple[Resource, ...]
    sources: tuple[Source, ...]
    imports: tuple[Import, ...] = ()
    arrays: tuple[ArrayFile, ...] = ()
    base: Base | None = None
    synthetic: bool = False

    def table_import(self, key: str) -> Import | None:
        """The imported table of an ``id`` (the year of an interprovincial one), or None."""
        return next((found for found in self.imports if found.kind == "table" and found.id == key), None)

    def array(self, name: str) -> ArrayFile:
        """The description of an array. Raises DatasetError where the dataset has none of that name."""
        for array in self.arrays:
            if array.name == name:
                return array
        raise broken(self.folder, f"缺少数组 {name}", f"the array {name} is missing")

    def has(self, table: str) -> bool:
        """Whether the dataset holds this table."""
        return any(r.name == table for r in self.resources)

    def resource(self, table: str) -> Resource:
        """The description of a table. Raises UnknownName with the nearest tables."""
        for resource in self.resources:
            if resource.name == table:
                return resource
        from rapidfuzz import process

        names = [r.name for r in self.resources]
        nearest = tuple(match[0] for match in process.extract(table, names, limit=3))
        raise UnknownName(
            "unknown_table",
            Text(f"数据集中没有表 {table}；相近的有 {'、'.join(nearest)}。",
                 f"The dataset has no table {table}; the nearest are {', '.join(nearest)}."),
            nearest,
        )  # fmt: skip

    def cite(self, table: str) -> tuple[Source, ...]:
        """The publications behind a table, in the order it names them. Raises UnknownName for an unknown table."""
        by_id = {source.id: source for source in self.sources}
        return tuple(by_id[key] for key in self.resource(table).sources)


def no_synthetic(dataset: Dataset) -> Dataset:
    """The dataset itself. Raises BadRequest for a synthetic one: invented figures answer no question."""
    if dataset.synthetic:
        raise BadRequest(
            "synthetic_dataset",
            Text(f"数据集 {dataset.id} 是合成数据，省份与数字均为虚构，只供训练与测试，不能用来回答问题；请运行 tanlu data use starter。",
                 f"The dataset {dataset.id} is synthetic: its provinces and figures are invented, for training and benches only, never for "
                 "answers; run: tanlu data use starter."),
        )  # fmt: skip
    return dataset


def broken(folder: Path, zh: str, en: str) -> DatasetError:
    """The error for a dataset that cannot be used; it names the mend."""
    starter = folder == starter_folder()
    mend_zh = "请重新安装碳路" if starter else "请重新建立该数据集，或运行 tanlu data use starter 换用起步数据集"
    mend_en = "install Tanlu again" if starter else "build that dataset again or run: tanlu data use starter"
    return DatasetError(
        "broken_dataset",
        Text(f"数据集 {folder.name} 无法使用：{zh}；{mend_zh}。",
             f"The dataset {folder.name} cannot be used: {en}; {mend_en}."),
    )  # fmt: skip


def read_dataset(folder: Path) -> Dataset:
    """Read and check a dataset's description: form, sources, and that each file is there with its size.

    The files' own checksums are compared when the warehouse is built from them and by ``verify``.
    Raises DatasetError naming what is wrong and the mend.
    """
    package = folder / PACKAGE
    try:
        raw = package.read_bytes()
        described = json.loads(raw)
    except FileNotFoundError as error:
        raise broken(folder, f"缺少 {PACKAGE}", f"{PACKAGE} is missing") from error
    except (OSError, ValueError) as error:
        raise broken(folder, f"{PACKAGE} 无法读取", f"{PACKAGE} cannot be read") from error
    try:
        dataset = Dataset(
            id=described["id"],
            version=described["version"],
            title=Text(**described["titles"]),
            description=Text(**described["descriptions"]),
            folder=folder,
            checksum=hashlib.sha256(raw).hexdigest(),
            resources=tuple(resource_from_json(entry) for entry in described["resources"]),
            sources=tuple(source_from_json(entry) for entry in described["sources"]),
            imports=tuple(import_from_json(entry) for entry in described.get("imports", ())),
            arrays=tuple(array_from_json(entry) for entry in described.get("arrays", ())),
            base=base_from_json(described.get("base")),
            synthetic=bool(described.get("synthetic", False)),
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise broken(folder, f"{PACKAGE} 的格式有误", f"{PACKAGE} is malformed") from error
    _check(dataset)
    return dataset


def _check(dataset: Dataset) -> None:
    known = {source.id for source in dataset.sources}
    for resource in dataset.resources:
        path = dataset.folder / resource.path
        columns = {field.name for field in resource.fields}
        if not _NAME.fullmatch(resource.name) or path.parent != dataset.folder:
            raise broken(
                dataset.folder, f"表名或路径不合规：{resource.name}", f"bad table name or path {resource.name!r}"
            )
        if not all(_NAME.fullmatch(name) for name in columns) or not set(resource.primary_key) <= columns:
            raise broken(
                dataset.folder, f"表 {resource.name} 的列名或主键有误", f"bad columns or key in {resource.name}"
            )
        if not resource.sources or not set(resource.sources) <= known:
            raise broken(dataset.folder, f"表 {resource.name} 没有来源", f"table {resource.name} has no source")
        _check_file(dataset, resource.path, resource.bytes)
    for array in dataset.arrays:
        if (dataset.folder / array.path).parent != dataset.folder:
            raise broken(dataset.folder, f"数组路径不合规：{array.name}", f"bad path of the array {array.name!r}")
        _check_file(dataset, array.path, array.bytes)


def _check_file(dataset: Dataset, path: str, size: int) -> None:
    file = dataset.folder / path
    if not file.is_file():
        raise broken(dataset.folder, f"缺少文件 {path}", f"the file {path} is missing")
    if file.stat().st_size != size:
        raise broken(dataset.folder, f"文件 {path} 已被改动", f"the file {path} has been changed")


@lru_cache(maxsize=1)
def starter_folder() -> Path:
    """The folder of the starter dataset inside the installed package."""
    return Path(str(resources.files("data") / "starter"))


def installed_folders() -> dict[str, Path]:
    """Folders that hold a dataset, by name, the starter first; not yet read."""
    found = {STARTER: starter_folder()}
    for folder in sorted(state_folder("datasets").iterdir()):
        if not folder.name.startswith(".") and (folder / PACKAGE).is_file():  # a dot: an import under way
            found[folder.name] = folder
    return found


def list_datasets() -> list[Dataset]:
    """Every installed dataset that can be read, the starter first; a broken one is left out (``verify`` names it)."""
    readable = []
    for folder in installed_folders().values():
        try:
            readable.append(read_dataset(folder))
        except DatasetError:
            continue  # one broken folder must not hide the others
    return readable


def find_dataset(name: str) -> Dataset:
    """An installed dataset by its id, brought onto its base as that is now (``on_its_base``).

    Raises UnknownName with those there are, DatasetError if it is broken.
    """
    folders = installed_folders()
    if name not in folders:
        raise UnknownName(
            "unknown_dataset",
            Text(f"没有安装名为 {name} 的数据集；现有：{'、'.join(folders)}。",
                 f"No dataset {name} is installed; there are: {', '.join(folders)}."),
            tuple(folders),
        )  # fmt: skip
    return on_its_base(read_dataset(folders[name]))


def stale(dataset: Dataset) -> bool:
    """Whether the dataset was built from tables that have changed since, as by a new version of Tanlu."""
    folder = None if dataset.base is None else installed_folders().get(dataset.base.id)
    if dataset.base is None or folder is None:
        return False
    return hashlib.sha256((folder / PACKAGE).read_bytes()).hexdigest() != dataset.base.checksum


def on_its_base(dataset: Dataset) -> Dataset:
    """The dataset, built anew from what was imported where its base has changed since.

    Where that cannot be done (another import runs, disk or permissions in the way, the base broken) it is given as it
    was, whole and with its own sources; ``tanlu data info`` says so and the next opening tries again.
    """
    if not stale(dataset):
        return dataset
    from data.imports.rebase import rebase

    try:
        return rebase(dataset)
    except (StateError, Conflict, DatasetError):  # an older whole dataset answers; none would not
        return dataset


def use_dataset(name: str) -> Dataset:
    """Make an installed dataset the active one, in one atomic step.

    Raises as ``find_dataset``, and BadRequest for a synthetic one.
    """
    dataset = no_synthetic(find_dataset(name))
    pointer = state_folder() / "dataset"
    aside = pointer.with_suffix(".part")
    aside.write_text(name + "\n", "utf-8")
    aside.replace(pointer)
    return dataset


def active_name() -> str:
    """The id of the dataset in use, the starter where none was chosen; it is not read."""
    pointer = state_folder() / "dataset"
    return pointer.read_text("utf-8").strip() if pointer.is_file() else STARTER


def active_dataset() -> Dataset:
    """The dataset in use: the one chosen, else the starter. Raises DatasetError or UnknownName if it is gone or broken."""
    name = active_name()
    if name == STARTER:
        return read_dataset(starter_folder())
    return no_synthetic(find_dataset(name))
