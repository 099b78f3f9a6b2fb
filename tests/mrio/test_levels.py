"""Footprints whose level is doubtful beyond the range say so beside the figure; others, and other accounts, do not."""

from __future__ import annotations

import pytest

from data.warehouse import open_warehouse
from knowledge.search import open_library
from tests.figures.conftest import nothing_recalled
from tools.declare import Context
from tools.mrio.footprint import footprint

CONTEXT = Context(open_warehouse(), open_library(), nothing_recalled)


def _lead(**arguments: object) -> tuple[str, str]:
    lead = footprint.call(arguments, CONTEXT).lead
    return " ".join(s.text.zh for s in lead), " ".join(s.text.en for s in lead)


@pytest.mark.parametrize("extra", [{}, {"detail": "category"}, {"detail": "origins"}, {"account": "all"}])
@pytest.mark.parametrize(
    ("place", "zh", "en"), [("Beijing", "偏高四分之一", "a quarter or more too high"), ("Shanghai", "偏低", "too low")]
)
def test_beijing_and_shanghai(place: str, zh: str, en: str, extra: dict[str, str]) -> None:
    said = _lead(place=place, **extra)
    assert zh in said[0] and en in said[1]


@pytest.mark.parametrize(
    "arguments", [{"place": "Hebei"}, {"place": "China"}, {"place": "Beijing", "account": "production"}]
)
def test_no_other_figure_is_doubted(arguments: dict[str, str]) -> None:
    said = _lead(**arguments)
    assert "偏高四分之一" not in said[0] and "too low" not in said[1]


def test_a_ranking_doubts_only_those_it_shows() -> None:
    full, top = _lead(top=30), _lead(top=3)
    assert "北京可能偏高，上海可能偏低" in full[0] and "Beijing may be too high and Shanghai may be too low" in full[1]
    assert "上海" not in top[0] and "Shanghai" not in top[1]
