"""Units: the closed list, how people read them, and that both languages show the same quantity."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.text import Text
from tools.result import Basis, Fact, weakest
from tools.units import READERS_UNITS, UNITS, show


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (556.86, "Mt CO2", "5.569亿吨", "556.9 Mt CO2"),
        (67.96, "Mt CO2", "6,796万吨", "67.96 Mt CO2"),
        (0.2853, "Mt CO2", "28.53万吨", "0.285 Mt CO2"),
        (-51.2, "Mt CO2", "-5,120万吨", "-51.2 Mt CO2"),
        (1191.5, "kg CO2/10k yuan", "1,192千克/万元", "1,192 kg CO2/10k yuan"),
        (89705.2, "100M yuan", "8.971万亿元", "8.971 trillion yuan"),
        (8374, "10k persons", "8,374万人", "83.74 million people"),
        (53.5, "%", "53.5%", "53.5%"),
        (233.0, "TWh", "2,330亿千瓦时", "233 TWh"),
        (62, "GW", "6,200万千瓦", "62 GW"),
        (0.5153, "kg CO2/kWh", "0.5153千克/千瓦时", "0.5153 kg CO2/kWh"),
        (2017, "year", "2017", "2017"),
        (3, "rank", "3", "3"),
    ],
)
def test_shown_as_people_read_it(value: float, unit: str, zh: str, en: str) -> None:
    assert show(value, unit, "zh") == zh
    assert show(value, unit, "en") == en


def test_the_asker_chooses_the_unit() -> None:
    assert show(277.6807, "Mt CO2", "zh", "万吨") == "27,768万吨"
    assert show(277.6807, "Mt CO2", "en", "亿吨") == "2.777 hundred million t CO2"
    assert show(2528.685, "kg CO2/10k yuan", "en", "t/10k yuan") == "2.529 t CO2/10k yuan"


FACTOR = {"亿吨": 100.0, "万吨": 0.01}


@given(st.floats(min_value=0.05, max_value=99_999))
def test_scaling_keeps_the_quantity(value: float) -> None:
    """The Chinese figure read back in Mt is the value to within its shown rounding (four digits)."""
    found = re.fullmatch(r"([\d,.]+)(亿吨|万吨)", show(value, "Mt CO2", "zh"))
    assert found
    assert float(found.group(1).replace(",", "")) * FACTOR[found.group(2)] == pytest.approx(value, rel=2e-3)


def test_no_other_spelling_passes() -> None:
    with pytest.raises(ValueError, match="not in"):
        Fact(label=Text("甲", "a"), value=1, unit="MtCO2", basis=Basis.OBSERVED, source="co2")


def test_readers_units_scale_units_we_have() -> None:
    assert {unit for unit, _ in READERS_UNITS.values()} <= UNITS


def test_what_rests_on_several_takes_the_weakest() -> None:
    assert weakest(Basis.OBSERVED, Basis.OBSERVED) is Basis.DERIVED
    assert weakest(Basis.OBSERVED, Basis.ESTIMATED) is Basis.ESTIMATED
    assert weakest(Basis.TARGET, Basis.PROJECTED) is Basis.PROJECTED
