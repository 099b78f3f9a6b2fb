"""All tools together: questions of ordinary people reach the tool that answers them, none of its neighbours.

The questions stand in ``together.txt``, by tool; what follows `` => `` are arguments that matter, as JSON.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from assistant.planner.normal import has_chinese
from data.classification import find_sector
from tools.registry import LISTED, get_tool


def _asked() -> list[tuple[str, str, dict[str, Any]]]:
    tool, out = "", []
    for line in (Path(__file__).parent / "together.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            tool = line[1:-1]
        elif line and not line.startswith("#"):
            question, _, wanted = line.partition(" => ")
            out.append((question, tool, json.loads(wanted) if wanted else {}))
    return out


ASKED = _asked()
COUNTED = ("own_table",)  # answers only where a table of the asker's own is installed: tests of its own
LEAST = 15


@pytest.mark.parametrize(("question", "tool", "wanted"), ASKED, ids=[f"{t}-{q}" for q, t, _ in ASKED])
def test_reaches_its_tool(question: str, tool: str, wanted: dict[str, Any]) -> None:
    decided = plan(question, Before())
    assert decided.calls, decided.reason
    assert decided.calls[0].tool == tool, decided.calls
    args = {k: find_sector(v).key if k == "sector" and v else v for k, v in decided.calls[0].args.items()}
    assert {k: args.get(k) for k in wanted} == wanted


def test_the_calls_are_well_formed() -> None:
    """Every argument made is one that the tool's own declaration takes."""
    for question, tool, _ in ASKED:
        for call in plan(question, Before()).calls:
            if call.tool != "calculate" and tool != "about":
                get_tool(call.tool).read(call.args)


def test_every_older_tool_is_asked_in_both_languages() -> None:
    listed = {name for _, name in LISTED}
    said = Counter((tool, has_chinese(question)) for question, tool, _ in ASKED)
    tools = {tool for _, tool, _ in ASKED}
    assert tools <= listed and len(tools) >= 29
    for tool in tools - {"sql"}:
        assert said[tool, True] + said[tool, False] >= LEAST and said[tool, True] and said[tool, False], tool


# Words of the lanes that name nothing the data hold when they stand alone beside a place.
UNHELD = [
    "广东2017年投资", "广东购买力", "Fixed investment of Guangdong", "广东2018年财政支出", "Government spending of Hebei 2018",
    "Guangdong purchases 2018", "广东2017年项目数量", "河北2015年价格指数", "Price index of Hebei 2015", "江苏2018年贸易额",
    "广东2018年投资额", "广东2016年消费", "Trade of Guangdong 2017", "山西依赖度2018", "北京2018年采购额", "北京2018年买房",
    "广东2017年投产", "Exports of Guangdong 2018", "江苏社区数量2018", "hubs of Hebei 2018", "江苏2018年账户数", "广东2018年用户",
    "江苏2018年贡献", "广东2018年弹性", "Hebei 2018 project", "广东减产2018", "江苏2017年低碳",
]  # fmt: skip


@pytest.mark.parametrize("question", UNHELD)
def test_a_lane_s_word_is_no_figure_by_itself(question: str) -> None:
    decided = plan(question, Before())
    assert decided.status == "refused" and not decided.calls, decided.calls
