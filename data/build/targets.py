"""Policy targets: ``targets`` (one row per figure of a document) and ``documents`` (what each document is).

The figures come from ``targets.csv``, looked for at ``<sources>/targets.csv``, ``<sources>/sources/targets.csv`` and
``<sources>/../sources/targets.csv`` in this order; columns as in docs/corpus.md. A row counts as verified unless its
``verified_in`` ends in a confidence in brackets; rows of low confidence do not ship. ``target_rows.csv`` beside this file
adds, in the same columns, what the source file leaves out. Our own words (names of sectors and scopes, clearer names of
indicators, notes, directions) stand in ``target_words.csv`` and ``target_notes.csv``, the documents with
their official addresses in ``documents.csv``, all beside this file: addresses of the source file are not used.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from data.build.protocol import BY_ROW, Built, Field, Source, bad_source, from_rows, missing_source, read_csv
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

_HERE = Path(__file__).parent
_CONFIDENCE = re.compile(r"\((high|medium|low)\)$")
# Clause labels the documents' own structure shows better than the source file does.
_CLAUSES = {("cn-opinions-2021", "二(三)"): "二", ("itu-l1470", ""): "long term"}
_WHOLE_UNITS = {"%", "%/yr", "pp", "GW", "Mt", "Mt/yr", "Mtce", "Mt CO2", "Mt CO2e", "Gt CO2e", "billion m3",
                "million m2", "°C", "year", "count", "times"}  # fmt: skip
_YEAR_UNITS = {"net", "net (neutrality)", "date"}  # the figure of the row is the year in which the state is reached

LICENCE = Text(
    "数字取自公开文件，属事实；文字为本项目自撰，按CC BY 4.0提供；原文件的权利归其发布机构。",
    "The figures are facts taken from public documents; the words are ours, under CC BY 4.0; the documents themselves "
    "remain under their issuers' terms.",
)

TARGET_FIELDS: tuple[Field, ...] = (
    Field("ord", "integer", Text("行号", "Row number")),
    Field("document", "string", Text("文件编号，见documents表", "Document id, see the table documents")),
    Field("clause", "string", Text("条款编号", "Clause")),
    Field("kind", "string", Text("性质：target目标、benchmark参照、outcome实际结果、level水平",
                           "What it is: target, benchmark (a need computed in a report), outcome or level")),
    Field("sector", "string", Text("领域代码", "Field of action, key")),
    Field("sector_zh", "string", Text("领域名称（中文）", "Field of action in Chinese")),
    Field("sector_en", "string", Text("领域名称（英文）", "Field of action in English")),
    Field("topic_zh", "string", Text("指标（中文）", "Indicator in Chinese")),
    Field("topic_en", "string", Text("指标（英文）", "Indicator in English")),
    Field("scope", "string", Text("适用范围：地区英文名、global、companies等", "Scope: a place's English name, global, …")),
    Field("scope_zh", "string", Text("适用范围（中文）", "Scope in Chinese")),
    Field("scope_en", "string", Text("适用范围（英文）", "Scope in English")),
    Field("base_year", "integer", Text("基年", "Base year"), "year", required=False),
    Field("from_year", "integer", Text("跨年目标的起始年", "First year of a target over a span"), "year", required=False),
    Field("target_year", "integer", Text("目标年", "Target year, or last year of the span"), "year", required=False),
    Field("value", "number", Text("数值；以文字表述的目标为空", "Value; empty where the target is in words"), BY_ROW, False),
    Field("unit", "string", Text("单位", "Unit of the value"), required=False),
    Field("direction", "string", Text(
        "方向：reach达到、decrease下降幅度、increase提高幅度、fall_to降至、amount数量、cap上限、peak达峰、neutral中和、"
        "phase_out淘汰、threshold门槛、start起始、level水平",
        "Direction: reach, decrease (by), increase (by), fall_to, amount, cap, peak, neutral, phase_out, threshold, "
        "start, level")),
    Field("comparator", "string", Text("比较词：about、eq、ge、gt、le、lt、strive", "Comparator: about, eq, ge, gt, le, lt, strive")),
    Field("note_zh", "string", Text("说明（中文）", "Note in Chinese"), required=False),
    Field("note_en", "string", Text("说明（英文）", "Note in English"), required=False),
    Field("status", "string", Text("核实状态：verified已在文件或页面上读到、unverified未核对",
                             "verified: read in a document or page; unverified: not read")),
)  # fmt: skip
DOCUMENT_FIELDS: tuple[Field, ...] = (
    Field("id", "string", Text("文件编号", "Document id")),
    Field("kind", "string", Text("文件类型", "Kind of document")),
    Field("title_zh", "string", Text("名称（中文）", "Title in Chinese")),
    Field("title_en", "string", Text("名称（英文）", "Title in English")),
    Field("issuer_zh", "string", Text("发布机构（中文）", "Issuer in Chinese")),
    Field("issuer_en", "string", Text("发布机构（英文）", "Issuer in English")),
    Field("number", "string", Text("文号或版本，不详为空", "Number or edition, empty where not known"), required=False),
    Field("date", "string", Text("日期（年、年月或年月日）", "Date: year, year-month or day")),
    Field("url", "string", Text("官方网址，不详为空", "Official address, empty where not known"), required=False),
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What this project says in its own words about the rows of the source file."""

    sectors: Mapping[str, tuple[str, str, str]]
    scopes: Mapping[str, tuple[str, str, str]]
    units: Mapping[str, str | None]
    notes: Mapping[tuple[str, ...], dict[str, str]]


