"""Questions on multipliers, extraction, own groups and the accounts reach their tools; neighbours keep theirs."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from data.classification import find_sector
from tools.registry import get_tool

ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("湖南水泥每万元最终需求带动多少排放", "multipliers", {"place": "Hunan", "sector": "nonmetallic_minerals"}),
    ("What output multiplier do Fujian's textiles have?", "multipliers", {"place": "Fujian"}),
    ("What is the output multiplier of Jilin's chemicals?", "multipliers", {"place": "Jilin", "sector": "chemicals", "by": "output"}),
    ("湖北建筑业的产出乘数", "multipliers", {"place": "Hubei", "sector": "construction", "by": "output"}),
    ("Import multiplier of Fujian's electronics", "multipliers", {"place": "Fujian", "sector": "electronics"}),
    ("安徽化工的进口乘数", "multipliers", {"place": "Anhui", "sector": "chemicals"}),
    ("重庆哪些行业的增加值乘数最高", "multipliers", {"place": "Chongqing", "by": "value_added"}),
    ("Rank the sectors of Liaoning by output multiplier", "multipliers", {"place": "Liaoning", "by": "output"}),
    ("Type I ratios of Jilin's sectors", "multipliers", {"place": "Jilin", "by": "type_i"}),
    ("贵州电力的排放乘数是多少", "multipliers", {"place": "Guizhou", "sector": "power_heat"}),
    ("全国产出乘数前五的行业", "multipliers", {"place": "China", "by": "output", "top": 5}),
    ("假如没有了辽宁的石化行业", "extraction", {"place": "Liaoning"}),
    ("Suppose Jiangxi's metal industry disappeared: what output depends on it?", "extraction", {"place": "Jiangxi"}),
    ("陕西煤炭开采的假设抽取结果", "extraction", {"place": "Shaanxi", "sector": "coal_mining"}),
    ("Order Hunan's industries by hypothetical extraction", "extraction", {"place": "Hunan", "sector": None}),
    ("全国多少排放依赖建筑业", "extraction", {"sector": "construction"}),
    ("What if Anhui's construction were extracted?", "extraction", {"place": "Anhui", "sector": "construction"}),
    ("Forward extraction of Shanxi's coal mining", "extraction", {"place": "Shanxi", "sector": "coal_mining", "kind": "forward"}),
    ("河南有色的后向抽取", "extraction", {"place": "Henan", "kind": "backward"}),
    ("完全抽取全国电力行业会怎样", "extraction", {"place": "China", "sector": "power_heat", "kind": "complete"}),
    ("Complete extraction of construction in Jiangxi", "extraction", {"place": "Jiangxi", "sector": "construction", "kind": "complete"}),
    ("Rank Anhui's sectors by backward extraction", "extraction", {"place": "Anhui", "sector": None, "kind": "backward"}),
    ("辽宁石化的前向和后向抽取", "extraction", {"place": "Liaoning", "kind": None}),
    ("Backward and forward extraction of Hunan's chemicals", "extraction", {"place": "Hunan", "sector": "chemicals", "kind": None}),
    ("如果抽取湖北的化工行业，产出损失多少", "extraction", {"place": "Hubei", "sector": "chemicals"}),
    ("Compare income- and consumption-based emissions of Ningxia", "footprint", {"place": "Ningxia", "account": "all"}),
    ("Consumption-, income- and production-based CO2 of Jilin", "footprint", {"place": "Jilin", "account": "all"}),
    ("比较甘肃生产侧和收入侧的碳排放", "footprint", {"place": "Gansu", "account": "all"}),
    ("How much embodied carbon does Shanxi send to Zhejiang?", "embodied_trade", {"place": "Zhejiang", "partner": "Shanxi"}),
    ("embodied CO2 in trade from Inner Mongolia to Tianjin", "embodied_trade", {"place": "Tianjin", "partner": "Inner Mongolia"}),
    ("山西输往江苏的隐含碳", "embodied_trade", {"place": "Jiangsu", "partner": "Shanxi"}),
    ("浙江从山西调入的隐含碳", "embodied_trade", {"place": "Zhejiang", "partner": "Shanxi"}),
    ("Embodied carbon that Zhejiang receives from Shanxi", "embodied_trade", {"place": "Zhejiang", "partner": "Shanxi"}),
    ("广东从河北调入的电力行业隐含碳", "embodied_trade", {"place": "Guangdong", "partner": "Hebei", "sector": "power_heat"}),
    ("Embodied CO2 of Shandong's chemicals sent to Jiangsu", "embodied_trade",
     {"place": "Jiangsu", "partner": "Shandong", "sector": "chemicals"}),
    ("山西煤炭开采的隐含碳流向哪些省", "embodied_trade", {"place": "Shanxi", "sector": "coal_mining"}),
    ("Which provinces are net exporters of embodied carbon from the power sector?", "embodied_trade",
     {"place": None, "sector": "power_heat"}),
    ("电力排放的省际隐含碳矩阵", "embodied_trade", {"form": "matrix", "sector": "power_heat"}),
    ("Embodied carbon trade between Hebei and Jiangsu in power and heat", "embodied_trade", {"place": "Hebei", "sector": "power_heat"}),
    ("广东与贵州之间化工行业的隐含碳贸易", "embodied_trade", {"place": "Guangdong", "partner": "Guizhou", "sector": "chemicals"}),
    ("浙江隐含碳的净流入", "embodied_trade", {"place": "Zhejiang", "sector": None}),
    ("省际隐含碳矩阵，最大的六个流向", "embodied_trade", {"form": "matrix", "top": 6}),
    ("安徽建筑业的上游供应商，按碳排放排序", "chain_partners", {"place": "Anhui", "direction": "upstream", "focus": "carbon"}),
    ("Who supplies Henan's electronics, by embodied carbon?", "chain_partners", {"place": "Henan", "focus": "carbon"}),
    ("Do footprints include goods imported from overseas?", "about", {"topic": "method"}),
    ("Does Hunan's footprint cover foreign imports?", "about", {"topic": "method"}),
    ("消费侧排放考虑国外的排放吗", "about", {"topic": "method"}),
    ("Where do the footprint figures come from?", "about", {"topic": "sources"}),
    ("Are the tables published or estimated?", "about", {"topic": "estimated"}),
    ("省际表是估算的还是公布的", "about", {"topic": "estimated"}),
    ("把山东、河南合为一组，与京津冀的隐含碳往来", "grouped",
     {"region_groups": {"Shandong+Henan": ["Shandong", "Henan"], "Beijing-Tianjin-Hebei": ["Beijing-Tianjin-Hebei"]}}),
    ("Combine Hunan, Hubei and Jiangxi into one group and show its embodied trade with Guangdong", "grouped",
     {"region_groups": {"Hunan+Hubei+Jiangxi": ["Hunan", "Hubei", "Jiangxi"], "Guangdong": ["Guangdong"]}}),
    ("Footprints with the provinces grouped into Eastern, Central and Western", "grouped",
     {"region_groups": {"Ten eastern provinces": ["Ten eastern provinces"], "Six central provinces": ["Six central provinces"],
                        "Twelve western provinces": ["Twelve western provinces"]}}),
    ("把各省分为东中西部三组，比较碳足迹", "grouped",
     {"region_groups": {"Ten eastern provinces": ["Ten eastern provinces"], "Six central provinces": ["Six central provinces"],
                        "Twelve western provinces": ["Twelve western provinces"]}}),
    ("Embodied flows between Coast (Shanghai, Zhejiang) and Coal Belt (Shanxi, Shaanxi, Inner Mongolia)", "grouped",
     {"region_groups": {"Coast": ["Shanghai", "Zhejiang"], "Coal Belt": ["Shanxi", "Shaanxi", "Inner Mongolia"]}}),
    ("沿海（上海、浙江）与煤炭大省（山西、陕西）之间的隐含碳贸易", "grouped",
     {"region_groups": {"沿海": ["Shanghai", "Zhejiang"], "煤炭大省": ["Shanxi", "Shaanxi"]}}),
    ("把新疆、甘肃、宁夏并为一组看消费侧排放", "grouped", {"region_groups": {"Xinjiang+Gansu+Ningxia": ["Xinjiang", "Gansu", "Ningxia"]}}),
    ("晋陕蒙合并成一组，隐含碳贸易如何", "grouped", {"region_groups": {"Shanxi+Shaanxi+Inner Mongolia": ["Shanxi", "Shaanxi", "Inner Mongolia"]}}),
    ("江苏消费侧排放有多少来自外省，来自哪些省份的哪些行业", "footprint", {"place": "Jiangsu", "detail": "origins"}),
    ("Which sectors in other provinces emit for Tianjin's consumption-based footprint?", "footprint", {"place": "Tianjin", "detail": "origins"}),
    ("湖北消费侧排放按最终需求类别分", "footprint", {"place": "Hubei", "detail": "category"}),
    ("Footprint of Hainan by category of final demand", "footprint", {"place": "Hainan", "detail": "category"}),
    ("新疆收入侧的碳排放", "footprint", {"place": "Xinjiang", "account": "income"}),
    ("Supply-side emissions account of Ningxia, income-based", "footprint", {"place": "Ningxia", "account": "income"}),
    ("河南三种口径碳排放", "footprint", {"place": "Henan", "account": "all"}),
    ("山西的排放为谁而排，最终去向", "footprint", {"place": "Shanxi", "account": "production"}),
    ("省与省之间隐含碳的热力图", "embodied_trade", {"form": "matrix"}),
    ("matrix of embodied carbon flows between all provinces", "embodied_trade", {"form": "matrix"}),
    ("安徽的碳关联系数，哪些是减排关键部门", "linkages", {"place": "Anhui", "weight": "emissions"}),
    ("Carbon-weighted linkages of Hunan", "linkages", {"place": "Hunan", "weight": "emissions"}),
    ("power of dispersion of construction in Hubei", "linkages", {"place": "Hubei", "sector": "construction"}),
    ("山西煤炭的感应度系数", "linkages", {"place": "Shanxi", "sector": "coal_mining"}),
    ("Is the power sector a key sector of Ningxia?", "linkages", {"place": "Ningxia", "sector": "power_heat"}),
    ("全国建筑业的影响力系数", "linkages", {"place": "China", "sector": "construction"}),
    ("National linkages of the chemical industry", "linkages", {"place": "China", "sector": "chemicals"}),
    ("Carbon-weighted linkages of Hunan's chemicals", "linkages", {"place": "Hunan", "sector": "chemicals", "weight": "emissions"}),
    ("湖北各行业的影响力系数", "linkages", {"place": "Hubei", "sector": None}),
]  # fmt: skip
OTHERS = [
    ("湖北的关键部门", "linkages"), ("北京消费侧碳足迹", "footprint"), ("广东从贵州调入多少隐含碳", "embodied_trade"),
    ("四川和重庆2019年碳排放之和", "figures"), ("山东除电力外的碳排放", "figures"), ("Emissions of Hebei without the power sector", "figures"),
    ("Who buys Shaanxi's coal?", "chain_partners"), ("如果没有CCUS，甘肃能碳中和吗", "roadmap"), ("长三角的碳排放", "figures"),
    ("京津冀与长三角之间的隐含碳贸易", "embodied_trade"), ("贵州消费了多少电", "figures"), ("哪个省排放最多", "figures"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "tool", "expected"), ASKED, ids=[q for q, _, _ in ASKED])
def test_it_reaches_the_tool(question: str, tool: str, expected: dict[str, Any]) -> None:
    calls = plan(question, Before()).calls
    assert calls and calls[0].tool == tool
    args = {k: find_sector(v).key if k == "sector" and v else v for k, v in calls[0].args.items()}
    if args.get("sector") == "cement":
        args["sector"] = "nonmetallic_minerals"
    assert {k: args.get(k) for k in expected} == expected
    for call in calls:
        get_tool(call.tool).read(call.args)


@pytest.mark.parametrize(("question", "tool"), OTHERS, ids=[q for q, _ in OTHERS])
def test_neighbours_keep_their_questions(question: str, tool: str) -> None:
    calls = plan(question, Before()).calls
    assert calls and {c.tool for c in calls} <= {tool, "calculate"}


@pytest.mark.parametrize(
    "question",
    [
        "Rank the provinces by income-based emissions",
        "收入侧碳排放最高的是哪些省",
        "Which province has the lowest footprint per capita?",
        "人均碳足迹最高的省份",
    ],
)
def test_a_ranking_that_is_not_made_is_refused(question: str) -> None:
    made = plan(question, Before())
    assert made.status == "refused" and not made.calls


def test_what_no_argument_holds_is_said() -> None:
    made = plan("Consumption-based footprint per head of Hunan", Before())
    assert made.calls and any("totals only" in note.en for note in made.notes)
