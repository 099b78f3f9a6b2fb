"""A CSV file as rows: encoding, delimiter and header, with the limits on what is taken."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from data.own.problems import BadFile, Problem, harmless
from data.text import Text

MOST_BYTES = 1_000_000
MOST_ROWS = 5_000
_TYPES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "Excel/ZIP"), (b"\xd0\xcf\x11\xe0", "Excel 97"), (b"%PDF", "PDF"), (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"), (b"\x1f\x8b", "gzip"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"PAR1", "Parquet"),
)  # fmt: skip
_ENDINGS = (".csv", ".txt", ".tsv")

FIGURE_COLUMNS: dict[str, tuple[str, ...]] = {
    "province": ("province", "region", "省份", "省", "地区"),
    "item": ("item", "indicator", "variable", "指标", "项目"),
    "sector": ("sector", "source", "行业", "部门", "行业或电源"),
    "year": ("year", "年份", "年度", "年"),
    "value": ("value", "数值", "值", "数据"),
    "unit": ("unit", "单位", "计量单位"),
    "note": ("note", "notes", "remark", "备注", "说明"),
}
SCENARIO_COLUMNS: dict[str, tuple[str, ...]] = {
    "kind": ("kind", "change", "假设", "类型"),
    "value": FIGURE_COLUMNS["value"],
    "year": FIGURE_COLUMNS["year"],
}
_OPTIONAL = ("sector", "note")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number in the file and its cells by the column's own name (``province`` …)."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's rows. ``heads`` gives each column as the file calls it, for the words of a problem."""

    form: str  # "figures" or "scenario"
    heads: dict[str, str]
    rows: tuple[Row, ...]


def read_sheet(raw: bytes, name: str) -> Sheet:
    """The rows of a file of either form. Raises BadFile with every problem of the form."""
    return _parsed(_text(raw, name))


def _refuse(zh: str, en: str, line: int | None = None, column: str | None = None) -> BadFile:
    return BadFile((Problem(Text(zh, en), line, column),))


def _text(raw: bytes, name: str) -> str:
    if len(raw) > MOST_BYTES:
        raise _refuse(
            "文件超过1 MB；请只保留模板中的各列。", "The file is over 1 MB; keep the template's columns only."
        )
    kind = next((kind for start, kind in _TYPES if raw.startswith(start)), None)
    if kind is not None:
        raise _refuse(
            f"这是{kind}文件，不是CSV；请在表格软件中另存为“CSV UTF-8（逗号分隔）”。",
            f"This is a file of type {kind}, no CSV; save it as 'CSV UTF-8 (comma delimited)' in your spreadsheet program.",
        )
    dot = name.lower().rfind(".")
    if dot >= 0 and name.lower()[dot:] not in _ENDINGS:
        raise _refuse("文件类型不对；请给出 .csv 文件。", "Wrong type of file; give a .csv file.")
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        raise _refuse("文件是空的；可先下载模板。", "The file is empty; download the template first.")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
        break
    raise _refuse(
        "无法按UTF-8或GB18030读出文字；请另存为“CSV UTF-8”。",
        "It reads neither as UTF-8 nor as GB18030; save it as 'CSV UTF-8'.",
    )


def _parsed(text: str) -> Sheet:
    first = next((line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for cells in reader:
            start, before = before + 1, reader.line_num
            if any(c.strip() for c in cells) and not cells[0].lstrip().startswith("#"):
                lines.append((start, [c.strip() for c in cells]))
            if len(lines) > MOST_ROWS + 1:
                raise _refuse(f"超过{MOST_ROWS}行；请分成几个文件。", f"More than {MOST_ROWS} rows; split the file.")
    except csv.Error as error:
        raise _refuse(
            "这一行的引号或分隔符不成对，无法读取。", "Quotes or delimiters of this line do not match; it cannot be read.",
            reader.line_num,
        ) from error  # fmt: skip
    if not lines:
        raise _refuse("文件里没有表头；可先下载模板。", "The file has no header; download the template first.")
    return _headed(lines)


def _headed(lines: list[tuple[int, list[str]]]) -> Sheet:
    """The header's columns by name, and the rows below it."""
    at, head = lines[0]
    folded = [h.lower().strip(" 　*:：") for h in head]
    form = "scenario" if any(h in SCENARIO_COLUMNS["kind"] for h in folded) else "figures"
    known = SCENARIO_COLUMNS if form == "scenario" else FIGURE_COLUMNS
    names = [next((key for key, words in known.items() if h in words), None) for h in folded]
    problems = []
    for given, name in zip(head, names, strict=True):
        if given and name is None:
            problems.append(Problem(
                Text(f"不认识的列；可用的列：{'、'.join(known)}。", f"Unknown column; there are: {', '.join(known)}."), at, harmless(given)
            ))  # fmt: skip
    for key, words in known.items():
        if names.count(key) > 1:
            problems.append(Problem(Text("这一列出现了两次。", "This column stands twice."), at, key))
        if key not in names and key not in _OPTIONAL:
            problems.append(Problem(Text(f"缺少这一列（中文列名：{words[-2]}）。", "This column is missing."), at, key))
    if problems:
        raise BadFile(tuple(problems))
    rows = []
    for line, cells in lines[1:]:
        if any(cells[len(names) :]):
            problems.append(Problem(
                Text("这一行的格数多于表头；数值中的逗号请用引号括起。",
                     "This line has more cells than the header; put a value with a comma in quotes."),
                line,
            ))  # fmt: skip
            continue
        rows.append(Row(line, {n: c for n, c in zip(names, cells, strict=False) if n is not None}))
    if not rows and not problems:
        raise _refuse("只有表头，没有数据行。", "There is a header but no row.")
    if problems:
        raise BadFile(tuple(problems))
    heads = {name: given for given, name in zip(head, names, strict=True) if name is not None}
    return Sheet(form, heads, tuple(rows))
