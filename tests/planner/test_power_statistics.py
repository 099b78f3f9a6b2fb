"""What was generated or installed is asked of the statistics, what is aimed at of the documents, in either language."""

from __future__ import annotations

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from assistant.planner.power_asked import ONLY_THERMAL
from tools.measures import MEASURES

_SHARES = [
    ("2024年全国非化石发电占比", ["non_fossil"], 2024), ("2023年全国非化石能源发电量占比多少", ["non_fossil"], 2023),
    ("2021年非化石电力占全国发电量的比重", ["non_fossil"], 2021), ("全国2022年可再生能源发电占比", ["renewable"], 2022),
    ("2024年风光发电量占全国发电量多少", ["wind_solar"], 2024), ("2024年核电占发电量的比重", ["nuclear"], 2024),
    ("China's non-fossil share of power generation in 2024", ["non_fossil"], 2024),
    ("non-fossil share of electricity in China, 2021", ["non_fossil"], 2021),
    ("What share of China's electricity was renewable in 2022?", ["renewable"], 2022),
    ("share of wind and solar in China's power generation in 2024", ["wind_solar"], 2024),
    ("nuclear share of generation in 2024", ["nuclear"], 2024),
]  # fmt: skip


@pytest.mark.parametrize(("question", "parts", "year"), _SHARES)
def test_a_share_of_generation_in_a_year_gone_by(question: str, parts: list[str], year: int) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == "figures"
    assert (call.args["measure"], call.args["operation"]) == ("generation", "share")
    assert call.args["parts"] == parts and call.args["years"] == [year]


_COAL = [
    "2024年中国煤电发电量占比", "煤电占比2023年全国", "山西煤电占发电量多少", "广东2022年气电占比", "煤炭发电在全国发电量中的占比2024",
    "coal share of power generation in China in 2024", "coal's share of electricity in Shanxi", "gas-fired power share in Guangdong 2022",
    "What share of Shandong's electricity generation came from coal in 2021?", "share of coal in China's power generation, 2023",
]  # fmt: skip


@pytest.mark.parametrize("question", _COAL)
def test_coal_power_is_told_as_thermal_and_said_to_be_that(question: str) -> None:
    planned = plan(question, Before())
    (call,) = planned.calls
    assert call.tool == "figures" and call.args["measure"] == "generation" and call.args["parts"] == ["thermal"]
    assert ONLY_THERMAL in planned.notes


_CAPACITY = [
    ("2024年风电和光伏装机是多少", ["wind_solar"]), ("全国2024年风光装机规模", ["wind_solar"]), ("2024年末全国风电光伏装机容量", ["wind_solar"]),
    ("capacity of wind and solar in China 2024", ["wind_solar"]), ("installed wind and solar capacity of China at the end of 2024", ["wind_solar"]),
    ("how much solar was installed in China in 2024", ["solar"]), ("2024年全国装了多少光伏", ["solar"]),
    ("目前全国核电装机多少", ["nuclear"]), ("How much nuclear capacity does China have now?", ["nuclear"]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "parts"), _CAPACITY)
def test_capacity_that_stands(question: str, parts: list[str]) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == "figures" and call.args["measure"] == "capacity" and call.args["parts"] == parts


@pytest.mark.parametrize(
    "question",
    ["2025年非化石能源发电量占比目标", "2030年非化石能源消费占比目标", "2025年风电光伏装机目标", "wind and solar capacity target for 2030",
     "2025年非化石能源占比实际是多少", "What was the actual share of non-fossil energy in 2025?", "2024年非化石能源占能源消费的比重",
     "non-fossil share of primary energy 2024", "广东碳达峰方案里非化石能源消费比重", "target for the non-fossil share of power generation in 2025"],
)  # fmt: skip
def test_aims_and_shares_of_energy_stay_with_the_documents(question: str) -> None:
    assert {c.tool for c in plan(question, Before()).calls} <= {"targets", "track", "policy_search"}


@pytest.mark.parametrize("question", ["河北煤电排放占全省多少2019", "煤电机组在建多少", "煤电的上游产业链"])
def test_other_questions_of_coal_power_are_not_its_generation(question: str) -> None:
    assert not any(c.args.get("parts") == ["thermal"] for c in plan(question, Before()).calls)


def test_the_share_of_non_fossil_generation_is_the_quotient_of_the_table() -> None:
    from data.warehouse import open_warehouse
    from knowledge.search import open_library
    from tests.figures.conftest import nothing_recalled
    from tools.declare import Context
    from tools.figures.tool import figures

    warehouse = open_warehouse()
    context = Context(warehouse, open_library(), nothing_recalled)
    asked = {"measure": "generation", "parts": ["non_fossil"], "years": [2024], "operation": "share"}
    share = figures.call(asked, context).facts[0]
    rows = dict(warehouse.rows(
        "SELECT source, SUM(twh) FROM power_generation WHERE year=2024 AND scope='above_scale' AND region='CN' GROUP BY source"
    ))  # fmt: skip
    clean = sum(rows[s] for s in ("hydro", "nuclear", "wind", "solar"))
    assert share.value == pytest.approx(100 * clean / sum(v for k, v in rows.items() if k != "total"))
    assert MEASURES["generation"].unit == "TWh"
