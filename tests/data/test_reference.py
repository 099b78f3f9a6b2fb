"""docs/dataset.md and data/LICENSES.md say what ``datapackage.json`` says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.build.reference import BEGIN, END, reference
from data.dataset import Dataset
from data.package import BY_ROW
from data.text import Language
from data.views import VIEWS
from data.warehouse import Warehouse
from tools.units import UNITS

ROOT = Path(__file__).parents[2]
DOCUMENTS: dict[Language, Path] = {"en": ROOT / "docs/dataset.md", "zh": ROOT / "docs/dataset.zh-CN.md"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_reference_is_current(starter: Dataset, language: Language) -> None:
    """After a rebuild: python -m data.build.reference docs"""
    text = DOCUMENTS[language].read_text("utf-8")
    assert text[text.index(BEGIN) + len(BEGIN) : text.index(END)].strip() == reference(starter, language)


@pytest.mark.parametrize("path", DOCUMENTS.values(), ids=lambda p: p.name)
def test_every_view_is_documented(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [view.name for view in VIEWS if f"`{view.name}`" not in text] == []


def test_the_terms_name_every_table_once(starter: Dataset) -> None:
    text = (ROOT / "data/LICENSES.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(r.name for r in starter.resources)


def test_ceads_is_never_called_open_or_apache() -> None:
    text = (ROOT / "data/LICENSES.md").read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("| `co2`"))
    assert "CEADs" in line and not re.search(r"Apache|\bopen\b|开放|CC BY", line)


def test_units_are_of_the_closed_list(starter: Dataset, warehouse: Warehouse) -> None:
    """Save the roadmap's parameters (MWh/t CO2, …), which enter the model and are no figures of an answer."""
    for resource in starter.resources:
        stated = {field.unit for field in resource.fields} - {None}
        if BY_ROW in stated and resource.name != "roadmap_defaults":
            found = warehouse.rows(f'SELECT DISTINCT unit FROM "{resource.name}" WHERE unit IS NOT NULL')
            stated |= {row[0] for row in found}
        assert stated - {BY_ROW} <= UNITS, resource.name
