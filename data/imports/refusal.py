"""The refusal of an outside file: one sentence that names the file, the place in it, what is wrong and the mend."""

from __future__ import annotations

from pathlib import Path

from data.errors import BadRequest
from data.text import Text


def refused(file: str | Path, place: Text | None, wrong: Text, mend: Text, code: str = "bad_import") -> BadRequest:
    """The error for a file that is not read. ``place`` is a cell, line or part of it, None for the file as a whole."""
    name = Path(file).name
    where_zh = f"{name}（{place.zh}）" if place else name
    where_en = f"{name}, {place.en}" if place else name
    return BadRequest(
        code,
        Text(f"未导入 {where_zh}：{wrong.zh}；{mend.zh}。", f"{where_en} was not imported: {wrong.en}; {mend.en}."),
    )


def at_line(number: int) -> Text:
    """The place of a line of a text file, 1-based, the header being line 1."""
    return Text(f"第{number}行", f"line {number}")


def at_row(number: int) -> Text:
    """The place of a row of a file without lines (Parquet), 1-based."""
    return Text(f"第{number}条记录", f"row {number}")


__all__ = ["at_line", "at_row", "refused"]
