"""Questions on networks: which are for the tool ``network``, how they are compiled, and what it leaves to others."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before

QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("广东产业网络中哪些行业最居中心", {"place": "Guangdong"}),
    ("各省隐含碳网络的核心是谁", {"level": "provinces", "flow": "carbon"}),
    ("Which provinces are the hubs of China's embodied-carbon network?", {"level": "provinces", "flow": "carbon"}),
    ("betweenness of Hebei's sectors", {"place": "Hebei", "measure": "betweenness"}),
    ("河北各行业的中介中心性", {"place": "Hebei", "measure": "betweenness"}),
    ("江苏的产业集群（社区划分）", {"place": "Jiangsu", "measure": "communities"}),
    ("Communities of sectors in Zhejiang", {"place": "Zhejiang", "measure": "communities"}),
    ("有哪些网络指标，各是什么意思？", {"explain": True}),
    ("Which network measures are there and what do they mean?", {"explain": True}),
    ("中介中心性是什么意思", {"explain": True, "measure": "betweenness"}),
    ("What does betweenness centrality mean?", {"explain": True, "measure": "betweenness"}),
    ("PageRank of Guangdong's industries", {"place": "Guangdong", "measure": "pagerank"}),
    ("四川产业网络里PageRank最高的五个行业", {"place": "Sichuan", "measure": "pagerank", "top": 5}),
    ("画河北隐含碳网络", {"place": "Hebei", "flow": "carbon"}),
    ("全国省际产品流量网络中谁是枢纽", {"level": "provinces"}),
    ("Which sectors are most central in Shandong's embodied-carbon network?", {"place": "Shandong", "flow": "carbon"}),
    ("Which sectors of Hebei are most central?", {"place": "Hebei"}),
    ("用差异过滤画湖北产业网络骨架", {"place": "Hubei", "backbone": "disparity"}),
    ("disparity filter backbone of Henan's industry network", {"place": "Henan", "backbone": "disparity"}),
    ("山东在全国省际隐含碳网络中的中心性如何", {"place": "Shandong", "level": "provinces", "flow": "carbon"}),
    (
        "长三角分省分行业隐含碳网络的核心节点",
        {"place": "Yangtze River Delta", "level": "province_sectors", "flow": "carbon"},
    ),
    ("广东的电子行业在全国产业网络中居什么位置", {"place": "Guangdong", "level": "province_sectors"}),
    ("eigenvector centrality of China's sectors", {"measure": "eigenvector"}),
    ("哪些省的隐含碳出强度最高", {"level": "provinces", "flow": "carbon", "measure": "out_strength"}),
    ("聚类系数最高的行业有哪些，浙江", {"place": "Zhejiang", "measure": "clustering"}),
    ("省际隐含碳桑基图", {"level": "provinces", "flow": "carbon", "form": "sankey"}),
    ("Sankey of embodied carbon between provinces", {"level": "provinces", "flow": "carbon", "form": "sankey"}),
    (
        "取最大的10%流量，山西产业网络中中介中心性最高的是谁",
        {"place": "Shanxi", "share": 10.0, "measure": "betweenness"},
    ),
    ("Which industries in Anhui act as hubs of the production network?", {"place": "Anhui"}),
    ("陕西各行业的卡茨中心性", {"place": "Shaanxi", "measure": "katz"}),
    ("中间品隐含碳网络中哪些行业居中心，全国", {"flow": "deliveries"}),
    (
        "how do the provinces cluster in embodied carbon",
        {"level": "provinces", "flow": "carbon", "measure": "communities"},
    ),
    ("上海的产业网络有哪些社区", {"place": "Shanghai", "measure": "communities"}),
    ("Closeness of sectors in Hubei's money flow network", {"place": "Hubei", "flow": "money", "measure": "closeness"}),
    ("安徽资金流网络的中介中心性", {"place": "Anhui", "flow": "money", "measure": "betweenness"}),
    (
        "Communities of the provincial embodied-carbon network",
        {"level": "provinces", "flow": "carbon", "measure": "communities"},
    ),
    ("浙江产业网络里谁的地位最重要", {"place": "Zhejiang"}),
    ("authority scores of sectors in Tianjin", {"place": "Tianjin", "measure": "authority"}),
    (
        "What are the communities in the provinces' embodied-carbon network?",
        {"level": "provinces", "flow": "carbon", "measure": "communities"},
    ),
    ("全国各省各行业隐含碳网络中最大的枢纽", {"level": "province_sectors", "flow": "carbon"}),
    ("广东用差异过滤（显著性0.01）的骨架", {"place": "Guangdong", "backbone": "disparity", "alpha": 0.01}),
    ("京津冀各省之间的隐含碳网络", {"place": "Beijing-Tianjin-Hebei", "level": "provinces", "flow": "carbon"}),
]
OTHERS: list[tuple[str, str]] = [
    ("画湖北产业网络图", "industry_map"),
    ("江苏的关键部门有哪些", "linkages"),
    ("氢能产业集群政策", "policy_search"),
    ("世界级先进制造业集群的目标", "targets"),
    ("全国碳市场的核心是什么", "policy_search"),
    ("中部地区2017年碳排放", "figures"),
    ("Central provinces' CO2 in 2017", "figures"),
    ("省际隐含碳流动热力图", "embodied_trade"),
    ("数据中心碳排放", "figures"),
]


@pytest.mark.parametrize(("question", "expected"), QUESTIONS, ids=[q for q, _ in QUESTIONS])
def test_compiled_for_the_network(question: str, expected: dict[str, Any]) -> None:
    calls = plan(question, Before()).calls
    assert [c.tool for c in calls] == ["network"]
    assert calls[0].args == expected


@pytest.mark.parametrize(("question", "tool"), OTHERS, ids=[q for q, _ in OTHERS])
def test_left_to_others(question: str, tool: str) -> None:
    assert plan(question, Before()).calls[0].tool == tool


@pytest.mark.parametrize("question", ["Nowhereland industry network centrality", "亚特兰蒂斯产业网络的中介中心性"])
def test_an_unknown_place_is_not_answered_with_china(question: str) -> None:
    found = plan(question, Before())
    assert found.status == "refused" or found.calls[0].args.get("place") not in (None, "China")


def test_several_measures_and_places_make_several_calls() -> None:
    calls = plan("closeness and betweenness of sectors in Fujian", Before()).calls
    assert [c.args["measure"] for c in calls] == ["betweenness", "closeness"]
    calls = plan("比较广东和江苏产业网络的特征向量中心性", Before()).calls
    assert [c.args["place"] for c in calls] == ["Guangdong", "Jiangsu"]


def test_another_place_asks_the_same_of_it() -> None:
    before = Before(
        tool="network",
        args={"place": "Hebei", "measure": "betweenness", "flow": "carbon"},
        question="河北隐含碳网络的中介中心性",
    )
    calls = plan("山西呢", before).calls
    assert calls[0].tool == "network"
    assert calls[0].args == {"place": "Shanxi", "measure": "betweenness", "flow": "carbon"}
