"""Standards and benchmarks: amounts of an L.1480 assessment, rules and terms, units asked back, provinces beside each other."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.l1480_amounts import energy_of
from assistant.planner.memory import Before
from assistant.planner.reader import read
from assistant.planner.unitless import unitless


def _calls(question: str) -> list[tuple[str, dict[str, Any]]]:
    planned = plan(question, Before())
    assert planned.calls, (question, planned.reply)
    return [(c.tool, c.args) for c in planned.calls]


def _only(question: str) -> tuple[str, dict[str, Any]]:
    calls = _calls(question)
    assert len(calls) == 1, calls
    return calls[0]


def _uses(args: dict[str, Any]) -> list[tuple[object, ...]]:
    return [(u["carrier"], u["amount"], u["unit"], u["role"]) for u in args.get("uses", [])]


# question -> uses (carrier, amount, unit, role), then the other arguments told
AMOUNTS: tuple[tuple[str, list[tuple[object, ...]], dict[str, Any]], ...] = (
    ("By L.1480: 60 hotels in Fuzhou use 1.2 GWh each a year, our management software saves 8% and draws 150 MWh itself. Net effect?",
     [("electricity", 1.2e6, "kWh", "reference"), ("electricity", 1.5e5, "kWh", "first_order")], {"count": 60.0, "saved_percent": 8.0}),
    ("L.1480: our routing software saves 40,000 litres of diesel a year; the platform uses 90 MWh in Jiangsu",
     [("diesel", 4e4, "litre", "saved"), ("electricity", 9e4, "kWh", "first_order")], {"place": "Jiangsu"}),
    ("按L.1480，物流路径优化平台每年节省柴油1200吨，平台自身用电80万千瓦时，地点在安徽，净减排是多少",
     [("diesel", 1200.0, "t", "saved"), ("electricity", 8e5, "kWh", "first_order")], {"place": "Anhui"}),
    ("按照L.1480评估：300栋办公楼每栋年用电800兆瓦时，楼宇系统节能15%，在湖南",
     [("electricity", 8e5, "kWh", "reference")], {"count": 300.0, "saved_percent": 15.0, "place": "Hunan"}),
    ("远程办公一年少开120万公里，每百公里油耗7升汽油，平台服务器耗电3万度，北京，按L.1480净效应多少",
     [("gasoline", 1.2e6, "km", "saved"), ("electricity", 3e4, "kWh", "first_order")], {"place": "Beijing"}),
    ("L.1480 : smart metering in 20,000 homes, 3,000 kWh per home, 5 percent less, Sichuan",
     [("electricity", 3000.0, "kWh", "reference")], {"count": 2e4, "saved_percent": 5.0, "place": "Sichuan"}),
    ("L.1480 net effect: before 50 GWh, after 42 GWh, platform itself 0.4 GWh, in Shandong",
     [("electricity", 5e7, "kWh", "reference"), ("electricity", 4.2e7, "kWh", "with_solution"), ("electricity", 4e5, "kWh", "first_order")],
     {"place": "Shandong"}),
    ("按L.1480：锅炉优化系统采用前用煤2万吨，采用后1.8万吨，系统自身年耗电20万度，河北",
     [("coal", 2e4, "t", "reference"), ("coal", 1.8e4, "t", "with_solution"), ("electricity", 2e5, "kWh", "first_order")], {"place": "Hebei"}),
    ("L.1480: heating control saves 600,000 m3 of natural gas in Shaanxi schools, controllers use 40,000 kWh",
     [("natural gas", 6e5, "m3", "saved"), ("electricity", 4e4, "kWh", "first_order")], {"place": "Shaanxi"}),
    ("按L.1480评估：节能平台使工厂用电减少三成，原来每年用电500万度，平台自己用1万度，浙江",
     [("electricity", 5e6, "kWh", "reference"), ("electricity", 1e4, "kWh", "first_order")], {"saved_percent": 30.0, "place": "Zhejiang"}),
    ("120 stores at 450 MWh each cut use by 7 percent with our software in Hubei, what is the L.1480 effect",
     [("electricity", 4.5e5, "kWh", "reference")], {"count": 120.0, "saved_percent": 7.0, "place": "Hubei"}),
    ("我们的智慧交通方案一年节约汽油500吨，系统自身用电60万度，在成都，按L.1480算净减排",
     [("gasoline", 500.0, "t", "saved"), ("electricity", 6e5, "kWh", "first_order")], {"place": "Sichuan"}),
)  # fmt: skip


@pytest.mark.parametrize(("question", "uses", "rest"), AMOUNTS)
def test_the_askers_own_amounts_are_read(question: str, uses: list[tuple[object, ...]], rest: dict[str, Any]) -> None:
    tool, args = _only(question)
    assert tool == "l1480" and _uses(args) == uses
    assert {k: args.get(k) for k in rest} == rest


@pytest.mark.parametrize(
    ("question", "aside"),
    [
        ("video conferencing avoids 2 million km of car travel, by L.1480 what is the effect?", "2 million km"),
        ("按L.1480，视频会议减少了3万次出差，净减排多少", "3万次"),
        ("L.1480: 300 trucks save 40,000 litres of diesel", "300 trucks"),
    ],
)
def test_what_no_factor_fits_is_handed_on_to_be_said(question: str, aside: str) -> None:
    tool, args = _only(question)
    assert tool == "l1480" and aside in args["aside"]


@pytest.mark.parametrize(
    "question",
    [
        "按L.1480评估：参考情景排放1000吨，采用方案后400吨，一阶50吨",
        "L.1480: reference 2,000 t CO2e, with the solution 900 t, first order 50 t",
    ],
)
def test_tonnes_of_carbon_stay_tonnes(question: str) -> None:
    _, args = _only(question)
    assert "uses" not in args and {"reference", "with_solution", "first_order"} <= args.keys()


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("节电一成五", 15.0),
        ("能耗降低三成半", 35.0),
        ("节能百分之八", 8.0),
        ("saves 12.5 per cent", 12.5),
        ("用电占比30%", None),
        ("减少两成", 20.0),
    ],
)
def test_percent_saved(text: str, percent: float | None) -> None:
    assert energy_of(read(text)).percent == percent


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What does a higher order effect mean under L.1480?", "higher"), ("L.1480中的一阶效应怎么理解", "first"),
        ("define the net second order effect of L.1480", "net"), ("L.1480的反弹效应指什么", "rebound"),
        ("在L.1480里参考情景的定义是什么", "reference"), ("explain the reference scenario used in L.1480", "reference"),
        ("what's the difference between first and second order effects in L.1480", "effects"),
        ("L.1480的二阶效应是什么意思", "second"),
        ("what is a consequence tree in L.1480", "tree"), ("L.1480里三种效应，一阶、二阶、更高阶，有什么区别", "effects"),
    ],
)  # fmt: skip
def test_terms_are_asked_of_the_standard(question: str, term: str) -> None:
    tool, args = _only(question)
    assert (tool, args["asks"], args["term"]) == ("l1480", "definition", term)


@pytest.mark.parametrize(
    "question",
    [
        "Under L.1470, may a mobile operator offset its target with its customers' savings?", "L.1470的减排目标能用碳信用抵消吗",
        "按L.1470，帮客户减的碳能不能算到自己头上", "do avoided emissions count for L.1470", "L.1470目标里可以扣掉绿证吗",
    ],
)  # fmt: skip
def test_what_counts_is_a_rule_of_the_standard(question: str) -> None:
    assert _only(question) == ("l1470", {"asks": "counting"})


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("2021年排放350", 350.0), ("我们排放1,200，按L.1470", 1200.0), ("we emitted 4200 in 2022", 4200.0),
        ("emissions were 80 in 2021", 80.0),
        ("2021年排放350吨", None), ("2021年排放5万吨", None), ("emissions in 2020 fell", None), ("emitted 4 Mt", None),
        ("排放45%", None),
        ("2020年排放2030年目标", None),
    ],
)  # fmt: skip
def test_amounts_without_a_unit(text: str, amount: float | None) -> None:
    assert unitless(read(text)) == amount


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("我们是固网运营商，2021年排放350，按L.1470到2028年应是多少", "l1470"),
        ("L.1470: our data centre emitted 90 in 2021, level in 2029?", "l1470"),
        ("SBTi absolute contraction: our base-year emissions were 800 in 2021, target 2030?", "contraction"),
        ("我们公司2022年排放360，按SBTi绝对收缩2030年要降到多少", "contraction"),
    ],
)  # fmt: skip
def test_a_company_without_a_unit_is_asked_back(question: str, tool: str) -> None:
    name, args = _only(question)
    assert name == tool and args["unitless"] > 0 and "emissions" not in args


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Does the SBTi rate apply to Hunan, and what is it?", "Hunan"), ("SBTi每年要降多少，能用于城市吗", None),
        ("How much a year does SBTi want, and can a provincial government use it?", None), ("科学碳目标的年降幅是多少，省份适用吗", None),
    ],
)  # fmt: skip
def test_the_rate_and_its_reach_are_one_question(question: str, place: str | None) -> None:
    tool, args = _only(question)
    assert (tool, args["asks"], args.get("place")) == ("contraction", "applies", place)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How does Jiangsu compare with Yunnan in steel intensity", {"place": "Jiangsu", "sector": "steel", "against": "Yunnan"}),
        ("Is Fujian or Hunan cleaner per output in papermaking?", {"place": "Fujian", "sector": "paper", "against": "Hunan"}),
        ("化工：江苏和浙江的碳强度差多少", {"place": "Jiangsu", "sector": "chemicals", "against": "Zhejiang"}),
        ("Benchmark Anhui against Jiangxi in power", {"place": "Anhui", "sector": "power_heat", "against": "Jiangxi"}),
        ("sectoral convergence of provinces to the national median in chemicals", {"sector": "chemicals", "benchmark": "median"}),
        ("各省纺织碳强度都降到中位数能减多少", {"sector": "textiles", "benchmark": "median"}),
        ("山西电力碳强度降到全国中位数能少排多少", {"place": "Shanxi", "sector": "power_heat", "benchmark": "median"}),
        ("Who has the lowest carbon intensity in cement and how much higher is Anhui?", {"place": "Anhui", "sector": "cement"}),
        ("江西造纸碳强度比最低的省高多少，最低的是哪个省", {"place": "Jiangxi", "sector": "paper"}),
    ],
)  # fmt: skip
def test_provinces_beside_the_best_another_or_the_median(question: str, expected: dict[str, Any]) -> None:
    assert _only(question) == ("best_in_class", expected)


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("江苏比山东每度电排放低多少", ["Jiangsu", "Shandong"]), ("Zhejiang versus Sichuan in CO2 per kWh", ["Zhejiang", "Sichuan"]),
        ("which has cleaner electricity per kWh, Hebei or Yunnan?", ["Hebei", "Yunnan"]),
        ("云南和贵州每度电的碳排放谁低", ["Yunnan", "Guizhou"]),
    ],
)  # fmt: skip
def test_carbon_per_kwh_is_the_grids_factor(question: str, places: list[str]) -> None:
    tool, args = _only(question)
    assert (tool, args["measure"], args["places"], args["operation"]) == ("figures", "grid_factor", places, "compare")


@pytest.mark.parametrize(
    ("question", "place", "beside"),
    [
        ("和河南比，安徽的碳排放高在哪", "Anhui", "Henan"), ("跟四川相比，云南的排放高在哪些行业", "Yunnan", "Sichuan"),
        ("Where are Henan's emissions higher than Hubei's?", "Henan", "Hubei"),
        ("In which sectors does Liaoning emit more than Jilin?", "Liaoning", "Jilin"),
        ("福建和江西的碳排放结构有什么不同", "Fujian", "Jiangxi"),
        ("compare the emissions structure of Zhejiang and Fujian", "Zhejiang", "Fujian"),
        ("辽宁和吉林排放差距主要在哪", "Liaoning", "Jilin"), ("Guangxi and Guizhou side by side", "Guangxi", "Guizhou"),
    ],
)  # fmt: skip
def test_where_two_provinces_differ_is_about_today(question: str, place: str, beside: str) -> None:
    assert _only(question) == ("profile", {"place": place, "beside": beside})


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("比较辽宁和吉林的碳中和路线图", "compare"), ("广东和江苏2017年排放对比", "figures"), ("L.1480的三个层级需要哪些数据", "l1480"),
        ("按SBTi每年4.2%，浙江2030年应降到多少", "contraction"), ("河南水泥建材的碳强度和全国最好的省差多少", "best_in_class"),
        ("江苏2060年碳中和路线图", "roadmap"), ("ISC双碳平台自评表", "isc_checklist"),
    ],
)  # fmt: skip
def test_neighbours_keep_theirs(question: str, tool: str) -> None:
    assert {name for name, _ in _calls(question)} == {tool}


@pytest.mark.parametrize(
    ("question", "company"),
    [
        ("SDA target for a company with intensity 0.8", 0.8),
        ("行业脱碳法，我们强度0.66", 0.66),
        ("按行业脱碳法，本厂碳强度0.75吨/吨，目标怎么算", 0.75),
    ],
)
def test_the_companys_intensity_is_read_without_its_sector(question: str, company: float) -> None:
    tool, args = _calls(question)[0]
    assert (tool, args["company"]) == ("sda_target", company) and "sector_base" not in args


@pytest.mark.parametrize(
    "question",
    [
        "Do you comply with the ISC platform standard?",
        "你们自己符合ISC双碳平台标准吗",
        "碳路通过了互联网协会平台标准的评测吗",
    ],
)
def test_the_product_describes_itself(question: str) -> None:
    assert _only(question) == ("isc_checklist", {"subject": "tanlu"})
