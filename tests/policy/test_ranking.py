"""Which target a question finds: named figures, upper limits, fields of action and intensities."""

from __future__ import annotations

import pytest

from tools.declare import Context
from tools.policy.match import find_targets
from tools.policy.question import read_question
from tools.policy.rows import all_targets


@pytest.mark.parametrize(
    ("question", "topic", "value"),
    [
        ("炼油产能上限是多少", "原油一次加工能力", 1000),
        ("炼油产能不超过多少", "原油一次加工能力", 1000),
        ("What is the cap on refining capacity?", "原油一次加工能力", 1000),
        ("水泥产能目标", "水泥熟料产能", 1800),
        ("cement capacity in 2025", "水泥熟料产能", 1800),
        ("建筑领域50%是什么目标", "新建公共机构建筑、厂房屋顶光伏覆盖率", 50),
        ("建筑8%的目标是什么", "城镇建筑可再生能源替代率", 8),
        ("钢铁减排5300万吨的目标", "改造减排量", 53),
        ("steel target of 53 Mt CO2", "改造减排量", 53),
        ("SBTi的4.2%目标是什么", "范围1、2年线性降幅（1.5°C）", 4.2),
        ("公共机构能耗强度下降多少", "公共机构单位建筑面积能耗", 5),
        ("Carbon intensity target of public institutions", "公共机构单位建筑面积碳排放", 7),
        ("煤炭消费什么时候达峰", "煤炭消费达峰", 2030),
        ("十四五碳强度目标", "单位GDP二氧化碳排放", 18),
    ],
)
def test_the_first_target(context: Context, question: str, topic: str, value: float) -> None:
    match = find_targets(all_targets(context.warehouse), read_question(question, context.library))
    assert (match.rows[0].topic_zh, match.rows[0].value) == (topic, value)


def test_transport_2030_lists_transport_alone(context: Context) -> None:
    match = find_targets(all_targets(context.warehouse), read_question("2030年交通运输目标", context.library))
    assert {(t.sector, t.target_year) for t in match.rows} == {("transport", 2030)}
