"""The reference part of docs/dataset.md: every table and column as ``datapackage.json`` describes it."""

from __future__ import annotations

import sys
from pathlib import Path

from data.dataset import Dataset, read_dataset, starter_folder
from data.package import BY_ROW, Field, Resource
from data.text import Language, Text

BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"
_HEAD = Text("| 列 | 单位 | 含义 |\n|---|---|---|", "| column | unit | meaning |\n|---|---|---|")
_KEY = Text("主键", "key")
_ROWS = Text("行", "rows")
_ORIGIN = Text("来源", "sources")
_BY_ROW = Text("见该行 unit 列", "as the row's `unit` says")
_MAYBE = Text("可缺", "may be missing")


def reference(dataset: Dataset, language: Language) -> str:
    """Markdown: one section per table with its columns, units, key, sources and terms."""
    return "\n\n".join(_table(resource, language) for resource in dataset.resources)


def _table(resource: Resource, language: Language) -> str:
    rows = "\n".join(_column(field, language) for field in resource.fields)
    comma, colon, stop = ("、", "：", "。") if language == "zh" else (", ", ": ", ".")
    key = comma.join(f"`{name}`" for name in resource.primary_key)
    origin = comma.join(f"`{source}`" for source in resource.sources)
    facts = (
        f"{resource.rows:,} {_ROWS.to(language)}; {_KEY.to(language)}{colon}{key}; "
        f"{_ORIGIN.to(language)}{colon}{origin}{stop}"
    )
    if language == "zh":
        facts = facts.replace("; ", "；")
    licence = resource.licence.to(language)
    ended = licence if licence.endswith(stop) else f"{licence}{stop}"
    parts = (
        f"### {resource.name}",
        f"**{resource.title.to(language)}**{colon}{resource.description.to(language)}",
        f"{facts}{ended}" if language == "zh" else f"{facts} {ended}",
        f"{_HEAD.to(language)}\n{rows}",
    )
    return "\n\n".join(parts)


def _column(field: Field, language: Language) -> str:
    unit = _BY_ROW.to(language) if field.unit == BY_ROW else field.unit or ""
    maybe = "" if field.required else (f"（{_MAYBE.zh}）" if language == "zh" else f" ({_MAYBE.en})")
    return f"| `{field.name}` | {unit} | {field.description.to(language)}{maybe} |"


def renew(document: Path, dataset: Dataset, language: Language) -> None:
    """Put the current reference between the markers of a document. Raises ValueError where the markers are missing."""
    before, _, rest = document.read_text("utf-8").partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{document.name} has no {BEGIN} … {END}")
    document.write_text(f"{before}{BEGIN}\n\n{reference(dataset, language)}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":  # python -m data.build.reference docs
    folder = Path(sys.argv[1])
    renew(folder / "dataset.md", read_dataset(starter_folder()), "en")
    renew(folder / "dataset.zh-CN.md", read_dataset(starter_folder()), "zh")
