"""Arrays of a dataset as ``.npy`` files: described with checksums in ``datapackage.json``, read memory-mapped.

Parquet stays the form of exchange and of SQL; these files are what the algebra reads, in milliseconds. Arrays that can
be made again from a dataset (the rebuilt estimate, an inverse) are kept under ``TANLU_HOME/arrays/<checksum>``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from data.home import state_folder

Array = NDArray[np.float64]
LAYOUT = 1  # raise when what is kept changes: the folder's name carries it
_KEPT = 4  # datasets whose arrays are kept
_CHUNK = 1 << 24


@dataclass(frozen=True, slots=True)
class ArrayFile:
    """An array of a dataset, float64 in C order. ``axes`` names its dimensions, ``unit`` is that of its numbers."""

    name: str
    path: str
    axes: tuple[str, ...]
    unit: str
    shape: tuple[int, ...]
    sha256: str
    bytes: int


def array_to_json(array: ArrayFile) -> dict[str, Any]:
    """An array as it stands under ``arrays`` of ``datapackage.json``."""
    return {
        "name": array.name, "path": array.path, "format": "npy", "dtype": "float64", "axes": list(array.axes),
        "unit": array.unit, "shape": list(array.shape), "hash": f"sha256:{array.sha256}", "bytes": array.bytes,
    }  # fmt: skip


def array_from_json(value: dict[str, Any]) -> ArrayFile:
    """The inverse of ``array_to_json``. Raises KeyError, TypeError or ValueError on a malformed entry."""
    return ArrayFile(
        value["name"], value["path"], tuple(value["axes"]), value["unit"], tuple(int(k) for k in value["shape"]),
        value["hash"].removeprefix("sha256:"), int(value["bytes"]),
    )  # fmt: skip


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces. Raises OSError."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            found.update(piece)
    return found.hexdigest()


def write_array(folder: Path, name: str, values: Array, axes: tuple[str, ...], unit: str) -> ArrayFile:
    """Write ``values`` as ``<name>.npy``, flushed to disk, and describe it. Raises OSError."""
    path = folder / f"{name}.npy"
    with path.open("wb") as file:
        np.save(file, np.ascontiguousarray(values, dtype=np.float64))
        file.flush()
        os.fsync(file.fileno())
    return ArrayFile(name, path.name, axes, unit, tuple(values.shape), sha256_of(path), path.stat().st_size)


def read_array(folder: Path, array: ArrayFile) -> Array:
    """The array, memory-mapped and read-only: pages come from disk as they are touched. Raises OSError or ValueError."""
    found: Array = np.load(folder / array.path, mmap_mode="r", allow_pickle=False)
    if found.dtype != np.float64 or found.shape != array.shape:
        raise ValueError(array.name)
    return found


def kept(checksum: str, name: str, make: Callable[[], Mapping[str, Array]]) -> dict[str, Array]:
    """The arrays that ``make`` gives for a dataset, from disk after the first time, memory-mapped.

    They are a cache, set in place whole: what cannot be read is made again, and where it cannot be written the arrays
    made are simply returned.
    """
    try:
        place = state_folder("arrays", f"{checksum[:16]}-{LAYOUT}") / name
        if place.is_dir():
            with suppress(OSError, ValueError, EOFError):
                return {file.stem: np.load(file, mmap_mode="r", allow_pickle=False) for file in place.glob("*.npy")}
            shutil.rmtree(place, ignore_errors=True)
        made = dict(make())
        aside = place.with_name(f".{name}-{uuid4().hex}")
        aside.mkdir()
        for key, values in made.items():
            np.save(aside / f"{key}.npy", np.ascontiguousarray(values, dtype=np.float64))
        try:
            aside.rename(place)
        except OSError:  # another process was first
            shutil.rmtree(aside, ignore_errors=True)
        _sweep(place.parent)
    except OSError:
        return dict(make())
    return made


def is_kept(checksum: str, name: str) -> bool:
    """Whether ``kept`` would find the arrays on disk."""
    return (state_folder("arrays") / f"{checksum[:16]}-{LAYOUT}" / name).is_dir()


def _sweep(current: Path) -> None:
    """Remove the arrays of datasets longest unused; open maps stay readable on systems that allow removal."""
    folders = sorted(current.parent.iterdir(), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in [p for p in folders if p.is_dir() and p != current][_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


__all__ = ["ArrayFile", "array_from_json", "array_to_json", "is_kept", "kept", "read_array", "sha256_of", "write_array"]
