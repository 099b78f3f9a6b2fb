"""Places by a sign or with a slip, documents as wholes, power by source, fuels used, and sectors' own intensities."""

from __future__ import annotations

import pytest

from assistant.planner.memory import Before
from assistant.planner.own_figures import plan
from tests.planner.desk import Desk


def one(question: str) -> tuple[str, dict[str, object]]:
    (call,) = plan(question, Before()).calls
    return call.tool, call.args


@pytest.mark.parametrize(
    ("question", "name"),
    (
        ("鲁2030非化石占比目标", "山东"),
        ("粤2030年非化石能源占比目标是多少", "广东"),
        ("苏2025年能耗强度目标", "江苏"),
        ("苏能耗强度2025年目标", "江苏"),
        ("浙2025年非化石能源消费占比目标", "浙江"),
        ("GD 2030 non-fossil share target", "Guangdong"),
    ),
)
def test_a_sign_of_a_province_is_written_out_for_the_documents(question: str, name: str) -> None:
    tool, args = one(question)
    assert tool == "targets" and name in str(args["topic"])


@pytest.mark.parametrize(
    "question",
    (
        "用数字概括节能降碳行动方案",
        "概括一下广东碳达峰实施方案",
        "总结一下行动方案的要点",
        "summarise the 2024-2025 action plan in numbers",
        "what does the UNEP Emissions Gap Report say about China",
        "give me the gist of the 2035 NDC",
    ),
)
def test_a_summary_of_a_document_is_for_the_clauses(question: str) -> None:
    assert one(question)[0] == "policy_search"


@pytest.mark.parametrize(
    "question",
    (
        "自主贡献的主要目标有哪些",
        "碳达峰行动方案提出了哪些目标",
        "节能降碳行动方案的核心指标有哪些",
        "NDC 2035 key targets",
        "key targets of the action plan 2024-2025",
        "What are the main goals in the 2035 NDC?",
    ),
)
def test_key_targets_of_a_document_are_targets(question: str) -> None:
    assert one(question)[0] == "targets"


@pytest.mark.parametrize(
    ("first", "then", "word"),
    (
        ("行动方案对钢铁行业怎么要求", "那有色呢", "有色"),
        ("What does the action plan say about steel?", "and non-ferrous metals?", "non-ferrous"),
        ("用数字概括节能降碳行动方案", "那有色呢", "有色"),
        ("summarise the 2024-2025 action plan in numbers", "what about building materials?", "building materials"),
    ),
)
def test_a_further_field_is_asked_of_the_same_document(first: str, then: str, word: str) -> None:
    desk = Desk()
    desk.say(first)
    (call,) = desk.say(then).calls
    said = str(call.args["question"])
    assert call.tool == "policy_search" and word in said and ("行动方案" in said or "action plan" in said)


@pytest.mark.parametrize(
    "question",
    (
        "Wind plus solar output in 2022",
        "2022年风电加光伏的产出",
        "wind and solar output in Inner Mongolia 2021",
        "solar output by province 2021",
        "内蒙古2021年风电和光伏出力",
        "hydro output of Sichuan in 2020",
    ),
)
def test_the_output_of_a_source_is_what_it_generates(question: str) -> None:
    tool, args = one(question)
    assert tool == "figures" and args["measure"] == "generation" and args["parts"]


def test_gross_output_of_an_industry_stays_gross_output() -> None:
    assert one("gross output of the electricity sector 2017")[1]["measure"] == "output"


@pytest.mark.parametrize(
    "question",
    (
        "Coal consumption in Shanxi 2010 vs 2019",
        "山西2015和2019年煤炭消费量",
        "山东2018年消耗了多少煤炭",
        "coal use of Hebei in 2017",
        "How much coal did Henan burn in 2016?",
        "内蒙古2018年煤炭消费",
    ),
)
def test_that_amounts_of_a_fuel_are_not_held_is_said(question: str) -> None:
    planned = plan(question, Before())
    assert planned.calls[0].args["fuels"] == ["coal"]
    assert any("not consumption" in n.en and "不是消费量" in n.zh for n in planned.notes)


def test_emissions_of_coal_need_no_such_note() -> None:
    assert not any("不是消费量" in n.zh for n in plan("山西2018年煤炭消费的碳排放", Before()).notes)
    assert one("Energy consumption in Guangdong 2015 vs 2020")[1]["measure"] == "energy"


@pytest.mark.parametrize(
    "question",
    (
        "局里有一张能源统计表能导进来用吗",
        "我们厅有一份排放台账，能上传吗",
        "单位有本省能源平衡表，可以导入系统计算吗",
        "手头有几年的用能数据，怎么导入",
        "Can I import our bureau's energy statistics table?",
        "Our office has an energy balance spreadsheet, can we upload it?",
    ),
)
def test_statistics_of_the_asker_are_brought_in_as_own_figures(question: str) -> None:
    planned = plan(question, Before())
    assert not planned.calls and planned.reply is not None and "tanlu figures template" in planned.reply.en


def test_an_input_output_table_is_no_own_figure() -> None:
    reply = plan("怎么导入我们省的投入产出表", Before()).reply
    assert reply is None or "tanlu figures template" not in reply.en


@pytest.mark.parametrize(
    ("question", "places"),
    (
        ("guangdng vs fujian emissions 2019", ["Guangdong", "Fujian"]),
        ("emissions of guangdong vs fujan 2019", ["Guangdong", "Fujian"]),
        ("compare shandng and henan in 2019", ["Shandong", "Henan"]),
        ("Zhejiang and Jiangsuu CO2 per head 2018", ["Zhejiang", "Jiangsu"]),
        ("roadmap compare Guangdong and Zhejang by 2035", ["Guangdong", "Zhejiang"]),
        ("sichaun and yunnan hydro share 2021", ["Sichuan", "Yunnan"]),
    ),
)
def test_a_slip_beside_a_right_name_is_read_and_said(question: str, places: list[str]) -> None:
    planned = plan(question, Before())
    assert planned.calls[0].args["places"] == places
    assert any("is read as" in n.en for n in planned.notes)


def test_a_slip_of_several_names_is_asked_back() -> None:
    planned = plan("hanan vs hubei emissions 2019", Before())
    assert not planned.calls and planned.reply is not None
    assert {"Henan", "Hunan", "Hainan"} <= set(planned.reply.en.replace(":", ",").replace(" ", ",").split(","))


@pytest.mark.parametrize(
    "question",
    (
        "compare Guangdong and Jiangsu carbon intensity sector by sector",
        "分行业比较广东和江苏的碳强度",
        "各行业碳强度，浙江和山东对比",
        "carbon intensity by sector in Hebei and Henan",
        "Guangdong vs Fujian sectoral carbon intensity",
        "Sichuan and Yunnan: carbon intensity of each sector",
    ),
)
def test_intensities_sector_by_sector_are_per_output(question: str) -> None:
    calls = plan(question, Before()).calls
    assert len(calls) == 2
    assert all(c.args["per"] == "output" and c.args["over"] == "sectors" for c in calls)


@pytest.mark.parametrize(
    "question",
    (
        "Which province had the largest share of its generation from wind in 2021?",
        "top province for share of generation by wind in 2023",
        "哪个省风电占发电量的比重最大（2020年）",
        "2021年水电占比前三的省份",
        "Top five provinces by solar share of generation, 2022",
        "2022年哪个省风电发电量占比最高",
    ),
)
def test_the_share_of_a_source_ranks_provinces(question: str) -> None:
    args = one(question)[1]
    assert (args["measure"], args["operation"], args["of"], args["over"]) == ("generation", "rank", "share", "places")
