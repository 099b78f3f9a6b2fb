"""``tanlu data import``: recognise each file, read it, check it, and build a new dataset where nothing fatal was found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from data.arrays import sha256_of
from data.dataset import Dataset, active_dataset, find_dataset, no_synthetic, use_dataset
from data.errors import BadRequest, StateError
from data.imports.fitting import fits, ready
from data.imports.forms import Finding, ReadInventory, ReadTable
from data.imports.inventory_rows import rows_of
from data.imports.parts import Part, cells_of
from data.imports.publications import INVENTORIES, publication
from data.imports.stage import free_name, importing, stage
from data.imports.tables import LARGEST_IN_SQL, arrays_of, flows, own_rows, sector_rows
from data.package import Checked, Import
from data.text import Text

Progress = Callable[[Text], None]
LONG = (".csv", ".csv.gz", ".parquet", ".pq")


@dataclass(frozen=True)
class Examined:
    """A file as read and checked. ``layout`` names the reader that knew it."""

    file: str
    sha256: str
    layout: str
    read: ReadTable | ReadInventory
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found that stops the import."""
        return not any(f.fatal and not f.ok for f in self.findings)


@dataclass(frozen=True)
class Outcome:
    """What an import did: the files examined, and the new dataset where one was built."""

    examined: tuple[Examined, ...]
    dataset: Dataset | None
    used: bool

    @property
    def ok(self) -> bool:
        """Whether every file passed its checks."""
        return all(e.ok for e in self.examined)


def import_files(
    paths: Sequence[Path], *, name: str | None = None, base: str | None = None, sheet: str | None = None, use: bool = True,
    check_only: bool = False, progress: Progress = lambda _: None, report: Callable[[Examined], None] = lambda _: None,
) -> Outcome:  # fmt: skip
    """Examine the files and, if all pass, build a dataset from ``base`` (default: the active one) with them in it.

    ``report`` is told each file's checks as soon as they are made. Raises BadRequest for a file no reader knows or a
    name that is taken, Conflict while another import runs, StateError where disk, permissions or memory are in the way;
    in every case the installed datasets and the active one stay as they were.
    """
    chosen = no_synthetic(find_dataset(base)) if base else active_dataset()
    if name is not None:
        free_name(name, "")
    try:
        with importing():
            examined: list[Examined] = []
            for path in paths:
                examined.append(examine(path, sheet, progress))
                report(examined[-1])
            _distinct(examined)
            if check_only or not all(e.ok for e in examined):
                return Outcome(tuple(examined), None, False)
            parts = _parts(examined, chosen, progress)
            made = stage(chosen, parts, free_name(name, suggested(examined)), progress)
    except MemoryError as error:
        raise StateError(
            "import_memory",
            Text("内存不足，未能导入，现有数据集未变；请关闭其他程序或换内存更大的机器后重试。",
                 "There is not enough memory, so nothing was imported and the datasets are as they were; close other programs "
                 "or take a machine with more."),
        ) from error  # fmt: skip
    if use:
        use_dataset(made.id)
    return Outcome(tuple(examined), made, use)


def examine(path: Path, sheet: str | None = None, progress: Progress = lambda _: None) -> Examined:
    """Recognise, read and check one file or folder. Raises BadRequest where it is missing, unreadable or unknown."""
    if not path.exists():
        raise BadRequest(
            "no_file",
            Text(f"没有文件 {path}；请检查路径。", f"There is no file {path}; check the path."),
        )
    progress(Text(f"读取 {path.name}", f"reading {path.name}"))
    layout, read = read_file(path, sheet)
    progress(Text(f"检查 {path.name}", f"checking {path.name}"))
    findings = check(read)
    return Examined(path.name, checksum(path), layout, read, findings)


def read_file(path: Path, sheet: str | None = None) -> tuple[str, ReadTable | ReadInventory]:
    """The layout of a file and what its reader gives. Raises BadRequest where no reader knows it."""
    from data.imports import long_form

    if path.is_dir():
        from data.imports import pymrio_folder

        if pymrio_folder.recognise(path):
            return "pymrio", pymrio_folder.read(path)
    elif path.name.lower().endswith(LONG):
        if long_form.recognise(path):
            return "long", long_form.read(path)
    else:
        from data.imports import ceads_mrio, inventory
        from data.imports.workbook import open_workbook

        with open_workbook(path) as workbook:
            if ceads_mrio.recognise(workbook, sheet):
                return "ceads-mrio", ceads_mrio.read(workbook, sheet)
            if inventory.recognise(workbook):
                return "ceads-inventory", inventory.read(workbook)
            if sheet is not None:
                ceads_mrio.read(workbook, sheet)  # says what is wrong with the sheet named
    raise BadRequest(
        "unknown_layout",
        Text(f"无法识别 {path.name} 的格式；可导入 CEADs 多区域投入产出表与清单（xlsx）、长表（CSV/Parquet）和 pymrio 目录，说明见 docs/import.md。",
             f"The form of {path.name} is not known; what can be imported are CEADs MRIO tables and inventories (xlsx), long tables "
             "(CSV/Parquet) and pymrio folders, see docs/import.md."),
    )  # fmt: skip


