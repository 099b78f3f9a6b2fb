"""What ``tanlu data import`` prints: progress, the checks of each file with their cells, and the dataset built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.say import document, note, out
from data.package import Import
from data.text import Language, Text

if TYPE_CHECKING:
    from data.imports.importing import Examined, Outcome


def run_import(
    files: list[Path], *, name: str | None, base: str | None, sheet: str | None, check_only: bool, use: bool, as_json: bool,
    language: Language,
) -> int:  # fmt: skip
    """Import and tell; 0 where all checks passed, else 1. Raises what ``import_files`` raises."""
    from data.imports.importing import import_files

    def report(found: Examined) -> None:
        if not as_json:
            tell_checks(found, language)

    outcome = import_files(
        files, name=name, base=base, sheet=sheet, use=use, check_only=check_only,
        progress=lambda step: note(f"  {step.to(language)} …"), report=report,
    )  # fmt: skip
    if as_json:
        document(told(outcome, language))
    else:
        note(_end(outcome, check_only).to(language))
    return 0 if outcome.ok else 1


def tell_checks(found: Examined, language: Language) -> None:
    """The checks of one file, failures with sheet and cell, and what its reader assumed."""
    out(f"{found.file} ({found.layout})")
    for check in found.findings:
        mark = "ok  " if check.ok else "FAIL" if check.fatal else "warn"
        cell = f" [{check.cell}]" if check.cell else ""
        out(f"{mark} {check.name.to(language)}: {check.detail.to(language)}{cell}")
    for assumed in found.read.notes:
        out(f"note {assumed.to(language)}")


def _end(outcome: Outcome, check_only: bool) -> Text:
    if not outcome.ok:
        return Text(
            "检查未通过，未导入，现用数据集未变。",
            "Checks failed: nothing was imported and the active dataset is as it was.",
        )
    if outcome.dataset is None or check_only:
        return Text("检查通过；未导入（--check-only）。", "All checks passed; nothing was imported (--check-only).")
    made = outcome.dataset
    if outcome.used:
        return Text(f"已导入并启用数据集 {made.id}。", f"Imported; the active dataset is now {made.id}.")
    return Text(
        f"已导入为数据集 {made.id}，未启用；启用请运行 tanlu data use {made.id}。",
        f"Imported as the dataset {made.id}, not in use; to use it run: tanlu data use {made.id}.",
    )


def told(outcome: Outcome, language: Language) -> dict[str, Any]:
    """The outcome as one JSON document."""
    from data.imports.forms import ReadTable

    files = []
    for found in outcome.examined:
        read = found.read
        table = isinstance(read, ReadTable)
        files.append(
            {
                "file": found.file, "sha256": found.sha256, "layout": found.layout, "kind": "table" if table else "inventory",
                "years": [read.year] if isinstance(read, ReadTable) else sorted({row.year for row in read.rows}),
                "classification": read.classification if isinstance(read, ReadTable) else None,
                "regions": len(read.regions) if isinstance(read, ReadTable) else len({row.region for row in read.rows}),
                "sectors": len(read.sectors) if isinstance(read, ReadTable) else None,
                "ok": found.ok,
                "checks": [
                    {"name": f.name.to(language), "ok": bool(f.ok), "fatal": f.fatal, "detail": f.detail.to(language), "cell": f.cell}
                    for f in found.findings
                ],
                "notes": [text.to(language) for text in read.notes],
            }
        )  # fmt: skip
    made = outcome.dataset
    return {"ok": outcome.ok, "dataset": None if made is None else made.id, "active": outcome.used, "files": files}


def imported(found: Import, language: Language) -> dict[str, Any]:
    """An import of a dataset as JSON."""
    return {
        "id": found.id, "kind": found.kind, "file": found.file, "sheet": found.sheet, "sha256": found.sha256,
        "imported": found.imported, "layout": found.layout, "years": list(found.years), "sources": list(found.sources),
        "classification": found.classification or None, "regions": len(found.regions), "sectors": len(found.sectors),
        "checks": [{"name": c.name.to(language), "ok": c.ok, "detail": c.detail.to(language), "cell": c.cell} for c in found.checks],
        "notes": [text.to(language) for text in found.notes],
    }  # fmt: skip


def tell_import(found: Import, language: Language) -> None:
    """Where an imported part comes from, and the checks that only warned."""
    years = ", ".join(map(str, found.years)) or Text("年份未注明", "year not given").to(language)
    held = sum(c.ok for c in found.checks)
    counts = Text(f"检查通过 {held}/{len(found.checks)} 项", f"{held} of {len(found.checks)} checks held").to(language)
    out(
        f"{found.file} {found.sheet} ({found.layout}, {years}; {found.imported}; {counts}) [{', '.join(found.sources)}]"
    )
    out(f"  SHA-256 {found.sha256}")
    for check in found.checks:
        if not check.ok:
            cell = f" [{check.cell}]" if check.cell else ""
            out(f"  warn {check.name.to(language)}: {check.detail.to(language)}{cell}")
    for text in found.notes:
        out(f"  note {text.to(language)}")
    out()


__all__ = ["imported", "run_import", "tell_checks", "tell_import", "told"]
