"""Questions that rank provinces in a scenario, as people put them; and those that stay with other tools."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before, remember
from tools.registry import get_tool

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("哪个省最后达峰？", {"indicator": "peak", "order": "desc"}),
    ("哪一个省份达峰最晚", {"indicator": "peak", "order": "desc"}),
    ("加速情景里最先达峰的是哪些省", {"indicator": "peak", "order": "asc", "scenario": "accelerated"}),
    ("有多少个省能在2029年前达峰", {"indicator": "peak", "before": 2029}),
    ("哪些省2028年以后才能达峰", {"indicator": "peak", "after": 2028}),
    ("西南几省谁先达峰", {"indicator": "peak", "order": "asc", "places": ["Southwest"]}),
    ("Which province is the last to peak?", {"indicator": "peak", "order": "desc"}),
    ("which provinces will peak before 2028 under current policies", {"indicator": "peak", "before": 2028, "scenario": "current_policies"}),
    ("2035年净排放最高的五个省", {"indicator": "net", "year": 2035, "limit": 5}),
    ("2045年哪个省排放最低", {"year": 2045, "order": "asc", "limit": 1}),
    ("把各省2050年净排放排个名", {"indicator": "net", "year": 2050}),
    ("Which three provinces will emit most in 2040?", {"year": 2040, "limit": 3}),
    ("2025年到2035年哪些省减得最多", {"of": "change", "since": 2025, "year": 2035, "order": "asc"}),
    ("which provinces cut emissions most from 2030 to 2050", {"of": "change", "since": 2030, "year": 2050, "order": "asc"}),
    ("2040年比2025年降幅最大的三个省", {"of": "growth", "since": 2025, "year": 2040, "order": "asc", "limit": 3}),
    ("十五五期间哪个省减排最多", {"of": "change", "since": 2025, "year": 2030, "order": "asc"}),
    ("2060年哪些省还有残余排放", {"year": 2060}),
    ("到2060年净排放仍大于零的省份", {"indicator": "net", "year": 2060, "above": 0.0}),
    ("Which provinces still have net emissions in 2055?", {"indicator": "net", "year": 2055, "above": 0.0}),
    ("2050年负排放的省有哪些", {"indicator": "net", "year": 2050, "below": 0.0}),
    ("2035年各省人均排放排名", {"indicator": "per_head", "year": 2035}),
    ("各省2030年单位GDP排放谁最高", {"indicator": "per_gdp", "year": 2030}),
    ("2035年哪些省人均排放超过12吨", {"indicator": "per_head", "year": 2035, "above": 12.0}),
    ("2030年非化石电力占比前五的省份", {"indicator": "nonfossil_power", "year": 2030, "limit": 5}),
    ("Rank provinces by non-fossil energy share in 2040", {"indicator": "nonfossil_energy", "year": 2040}),
    ("2035年净调入电量最多的省", {"indicator": "net_import", "year": 2035}),
    ("which provinces export the most electricity in 2040", {"indicator": "net_export", "year": 2040}),
    ("哪些省最需要CCUS", {"indicator": "captured_total"}),
    ("Which provinces rely most on carbon capture?", {"indicator": "captured_total"}),
    ("2045年碳捕集最多的五个省", {"indicator": "captured", "year": 2045, "limit": 5}),
    ("哪些省的陆上封存不够用", {"indicator": "storage_gap"}),
    ("哪些省份2060年前能实现碳中和", {"indicator": "net_zero", "before": 2060}),
    ("which provinces do not reach net zero by 2060", {"indicator": "net_zero", "after": 2060}),
    ("京津冀2035年谁排放最高", {"year": 2035, "places": ["Beijing-Tianjin-Hebei"]}),
    ("2040年火电排放最高的五个省", {"indicator": "gross", "year": 2040, "limit": 5}),
    ("山东2040年净排放排全国第几", {"indicator": "net", "year": 2040, "position_of": "Shandong"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "wanted"), ASKED, ids=[q for q, _ in ASKED])
def test_asked(question: str, wanted: dict[str, Any]) -> None:
    decided = plan(question, Before())
    assert [c.tool for c in decided.calls] == ["roadmap_ranking"], decided.reason
    args = dict(decided.calls[0].args)
    assert {k: args.get(k) for k in wanted} == wanted
    get_tool("roadmap_ranking").read(args)


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("2019年各省排放排名", "figures"),
        ("哪些省份的排放已经达峰", "figures"),
        ("哪些省2017年碳强度最高", "figures"),
        ("各省封存潜力谁最大", "figures"),
        ("哪些省提出了2030年前达峰", "targets"),
        ("Which provinces have pledged to peak before 2030?", "targets"),
        ("比较广东和江苏的碳中和路径", "compare"),
        ("广东2035年净排放是多少", "roadmap"),
        ("2035年广东哪些行业排放最高", "milestones"),
        ("哪些省实现了强脱钩", "decoupling"),
        ("广东2030年非化石能源占比", "roadmap"),
        ("各省消费侧排放排名", "footprint"),
        ("全国什么时候达峰", "targets"),
    ],
)
def test_takes_nothing_from_others(question: str, tool: str) -> None:
    assert plan(question, Before()).calls[0].tool == tool


@pytest.mark.parametrize(
    "question", ["2035年各省甲烷排放排名", "2040年各省房价谁最高", "Which provinces will have most methane in 2040?"]
)
def test_what_is_not_held_is_refused(question: str) -> None:
    decided = plan(question, Before())
    assert not decided.calls and decided.status == "refused"


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        ("加速情景呢", {"scenario": "accelerated"}), ("那2050年呢", {"year": 2050}), ("最低的呢", {"order": "asc"}),
        ("按人均呢", {"indicator": "per_head"}), ("长三角呢", {"places": ["Yangtze River Delta"]}), ("in 2045?", {"year": 2045}),
    ],
)  # fmt: skip
def test_a_follow_up_changes_what_it_names(question: str, changed: dict[str, Any]) -> None:
    asked = {"indicator": "net", "year": 2035, "limit": 5}
    decided = plan(question, remember("roadmap_ranking", asked, "2035年哪五个省净排放最高", None))
    assert [(c.tool, c.args) for c in decided.calls] == [("roadmap_ranking", {**asked, **changed})]
