"""The audit of a table that a model wrote itself: each cell as a sentence of its column's head and its row's names."""

from __future__ import annotations

import re

from assistant.audit.check import Finding, Grounds, audit_text
from assistant.audit.figures import normal, read_figures, read_marks
from assistant.audit.quantities import Unit, read_unit

_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|?)+\s*")
_COUNTING = re.compile(r"序号|编号|排名|位次|名次|年份|年度|^#$|\b(?:rank|no\.?|year|id)\b", re.IGNORECASE)
_CELL = re.compile(r"(?<!\\)\|")


def audit_table(text: str, grounds: Grounds, heading: str) -> tuple[str, list[Finding]]:
    """The table with every figure that fails replaced by a dash, and the findings (positions are within cells)."""
    lines = text.split("\n")
    rows = [i for i, line in enumerate(lines) if line.strip() and not _RULE.fullmatch(line)]
    if not rows:
        return text, []
    head = _cells(lines[rows[0]])
    findings: list[Finding] = []
    for at in rows[1:]:
        cells = _cells(lines[at])
        names = "，".join(c.strip() for c in cells if not read_marks(c) and not _numeric(c))
        changed = list(cells)
        for column, cell in enumerate(cells):
            title = head[column].strip() if column < len(head) else ""
            found = _audit_cell(cell, title, names, grounds, heading)
            findings += found
            if any(f.problem for f in found):
                changed[column] = " — "
        if changed != cells:
            lines[at] = "|" + "|".join(changed) + "|"
    return "\n".join(lines), findings


def _audit_cell(cell: str, title: str, names: str, grounds: Grounds, heading: str) -> list[Finding]:
    if not _numeric(cell):
        return audit_text(cell, grounds, heading)
    if _COUNTING.search(title) and not read_marks(cell):
        return []
    lead = f"{_without_unit(title)} {names}："
    found = audit_text(lead + cell, grounds, heading, _unit(title))
    return [f for f in found if f.start >= len(lead)]


def _cells(line: str) -> list[str]:
    return _CELL.split(line.strip().removeprefix("|").removesuffix("|"))


def _numeric(cell: str) -> bool:
    """Whether a cell is a figure rather than words with a figure in them."""
    figures = read_figures(normal(cell))
    words = re.sub(r"\[[^\]]*\]|[\s*_–—\-+~≈<>≤≥（）().,]", "", cell)
    return bool(figures) and len(words) - sum(f.end - f.start for f in figures) <= 4


def _unit(title: str) -> Unit | None:
    """The unit a column's head names in brackets or after a comma: 排放（万吨）, Emissions (Mt CO2)."""
    for found in re.finditer(r"[（(,，/]", title):
        unit = read_unit(title, found.end())
        if unit is not None and unit.dimension:
            return unit
    return None


def _without_unit(title: str) -> str:
    return re.sub(r"[（(][^（）()]*[）)]", " ", title)
