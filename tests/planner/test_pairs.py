"""Each sector with its place, in both languages and any order."""

from __future__ import annotations

import pytest

from assistant.planner.pairs import pairs
from assistant.planner.reader import read

JS, HE, NM = "Jiangsu construction", "Hebei ferrous", "Inner Mongolia power_heat"
CASES: list[tuple[str, list[str]]] = [
    ("江苏的建筑业与河北的钢铁应联合减排哪些产业链", [JS, HE]),
    ("江苏建筑业和河北钢铁", [JS, HE]),
    ("河北省钢铁、江苏省建筑、内蒙古电力", [HE, JS, NM]),
    ("钢铁（河北）与建筑（江苏）", [HE, JS]),
    ("Which supply chains should Jiangsu's construction and Hebei's steel decarbonise together?", [JS, HE]),
    ("steel in Hebei and construction in Jiangsu", [HE, JS]),
    ("construction in Jiangsu, steel in Hebei and power in Inner Mongolia", [JS, HE, NM]),
    ("Hebei steel and construction in Jiangsu", [HE, JS]),
    ("steel in Hebei and Jiangsu's construction", [HE, JS]),
    ("the steel industry of Hebei together with Jiangsu construction", [HE, JS]),
    ("江苏和河北的钢铁", ["Jiangsu ferrous", "Hebei ferrous"]),
    ("steel in Jiangsu and Hebei", ["Jiangsu ferrous", "Hebei ferrous"]),
    ("河北的钢铁和建筑", ["Hebei ferrous", "Hebei construction"]),
    ("steel and construction in Hebei", ["Hebei ferrous", "Hebei construction"]),
    ("广东的电力与钢铁如何协同减排", ["Guangdong power_heat", "Guangdong ferrous"]),
    ("山西煤炭和山东化工", ["Shanxi coal_mining", "Shandong chemicals"]),
    ("京津冀的钢铁与长三角的建筑", ["Beijing-Tianjin-Hebei ferrous", "Yangtze River Delta construction"]),
    ("2017年内蒙古电力行业的下游是谁", [NM]),
    ("全国钢铁与建筑", ["China ferrous", "China construction"]),
    ("广东2017年碳排放总量", []), ("钢铁排放多少", []),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), CASES, ids=[q for q, _ in CASES])
def test_pairs(question: str, expected: list[str]) -> None:
    assert [f"{p.place.name.en} {p.sector.key}" for p in pairs(read(question))] == expected
