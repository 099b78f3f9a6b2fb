"""A file a user gives, read whole and kept: a bureau's own figures, or a scenario file of what-ifs. Nothing is kept of a bad one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from data.errors import TanluError
from data.own.figures import read_figures
from data.own.problems import BadFile, Problem, harmless
from data.own.table import Row, Sheet, read_sheet
from data.text import Text
from tools.declare import Carried
from tools.roadmap.overrides import NAMES, Override, allowed, check_together
from tools.roadmap.own_state import far_off
from tools.roadmap.scope import scope_of
from tools.units import show

if TYPE_CHECKING:
    from data.own.store import Holding, OwnFigures, ScenarioFile
    from data.warehouse import Warehouse

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Taken:
    """What a file gave: figures by province, or one scenario."""

    holdings: tuple[Holding, ...] = ()
    scenario: ScenarioFile | None = None


def take(own: OwnFigures, raw: bytes, name: str, *, replace: bool = False, called: str | None = None) -> Taken:
    """Read, check and keep a file. ``called`` names a scenario; by default its file's name does.

    Raises BadFile with every problem, and Conflict where there is one for the province (of the name) and ``replace`` is not set.
    """
    file = PurePath(name.replace("\\", "/")).name
    sheet = read_sheet(raw, file)
    if sheet.form == "scenario":
        changes = read_scenario(sheet)
        told = tuple({k: v for k, v in c.model_dump().items() if v is not None} for c in changes)
        return Taken(scenario=own.keep_scenario(called or file.rpartition(".")[0] or file, file, told, replace=replace))
    return Taken(holdings=own.keep(read_figures(sheet), file, replace=replace))


def warnings_on(warehouse: Warehouse, own: OwnFigures, holdings: tuple[Holding, ...]) -> tuple[Text, ...]:
    """What to check of figures just kept: emissions far outside our own range. They are used all the same."""
    out = []
    for holding in holdings:
        found = scope_of(warehouse, holding.place, own).own
        for u in found.used if found is not None else ():
            if u.before is None or not far_off(u):
                continue
            f, where = u.figure, holding.place.name
            given, ours = (Text(show(v, f.unit, "zh"), show(v, f.unit, "en")) for v in (f.value, u.before))
            out.append(
                Text(f"请核对第{f.line}行：{where.zh}{f.year}年{f.what.zh}{given.zh}远在本系统估算（{ours.zh}）之外，很可能单位或口径有误；已按原样保存。",
                     f"Check line {f.line}: {f.what.en} of {given.en} in {f.year} for {where.en} lie far outside our estimate ({ours.en}), "
                     "most likely a slip of unit or scope; kept as given.")
            )  # fmt: skip
    return tuple(out)


def read_scenario(sheet: Sheet) -> tuple[Override, ...]:
    """The changes of a scenario file. Raises BadFile with every problem of its rows."""
    problems: list[Problem] = []
    found: list[tuple[Row, Override]] = []
    for row in sheet.rows:
        change = _change(row, sheet, problems)
        if change is not None:
            found.append((row, change))
    for n, (row, _) in enumerate(found):
        try:
            check_together(tuple(change for _, change in found[: n + 1]))
        except TanluError as error:
            problems.append(Problem(error.message, row.line, sheet.heads["kind"], harmless(row["kind"])))
            break
    if problems:
        raise BadFile(tuple(sorted(problems, key=lambda p: p.line or 0)))
    return tuple(change for _, change in found)


def _kind(text: str) -> str | None:
    plain = text.strip().lower()
    return next((k for k, name in NAMES.items() if plain in (k, name.zh, name.en.lower())), None)


def _change(row: Row, sheet: Sheet, problems: list[Problem]) -> Override | None:
    before = len(problems)

    def wrong(column: str, text: Text, nearest: tuple[str, ...] = ()) -> None:
        problems.append(Problem(text, row.line, sheet.heads[column], harmless(row[column]), nearest))

    kind = _kind(row["kind"])
    if kind is None:
        listed = ", ".join(NAMES)
        wrong(
            "kind",
            Text(f"没有这种假设；可用：{listed}。", f"There is no such change; there are: {listed}."),
            tuple(NAMES),
        )
    told: dict[str, Any] = {"kind": kind}
    for column in ("value", "year"):
        text = row[column].removesuffix("%").strip()
        if not text:
            continue
        if not _NUMBER.fullmatch(text) or (column == "year" and not re.fullmatch(r"\d{4}", text)):
            wrong(
                column,
                Text("不是数字。", "Not a number.")
                if column == "value"
                else Text("请写四位年份。", "Write the year in four digits."),
            )
            continue
        told[column] = float(text) if column == "value" else int(text)
    if kind is not None and allowed(kind) is None and row["value"]:
        wrong("value", Text("这种假设不取数值，请留空。", "This change takes no value; leave it blank."))
    if len(problems) > before:
        return None
    try:
        return Override.model_validate(told)
    except ValidationError as error:
        carried = error.errors()[0].get("ctx", {}).get("error")
        message = (
            carried.error.message
            if isinstance(carried, Carried)
            else Text("无法使用这一行。", "This row cannot be used.")
        )
        year = isinstance(carried, Carried) and carried.error.code == "override_year"
        wrong("year" if year else "value", message)
        return None


__all__ = ["Taken", "read_scenario", "take", "warnings_on"]