_NOTE_KEY = ("document", "clause", "topic_en", "target_year", "comparator")


def _own(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _words() -> _Words:
    rows = _own("target_words.csv")
    named = {
        kind: {r["key"]: (r["id"], r["zh"], r["en"]) for r in rows if r["kind"] == kind} for kind in ("sector", "scope")
    }
    units: dict[str, str | None] = {r["key"]: r["id"] or None for r in rows if r["kind"] == "unit"}
    notes = {tuple(r[k] for k in _NOTE_KEY): r for r in _own("target_notes.csv")}
    return _Words(named["sector"], named["scope"], units | {u: u for u in _WHOLE_UNITS}, notes)


def _citation(row: dict[str, str]) -> Text:
    number = f"，{row['number']}" if row["number"] else ""
    number_en = f", {row['number']}" if row["number"] else ""
    return Text(
        f"{row['issuer_zh']}.《{row['title_zh']}》{number}，{row['date']}.",
        f"{row['issuer_en']}. {row['title_en']}{number_en}, {row['date']}.",
    )


SOURCES: tuple[Source, ...] = tuple(Source(r["id"], _citation(r), LICENCE, r["url"]) for r in _own("documents.csv"))


def _locate(sources: Path) -> Path:
    for path in (sources / "targets.csv", sources / "sources" / "targets.csv", sources.parent / "sources/targets.csv"):
        if path.is_file():
            return path
    raise missing_source(sources / "targets.csv", sources)


def _years(text: str) -> tuple[int | None, int | None]:
    """First and last year of the period: (None, 2025) of "2025", (2024, 2025) of "2024-2025", else (None, None)."""
    found = [int(y) for y in re.findall(r"\d{4}", text)]
    if not found:
        return None, None
    return (found[0], found[1]) if len(found) > 1 else (None, found[0])


def _figure(row: dict[str, str], unit: str | None, path: Path) -> tuple[float | None, str | None]:
    """Value and unit as they ship; a target in words has neither."""
    if row["unit"] in _YEAR_UNITS:
        return float(row["target_year"]), "year"
    if unit is None:
        return None, None
    try:
        return float(row["value"]), unit
    except ValueError as error:
        raise bad_source(
            path, f"{row['topic_zh']}的数值不是数字", f"the value of {row['topic_en']} is no number"
        ) from error


def _kind(row: dict[str, str], note: Mapping[str, str]) -> str:
    if row["note"].startswith("OUTCOME"):
        return "outcome"
    return note.get("kind") or ("level" if row["direction"] == "level" else "target")


def _target(ord_: int, row: dict[str, str], words: _Words, path: Path) -> tuple[object, ...]:
    """One row of ``targets`` in the order of TARGET_FIELDS. Raises DatasetError on a word we have no name for."""
    try:
        sector, scope = words.sectors[row["sector"]], words.scopes[row["scope"]]
        unit = words.units[row["unit"]] if row["unit"] not in _YEAR_UNITS else "year"
    except KeyError as error:
        raise bad_source(path, f"未登记的词{error}", f"there is no entry for {error} in target_words.csv") from error
    note = words.notes.get(tuple(row[k] for k in _NOTE_KEY), {})
    value, unit = _figure(row, unit, path)
    first, last = _years(row["target_year"])
    status = note.get("status") or ("unverified" if _CONFIDENCE.search(row["verified_in"]) else "verified")
    base = int(row["base_year"]) if row["base_year"].isdigit() else None
    return (
        ord_, row["doc_id"], _CLAUSES.get((row["doc_id"], row["clause"]), row["clause"]), _kind(row, note),
        *sector, note.get("as_zh") or row["topic_zh"], note.get("as_en") or row["topic_en"], *scope, base, first, last, value, unit,
        note.get("direction") or row["direction"].replace(" ", "_"), row["comparator"],
        note.get("note_zh") or None, note.get("note_en") or None, status,
    )  # fmt: skip


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Tables ``targets`` and ``documents``. Raises DatasetError on a missing or malformed ``targets.csv``."""
    path = _locate(sources)
    words = _words()
    documents = _own("documents.csv")
    known = {d["id"] for d in documents}
    rows: list[tuple[object, ...]] = []
    for number, row in enumerate([*read_csv(path.parent, path.name), *_own("target_rows.csv")], start=1):
        row["document"] = row.get("doc_id", "")
        if row["document"] not in known:
            raise bad_source(path, f"未登记的文件编号{row['document']}", f"unknown document {row['document']!r}")
        if not row["verified_in"].endswith("(low)"):
            rows.append(_target(number, row, words, path))
    return [
        Built(
            "targets",
            from_rows(TARGET_FIELDS, rows, ("ord",)),
            Text("政策目标", "Policy targets"),
            Text(
                "政策文件、标准和报告中的量化目标，一行一个数字；区间占两行（ge与le）。",
                "Figures of policy documents, standards and reports, one per row; a range takes two rows (ge and le).",
            ),
            TARGET_FIELDS,
            ("ord",),
            tuple(sorted({str(r[1]) for r in rows})),
            LICENCE,
        ),
        Built(
            "documents",
            from_rows(DOCUMENT_FIELDS, [[d[f.name] or None for f in DOCUMENT_FIELDS] for d in documents], ("id",)),
            Text("政策文件与标准", "Policy documents and standards"),
            Text(
                "知识库收录的文件及其官方网址。", "The documents of the knowledge base with their official addresses."
            ),
            DOCUMENT_FIELDS,
            ("id",),
            tuple(sorted(known)),
            LICENCE,
        ),
    ]
