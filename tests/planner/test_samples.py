"""Questions offered after a refusal: near it, answerable, and different for different questions."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from assistant.engine import Assistant
from assistant.planner.compile import plan
from assistant.planner.memory import Before
from assistant.planner.samples import near, with_samples

_REFUSED = [
    "山东电价是多少", "What is the electricity price in Shandong?", "河北快递业碳排放", "Courier industry emissions in Hebei",
    "浙江数据中心有多少机架", "山西退煤会丢多少工作岗位", "广东旅游碳足迹",
    "四川碳税是多少", "Carbon tax of Sichuan", "西藏牦牛甲烷排放", "Rainfall in Hunan",
    "帮我订一张去上海的机票",
]  # fmt: skip


@pytest.mark.parametrize("question", _REFUSED)
def test_every_question_offered_can_be_planned(question: str) -> None:
    offered = near(question)
    assert len(offered) == len(set(offered)) == 4
    for sample, language in itertools.product(offered, ("zh", "en")):
        assert plan(sample.to(language), Before()).calls, sample  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("山东电价是多少", "山东"),
        ("Courier industry emissions in Hebei", "河北"),
        ("Rainfall in Hunan", "湖南"),
        ("西藏牦牛甲烷排放", "广东"),
    ],
)
def test_they_are_of_the_place_named_or_of_one_with_data(question: str, place: str) -> None:
    of_places = [s for s in near(question) if "2030年非化石" not in s.zh and "行动方案" not in s.zh]
    assert of_places and all(s.zh.startswith(place) for s in of_places)


def test_they_follow_the_theme() -> None:
    themes = {
        near(q)[0]
        for q in (
            "山东电价是多少",
            "山东旅游碳足迹",
            "山东碳税",
            "山东2050年预测",
            "山东快递业排放",
            "山东的企业碳数据",
        )
    }
    assert len(themes) == 6


def test_an_answer_has_no_samples() -> None:
    planned = plan("2017年广东碳排放", Before())
    assert with_samples(planned, "2017年广东碳排放") is planned


@pytest.mark.parametrize("question", ["山东电价是多少", "What is the electricity price in Shandong?"])
def test_they_are_suggestions_of_the_answer_and_stand_in_its_text(question: str) -> None:
    async def asked() -> object:
        async with Assistant() as assistant:
            return [event async for event in assistant.ask(question)][-1].answer  # type: ignore[union-attr]

    answer = asyncio.run(asked())
    assert answer.status == "refused" and len(answer.suggestions) == 4  # type: ignore[attr-defined]
    assert all(f"- {s}" in answer.answer for s in answer.suggestions)  # type: ignore[attr-defined]
