"""Purchases and projects, read from sentences."""

from __future__ import annotations

import pytest

from assistant.planner.amounts import amounts
from assistant.planner.compile import plan
from assistant.planner.memory import Before
from assistant.planner.reader import read


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("广东每万元钢铁采购的排放因子是多少？", {"place": "Guangdong", "sector": "钢铁"}),
        ("江苏各行业支出法排放因子排名", {"place": "Jiangsu"}),
        ("贵州每万元电力购买对应多少碳排放", {"place": "Guizhou", "sector": "power_heat"}),
        ("产自山西的煤，每万元采购隐含多少排放", {"place": "Shanxi", "basis": "produced", "sector": "coal_mining"}),
        ("采购排放因子表", {"matrix": True}),
        ("What is the emission factor per 10k yuan for steel in Hebei?", {"place": "Hebei", "sector": "steel"}),
        ("Spend-based emission factor of steel bought in Guangdong", {"place": "Guangdong", "sector": "steel"}),
        ("How much CO2 is embodied in 10k yuan of cement?", {"sector": "cement"}),
        ("spend based factors for all provinces and sectors", {"matrix": True}),
    ],
)
def test_factors(question: str, expected: dict[str, object]) -> None:
    (call,) = plan(question, Before()).calls
    assert (call.tool, call.args) == ("spend_factors", expected)


@pytest.mark.parametrize(
    ("question", "bought"),
    [
        ("采购河北钢材500万元、广东电力200万元，隐含排放多少？", [("ferrous", "Hebei", 500.0), ("power_heat", "Guangdong", 200.0)]),
        (
            "我单位2023年采购：钢铁500万元（河北）、电力200万元（广东）、物流100万元，隐含排放多少？",
            [("钢铁", "Hebei", 500.0), ("power_heat", "Guangdong", 200.0), ("transport", None, 100.0)],
        ),
        ("我们公司去年买电800万元、运输300万元，碳足迹多少", [("power", None, 800.0), ("transport", None, 300.0)]),
        ("采购水泥1.5亿元隐含多少碳", [("水泥", None, 15000.0)]),
        (
            "Embodied CO2 of buying 5 million yuan of steel from Hebei and 2 million yuan of power in Guangdong",
            [("steel", "Hebei", 500.0), ("power_heat", "Guangdong", 200.0)],
        ),
        (
            "We spent 3 million yuan on cement in Anhui and 1,200,000 yuan on transport. What are the emissions?",
            [("cement", "Anhui", 300.0), ("transport", None, 120.0)],
        ),
    ],
)  # fmt: skip
def test_lists_of_purchases(question: str, bought: list[tuple[str, str | None, float]]) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == "spend_factors"
    assert [(p["sector"], p.get("place"), p["amount"]) for p in call.args["spend"]] == bought


@pytest.mark.parametrize(
    ("question", "buyer", "made"),
    [
        ("My firm in Shandong spent 5 million yuan on steel and 2 million yuan on electricity, what CO2?", "Shandong", [None, None]),
        ("广东某厂采购河北钢铁500万元、电力200万元，隐含排放多少", "Guangdong", ["Hebei", None]),
        ("采购河北钢铁500万元，隐含排放多少", None, ["Hebei"]),
    ],
)  # fmt: skip
def test_the_place_before_the_verb_is_the_buyers(question: str, buyer: str | None, made: list[str | None]) -> None:
    (call,) = plan(question, Before()).calls
    assert call.args.get("place") == buyer
    assert [p.get("place") for p in call.args["spend"]] == made


@pytest.mark.parametrize(
    "question", ["Are spend-based factors fit for a CBAM declaration?", "支出法排放因子能用于碳市场履约吗"]
)
def test_a_use_they_are_unfit_for_is_denied_first(question: str) -> None:
    made = plan(question, Before())
    assert made.calls and made.calls[0].tool == "spend_factors"
    assert made.notes and made.notes[0].en.startswith("No:")


def test_the_price_index_is_the_users() -> None:
    (call,) = plan("We spent 3 million yuan on cement in Anhui. The price index is 112. Emissions?", Before()).calls
    assert call.args["price_index"] == 112.0


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "广东拟建一个年用电2亿千瓦时、天然气500万立方米、产值20亿元的数据中心，碳排放影响多大？",
            {"place": "Guangdong", "sector": "数据中心", "fuels": [{"fuel": "natural gas", "amount": 500.0}],
             "electricity_gwh": 200.0, "output": 200_000.0},
        ),
        (
            "拟在内蒙古建设一个煤化工项目，年耗煤300万吨，用电5亿度，投资100亿元，碳排放有多大",
            {"place": "Inner Mongolia", "sector": "chemicals", "fuels": [{"fuel": "coal", "amount": 3e6}],
             "electricity_gwh": 500.0, "investment": 1e6},
        ),
        (
            "浙江一家工厂年用电3000万千瓦时、天然气200万方，排放多少",
            {"place": "Zhejiang", "fuels": [{"fuel": "natural gas", "amount": 200.0}], "electricity_gwh": 30.0},
        ),
        (
            "A data centre in Guangdong using 200 GWh of electricity a year: what does it add in CO2?",
            {"place": "Guangdong", "sector": "data centre", "electricity_gwh": 200.0},
        ),
        (
            "A new plant in Shandong uses 50 GWh of electricity and 3,000 t of diesel a year: what emissions?",
            {"place": "Shandong", "fuels": [{"fuel": "diesel", "amount": 3000.0}], "electricity_gwh": 50.0},
        ),
    ],
)  # fmt: skip
def test_projects(question: str, expected: dict[str, object]) -> None:
    (call,) = plan(question, Before()).calls
    assert (call.tool, call.args) == ("project_appraisal", expected)


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("2019年广东电力行业排放多少万吨", "figures"),
        ("安徽水泥行业每万元产值碳排放", "figures"),
        ("广东2017年GDP是多少亿元", "figures"),
        ("哪些省碳排放超过5亿吨", "figures"),
        ("广东2019年用电量是多少", "figures"),
        ("Which provinces emit more than 500 million tonnes?", "figures"),
    ],
)
def test_nothing_is_taken_from_other_tools(question: str, tool: str) -> None:
    assert {c.tool for c in plan(question, Before()).calls} == {tool}


def test_amounts_come_in_base_units() -> None:
    found = amounts(read("年用电1.5亿度、天然气20万方、柴油3千吨、产值2亿元"))
    assert [(a.dimension, a.value) for a in found] == [
        ("energy", 1.5e8), ("volume", 2e5), ("mass", 3000.0), ("money", 2e8),
    ]  # fmt: skip
