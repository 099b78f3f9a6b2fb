"""The same question in Chinese and in English reaches the same tool with the same arguments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from data.classification import find_fuel, find_place, find_sector
from tools.figures.amounts import read_amount
from tools.figures.cities import known_city

_LINES = (Path(__file__).parent / "pairs.tsv").read_text(encoding="utf-8").splitlines()
PAIRS = [tuple(line.split("\t")) for line in _LINES if line and not line.startswith("#")]
_WORDS = {"topic", "question", "query"}  # the question's own words
_FIND = {"sector": find_sector, "sectors": find_sector, "place": find_place, "places": find_place, "fuels": find_fuel}


def _named(key: str, value: Any) -> Any:
    """A name as what it stands for, so that 钢铁 and steel are equal; everything else as it is."""
    if isinstance(value, (list, tuple)):
        return [_named(key, v) for v in value]
    if key in ("above", "below") and isinstance(value, str):
        return read_amount(value, "Mt CO2")
    if key == "parts" and isinstance(value, str) and (city := known_city(value)):
        return city
    find = _FIND.get(key)
    found = find(value) if find and isinstance(value, str) else value
    return getattr(found, "key", getattr(found, "code", found))


def called(question: str) -> list[tuple[str, dict[str, Any]]]:
    """The calls of a question with names normalised and its own words left out."""
    calls = plan(question, Before()).calls
    return [(c.tool, {k: _named(k, v) for k, v in c.args.items() if k not in _WORDS}) for c in calls]


def test_there_are_pairs_enough() -> None:
    assert len(PAIRS) >= 60 and all(len(pair) == 2 for pair in PAIRS)


@pytest.mark.parametrize(("zh", "en"), PAIRS)
def test_one_question_is_one_plan_in_either_language(zh: str, en: str) -> None:
    found = called(zh)
    assert found and found == called(en)
