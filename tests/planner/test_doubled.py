"""Two things asked of one figure: both are asked of the tools, in either language."""

from __future__ import annotations

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before


def _calls(question: str) -> list[dict[str, object]]:
    return [c.args for c in plan(question, Before()).calls if c.tool == "figures"]


@pytest.mark.parametrize(
    "question",
    ["哪个省光伏占比最高、最低，2023", "2023年光伏发电占比最高和最低的省份", "2023年太阳能发电占比最高与最低的省各是哪个",
     "2023年哪个省光伏发电占比最低和最高？", "Which province had the highest and the lowest solar share in 2023?",
     "Provinces with the lowest and highest share of solar power, 2023",
     "Solar share of generation in 2023: highest and lowest province"],
)  # fmt: skip
def test_both_ends_of_a_ranking_are_one_ranking_from_the_top(question: str) -> None:
    (args,) = _calls(question)
    assert (
        args["operation"] == "rank" and args["of"] == "share" and args["parts"] == ["solar"] and args["years"] == [2023]
    )
    assert "limit" not in args and args.get("order") != "asc"


@pytest.mark.parametrize(
    ("question", "limit"),
    [("2019年排放前三和后三的省", 3), ("河北2019年排放最高和最低的行业", 3), ("which sectors of Hebei emit most and least in 2019", 3),
     ("top five and bottom five provinces by CO2 in 2019", 5), ("2017年排放前五和后五的省份", 5)],
)  # fmt: skip
def test_a_few_from_either_end_are_asked_for_from_either_end(question: str, limit: int) -> None:
    top, bottom = _calls(question)
    assert top.get("order") is None and bottom["order"] == "asc" and top["limit"] == bottom["limit"] == limit


@pytest.mark.parametrize(
    ("question", "place"),
    [("人均排放最低的省是哪个，山东差多少", "Shandong"), ("单位GDP碳排放最低的省是谁，河北差多少", "Hebei"),
     ("how far is Hebei's CO2 per head above the lowest province", "Hebei"),
     ("Which province has the lowest CO2 per GDP and how far is Inner Mongolia from it?", "Inner Mongolia"),
     ("Which province has the highest wind share and how far behind is Hebei?", "Hebei"),
     ("哪个省风电占比最高，河北和它差多少", "Hebei")],
)  # fmt: skip
def test_the_first_and_the_gap_to_it(question: str, place: str) -> None:
    (args,) = _calls(question)
    assert args["operation"] == "position" and args["to_first"] is True and args["places"] == [place]


@pytest.mark.parametrize(
    "question",
    [
        "2019年人均排放最高、最低的省各是谁，差几倍",
        "哪个省人均GDP最高、最低，差距多大",
        "which provinces have the highest and lowest GDP per head, and the gap",
    ],
)
def test_the_ends_and_the_gap_between_them(question: str) -> None:
    (args,) = _calls(question)
    assert args["operation"] == "rank" and args["to_first"] is True and args["per"] == "head"


@pytest.mark.parametrize(
    ("question", "of"),
    [("河北2019年碳排放多少，占全国多少，排第几", None), ("Hebei CO2 2019: level, share of China and rank", None),
     ("山东2015年碳排放占全国比重和排名", None), ("浙江2021年核电占比和全国排名", "share"),
     ("Zhejiang's nuclear share in 2021 and its rank among provinces", "share")],
)  # fmt: skip
def test_level_share_and_rank(question: str, of: str | None) -> None:
    share, rank = _calls(question)
    assert share["operation"] == "share" and rank["operation"] == "position" and rank.get("of") == of
    assert share["years"] == rank["years"] and share["places"] == rank["places"]


def test_the_rank_of_a_share_stays_one_question() -> None:
    (args,) = _calls("浙江2021年核电占比排第几")
    assert args["operation"] == "position" and args["of"] == "share"


@pytest.mark.parametrize(
    ("question", "part"),
    [("江苏2023年光伏发电量和装机容量", "solar"), ("Jiangsu's solar in TWh and GW, 2023", "solar"),
     ("江苏2023年风电发了多少电，装了多少机", "wind"), ("Wind power of Jiangsu in 2023, generation and capacity", "wind"),
     ("江苏2023年核电多少亿千瓦时、多少万千瓦", "nuclear")],
)  # fmt: skip
def test_energy_and_capacity(question: str, part: str) -> None:
    energy, power = _calls(question)
    assert (energy["measure"], power["measure"]) == ("generation", "capacity")
    for args in (energy, power):
        assert args["parts"] == [part] and args["places"] == ["Jiangsu"] and args["years"] == [2023]


@pytest.mark.parametrize(
    "question",
    ["山东2010到2019年排放变化，绝对量和百分比", "change of CO2 in Shandong 2010-2019, absolute and percent",
     "2010—2019年山东排放增加了多少万吨、百分之几", "By how many Mt and what percent did Shandong's CO2 rise from 2010 to 2019?"],
)  # fmt: skip
def test_a_change_is_asked_for_absolute_and_told_with_its_percentage(question: str) -> None:
    (args,) = _calls(question)
    assert args["operation"] == "change" and (args["from_year"], args["to_year"]) == (2010, 2019)


@pytest.mark.parametrize(
    ("question", "places", "sectors"),
    [("广东和江苏2019年排放多少，差多少", 2, 0), ("Compare Zhejiang and Guangdong in power emissions 2019 and the difference", 2, 1),
     ("钢铁和水泥排放2019年河北各多少，差多少", 1, 2), ("steel and cement emissions of Hebei in 2019 and their difference", 1, 2)],
)  # fmt: skip
def test_two_things_and_their_difference(question: str, places: int, sectors: int) -> None:
    (args,) = _calls(question)
    assert args["operation"] == "compare"
    assert len(args["places"]) == places and len(args.get("sectors", [])) == sectors  # type: ignore[arg-type]


@pytest.mark.parametrize("question", ["浙江2023年的电从哪里来", "Where does Zhejiang's electricity come from, 2023?"])
def test_power_since_the_end_of_the_exchange_data_is_own_power_and_the_last_imports(question: str) -> None:
    own, imported = _calls(question)
    assert (own["measure"], own["years"]) == ("generation", [2023])
    assert (imported["measure"], imported["years"]) == ("power_import", [2019])
    assert plan(question, Before()).notes


@pytest.mark.parametrize(
    "question", ["广东核电2023年发电量占比和装机", "Guangdong nuclear in 2023: share of generation and capacity"]
)
def test_the_share_of_one_and_the_level_of_the_other(question: str) -> None:
    energy, power = _calls(question)
    assert (energy["measure"], energy["operation"]) == ("generation", "share")
    assert power["measure"] == "capacity" and "operation" not in power
