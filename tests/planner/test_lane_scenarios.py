"""Paraphrases of questions for paths side by side, milestones and sensitivity; and questions that stay with other tools."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before

ASKED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("比较广东和江苏的碳中和路径", "compare", {"places": ["Guangdong", "Jiangsu"]}),
    ("Compare the neutrality pathways of Guangdong and Jiangsu", "compare", {"places": ["Guangdong", "Jiangsu"]}),
    ("比较一下北京、上海、天津2060年的净零路径", "compare", {"places": ["Beijing", "Shanghai", "Tianjin"], "years": [2060]}),
    ("全国三种情景并列对比", "compare", {"places": ["China"]}),
    ("Set the three scenarios of China side by side", "compare", {"places": ["China"]}),
    ("山东双碳情景与加速情景2030年和2060年差多少", "compare", {"scenarios": ["dual_carbon", "accelerated"], "years": [2030, 2060]}),
    ("Compare current policies with dual carbon for Sichuan in 2040", "compare", {"scenarios": ["current_policies", "dual_carbon"], "years": [2040]}),
    ("比较四川现行政策和双碳情景", "compare", {"scenarios": ["current_policies", "dual_carbon"]}),
    ("浙江2055年中和与2060年中和两条路径对比", "compare", {"target_years": [2055, 2060]}),
    ("Zhejiang neutral by 2055 against neutral by 2060: compare", "compare", {"target_years": [2055, 2060]}),
    ("若湖北不用CCUS或增速高1个百分点，两种情况对比", "compare", {"variants": ["若湖北不用CCUS", "增速高1个百分点"]}),
    ("Guangdong vs Zhejiang pathways to net zero in 2060", "compare", {"places": ["Guangdong", "Zhejiang"]}),
    ("广东、江苏、浙江2035年排放各是多少", "compare", {"years": [2035]}),
    ("广东电力行业哪一年排放减半、哪一年减九成？", "milestones", {"place": "Guangdong", "sector": "power_heat"}),
    ("In which year are Guangdong's power emissions halved, and down 90 %?", "milestones", {"sector": "power_heat"}),
    ("全国碳捕集2030、2035、2045、2060年部署到什么程度？", "milestones", {"lever": "CCUS", "years": [2030, 2035, 2045, 2060]}),
    ("How far is carbon capture deployed in China in 2030 and 2045?", "milestones", {"lever": "CCUS", "years": [2030, 2045]}),
    ("河北钢铁行业的减排里程碑", "milestones", {"place": "Hebei"}),
    ("江苏各行业和各项措施的减碳里程碑甘特图", "milestones", {"place": "Jiangsu"}),
    ("加速情景下山西氢能替代的部署进度", "milestones", {"lever": "H2", "scenario": "accelerated"}),
    ("山东水泥行业何时能减排一半", "milestones", {"place": "Shandong"}),
    ("广东的碳中和路径对哪些假设最敏感？", "sensitivity", {"place": "Guangdong"}),
    ("Which assumptions matter most for Guangdong's pathway?", "sensitivity", {"place": "Guangdong"}),
    ("全国2060年排放的不确定性主要来自哪些因素？", "sensitivity", {"place": "China", "years": [2060]}),
    ("What drives the uncertainty of China's emissions in 2060?", "sensitivity", {"years": [2060]}),
    ("哪些参数决定山东的达峰年份？", "sensitivity", {"place": "Shandong"}),
    ("Draw a tornado chart of Jiangsu's emissions in 2035", "sensitivity", {"years": [2035]}),
    ("How sensitive is Fujian's peak year to the assumptions?", "sensitivity", {"place": "Fujian"}),
    ("广东2030年和2060年的排放分别会是多少", "roadmap", {"years": [2030, 2060]}),
    ("What will Hebei's emissions be in 2030 and 2060?", "roadmap", {"years": [2030, 2060]}),
    ("如果不用CCUS，内蒙古2030年和2060年的排放会怎样", "roadmap", {"years": [2030, 2060], "overrides": [{"kind": "no_ccus"}]}),
)  # fmt: skip
ELSEWHERE: tuple[tuple[str, str], ...] = (
    ("比较广东和江苏2017年的碳排放", "figures"),
    ("广东和江苏2012年排放差多少", "figures"),
    ("哪些因素推动了广东2012到2017年排放变化", "drivers"),
    ("若钢铁减产一半会怎样", "shock"),
    ("十四五碳强度目标是多少", "targets"),
    ("比较京津冀和长三角的碳强度", "figures"),
    ("广东2060年碳中和路线图", "roadmap"),
)


@pytest.mark.parametrize(("question", "tool", "wanted"), ASKED, ids=[q for q, _, _ in ASKED])
def test_reaches_its_tool(question: str, tool: str, wanted: dict[str, Any]) -> None:
    decided = plan(question, Before())
    assert decided.calls, decided.reason
    call = decided.calls[0]
    assert call.tool == tool and {k: call.args.get(k) for k in wanted} == wanted


@pytest.mark.parametrize(("question", "tool"), ELSEWHERE)
def test_takes_nothing_from_others(question: str, tool: str) -> None:
    assert plan(question, Before()).calls[0].tool == tool