def check(read: ReadTable | ReadInventory) -> tuple[Finding, ...]:
    """Every check of what was read."""
    if isinstance(read, ReadInventory):
        from data.imports.inventory_checks import check_inventory

        return tuple(check_inventory(read))
    from data.imports.checks import check_table

    return (*check_table(read), *fits(read))


def checksum(path: Path) -> str:
    """SHA-256 of a file; of a folder that of its files' names and checksums in order."""
    if path.is_file():
        return sha256_of(path)
    listed = [f"{p.relative_to(path).as_posix()} {sha256_of(p)}" for p in sorted(path.rglob("*")) if p.is_file()]
    return hashlib.sha256("\n".join(listed).encode()).hexdigest()


def suggested(examined: Sequence[Examined]) -> str:
    """A name for the dataset: what was imported and for which years."""
    tables = [e.read for e in examined if isinstance(e.read, ReadTable)]
    own = any(t.classification == "own" for t in tables)
    years = sorted({t.year for t in tables if t.year is not None})
    stem = "own-table" if own else "mrio" if tables else "inventory"
    return "-".join([stem, *map(str, years)])[:64]


def _distinct(examined: Sequence[Examined]) -> None:
    """Raises BadRequest where two files hold the interprovincial table of one year."""
    years = [e.read.year for e in examined if isinstance(e.read, ReadTable) and e.read.classification != "own"]
    double = sorted({y for y in years if y is not None and years.count(y) > 1})
    if double:
        raise BadRequest(
            "same_year_twice",
            Text(f"有两个文件都是{double[0]}年的省际表；请一次只导入其中一个。",
                 f"Two files hold an interprovincial table of {double[0]}; import one of them at a time."),
        )  # fmt: skip


def _parts(examined: Sequence[Examined], base: Dataset, progress: Progress) -> list[Part]:
    taken = {found.id for found in base.imports}
    parts = []
    for found in examined:
        progress(Text(f"整理 {found.file}", f"preparing {found.file}"))
        part = _inventory(found, base) if isinstance(found.read, ReadInventory) else _table(found, taken)
        taken.add(part.record.id)
        parts.append(part)
    return parts


def _record(found: Examined, key: str, sources: tuple[str, ...]) -> Import:
    read = found.read
    return Import(
        id=key, kind="table" if isinstance(read, ReadTable) else "inventory", file=found.file,
        sheet=read.origin.sheet if isinstance(read, ReadTable) else "", sha256=found.sha256,
        imported=datetime.now(UTC).date().isoformat(), layout=found.layout, sources=sources,
        checks=tuple(Checked(f.name, bool(f.ok), f.detail, f.cell) for f in found.findings), notes=read.notes,
    )  # fmt: skip


def _inventory(found: Examined, base: Dataset) -> Part:
    if not isinstance(found.read, ReadInventory):
        raise TypeError(found.read)
    record = _record(found, f"inventory_{found.sha256[:8]}", ())
    own = publication(found.read, found.layout, found.file, found.sha256)
    known = {source.id for source in base.sources}
    sources = tuple(key for key in INVENTORIES if key in known) if found.layout == "ceads-inventory" else ()
    years = tuple(sorted({row.year for row in found.read.rows}))
    record = replace(record, years=years, sources=(*sources, *(s.id for s in own)))
    part = Part(record, own, rows=rows_of(found.read, base))
    return replace(part, record=replace(record, cells=cells_of(part.rows["co2"])) if "co2" in part.rows else record)


def _table(found: Examined, taken: set[str]) -> Part:
    if not isinstance(found.read, ReadTable):
        raise TypeError(found.read)
    sources = publication(found.read, found.layout, found.file, found.sha256)
    table, absent = ready(found.read)
    own = table.classification == "own"
    key = next(f"own_{k}" for k in range(1, 10_000) if f"own_{k}" not in taken) if own else str(table.year)
    record = replace(
        _record(found, key, tuple(s.id for s in sources)), years=() if table.year is None else (table.year,),
        classification=found.read.classification, regions=table.regions, sectors=table.sectors,
        categories=table.categories, money=table.money, absent=absent,
    )  # fmt: skip
    part = Part(record, sources)
    if not own and len(table.x) <= LARGEST_IN_SQL:
        part.tables += flows(table)
    part.arrays = {f"mrio_{key}_{name}": entry for name, entry in arrays_of(table).items()}
    error = part.arrays[f"mrio_{key}_error"][0]
    name = "own_sector" if own else "mrio_sector"
    part.rows[name] = own_rows(table, key, error) if own else sector_rows(table, error, absent)
    return part


__all__ = ["Examined", "Outcome", "check", "checksum", "examine", "import_files", "read_file", "suggested"]
