"""Eight what-ifs asked in both languages: the same calls, and from them equal figures; a lever the model lacks is refused."""

from __future__ import annotations

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from data.errors import BadRequest
from tools.declare import Context
from tools.roadmap.tool import roadmap

PAIRS = (
    ("如果经济增速低1个百分点，山东2060年的排放会怎样？", "What if Shandong's growth is 1 point lower, emissions in 2060?"),
    ("若山东经济增速高0.5个百分点，2060年排放会怎样", "If Shandong's growth is 0.5 points higher, what are emissions in 2060?"),
    ("不用CCUS，内蒙古2060年排放会怎样？", "What will Inner Mongolia's emissions in 2060 be without CCUS?"),
    ("若浙江2035年非化石电力占比达到60%，排放会低多少", "If Zhejiang's non-fossil power share reaches 60 % in 2035, how much lower are emissions?"),
    ("上海能在2055年实现碳中和吗？", "Could Shanghai be carbon neutral by 2055?"),
    ("如果措施推迟3年，广东2060年排放会怎样", "If all measures come 3 years later, what are Guangdong's emissions in 2060?"),
    ("如果没有工程移除，河北2060年净排放会怎样", "What if Hebei had no engineered removals, net emissions in 2060?"),
    ("如果不用CCUS同时经济增速低1个百分点，江苏2060年排放会怎样", "What if Jiangsu had no CCUS and growth 1 point lower, emissions in 2060?"),
)  # fmt: skip


@pytest.mark.parametrize(("zh", "en"), PAIRS)
def test_both_languages_ask_the_same(context: Context, zh: str, en: str) -> None:
    calls = [plan(question, Before()).calls[0] for question in (zh, en)]
    assert [c.tool for c in calls] == ["roadmap", "roadmap"]
    first, second = (roadmap.call(c.args, context) for c in calls)
    shown = [[f.value for i in s.facts for f in (r.facts[i],)] for r in (first, second) for s in r.lead[:1]]
    assert shown[0] == pytest.approx(shown[1]) and shown[0]
    for said in first.lead:
        for n in range(len(said.facts)):
            assert f"{{{n}" in said.text.zh and f"{{{n}" in said.text.en


@pytest.mark.parametrize(
    "question", ["如果广东外来电比例提高到50%会怎样", "What if Guangdong's imported power share rises to 50 %?"]
)
def test_imported_power_is_refused_with_the_nearest_lever(context: Context, question: str) -> None:
    call = plan(question, Before()).calls[0]
    with pytest.raises(BadRequest, match="non-fossil share of the power used") as caught:
        roadmap.call(call.args, context)
    assert caught.value.code == "not_modelled"
