"""Where an export goes: beside an unfinished copy, renamed at the end, never over something that is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import BadRequest
from data.text import Text
from data.unwritable import unwritable


@contextmanager
def fresh(target: Path) -> Iterator[Path]:
    """The path to write to; it becomes ``target`` when all went well and is removed otherwise.

    Raises BadRequest where ``target`` is there already, StateError where it cannot be written.
    """
    if target.exists():
        raise BadRequest(
            "export_exists",
            Text(f"{target} 已存在；请另选名称，或先将其移走。", f"{target} is there already; choose another name or move it away."),
        )  # fmt: skip
    aside = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove(aside)
        yield aside
        aside.rename(target)
    except OSError as error:
        raise unwritable("export_unwritable", target, error) from error
    finally:
        _remove(aside)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


__all__ = ["fresh"]
