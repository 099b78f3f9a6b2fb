"""A stand-in engine for the page's tests: it tells the events of a canned answer in either language.

Its figures only fill the page; nothing here is an answer of Tanlu.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from assistant.answer import (
    Answer,
    AnswerCall,
    AnswerChart,
    AnswerCitation,
    AnswerColumn,
    AnswerFact,
    AnswerSource,
    AnswerTable,
    Audit,
    DatasetName,
)
from assistant.events import ChartReady, Done, Event, Started, Step, TextPiece
from assistant.language import detect
from assistant.ledger import Call, Ids
from data.errors import NotAvailable
from data.text import Language, Text
from tests.charts import samples
from tools.charts.render import render
from tools.charts.specs import Chart
from tools.result import Account, Basis, Fact, Result, Section

CHARTS = {
    "C1": samples.TREEMAP, "C2": samples.FAN, "C3": samples.TIMELINE, "C4": samples.WEDGE, "C5": samples.SANKEY,
    "C6": samples.NETWORK, "C7": samples.TILEMAP,
}  # fmt: skip
TEXT = Text(
    """# 广东省2060年碳中和时间表与产业投入产出路线图（情景分析）

2017年广东范围一排放为 5.57亿吨 [F1]，其中电力、热力的生产和供应排放 2.98亿吨 [F2]，占 53.5% [F3]。在2060中和反演情景下，净排放由
2020年的 5.74亿吨 [F4] 降至2035年的 4.80亿吨（区间 4.47亿吨–5.23亿吨） [F5]，2060年降至零附近；达峰窗口为2027—2032年，中心年系
假设。国家提出2030年前碳达峰 [P1]，广东的试点碳市场安排见 [P2]。

情景非预测，非省级目标；未见官方公布的广东逐年路径。

## 1 现状与口径

**表：2017年广东分行业排放** [B1]

| 行业 | 排放（万吨） | 占比（%） | 全国位次 |
| --- | --- | --- | --- |
| 电力、热力的生产和供应 | 29,780 [F2] | 53.5 [F3] | 4 [F6] |
| 非金属矿物制品 | 7,820 [F7] | 14.0 [F8] | 6 [F9] |
| 交通运输、仓储和邮政 | 7,130 [F10] | 12.8 [F11] | 1 [F12] |
| 金属冶炼和压延加工品 | 3,310 [F13] | 5.9 [F14] | 14 [F15] |
| 西藏的对应行业 | 无数据 | — | — |

[[C1]]

## 2 时间表

净排放在三种情景下的路径见图；阴影是落实风险区间，并非概率。

[[C2]]

[[C3]]

## 3 减哪

- 电力清洁化贡献最大，其次为能效提升与终端电气化。
- 上游的**煤炭开采**与**金属冶炼**须同步推进 [P3]。

[[C4]]

[[C5]]

## 5 投入产出路线图（估算表）

产业骨架网络按隐含碳取前5%的边。

[[C6]]

## 9 口径说明

CO2 范围为能源与水泥过程；不含其他温室气体；西藏无数据。
""",
    """# Guangdong: timetable and input-output roadmap to carbon neutrality by 2060 (scenario analysis)

In 2017 Guangdong's scope 1 emissions were 556.9 Mt CO2 [F1], of which production and supply of electricity and heat
emitted 297.8 Mt CO2 [F2], or 53.5% [F3]. In the net zero 2060 backcast net emissions fall from 574.0 Mt CO2 [F4] in 2020
to 480.0 Mt CO2 (range 447.0–523.0 Mt CO2) [F5] in 2035 and to about zero in 2060; the peak window is 2027–2032, its
middle year an assumption. The nation aims to peak before 2030 [P1]; for Guangdong's pilot market see [P2].

Scenarios are not forecasts and not provincial targets; no official annual path for Guangdong was found.

## 1 Where things stand

**Table: emissions of Guangdong by sector, 2017** [B1]

| Sector | Emissions (Mt CO2) | Share (%) | Rank |
| --- | --- | --- | --- |
| Production and supply of electricity and heat | 297.8 [F2] | 53.5 [F3] | 4 [F6] |
| Nonmetal mineral products | 78.2 [F7] | 14.0 [F8] | 6 [F9] |
| Transport, storage and post | 71.3 [F10] | 12.8 [F11] | 1 [F12] |
| Smelting and pressing of metals | 33.1 [F13] | 5.9 [F14] | 14 [F15] |
| The same in Tibet | no data | — | — |

[[C1]]

## 2 Timetable

The paths of net emissions in three scenarios; shaded bands are delivery-risk ranges, not probabilities.

[[C2]]

[[C3]]

## 3 What to cut

- Clean power contributes most, then efficiency and electrification.
- Upstream **coal mining** and **metal smelting** must move together [P3].

[[C4]]

[[C5]]

## 5 Input-output roadmap (estimated table)

The backbone keeps the top 5% of edges by embodied carbon.

[[C6]]

## 9 Scope notes

CO2 of energy and cement process; no other greenhouse gases; no data for Tibet.
""",
)
STEPS = (
    ("T1", "figures", Text("读取广东分行业排放", "Read Guangdong's emissions by sector"), 0.04),
    ("T2", "roadmap", Text("计算2017—2060年情景", "Compute scenarios 2017–2060"), 1.37),
    ("T3", "chain_partners", Text("寻找产业链对", "Find pairs along the chain"), 0.22),
    ("T4", "policy_search", Text("检索政策条款", "Search policy clauses"), 0.08),
)
CAVEAT = Text("各省合计大于全国", "Provinces sum to more than the nation")
SUGGESTIONS = (
    Text("如果去掉CCUS，广东2060年差多少？", "How large is the gap in 2060 without CCUS?"),
    Text("外来电少10%会怎样？", "What if imported power were 10% lower?"),
    Text("广东电力的碳强度在全国排第几？", "How does Guangdong's power intensity rank?"),
)


def _facts(language: Language) -> list[AnswerFact]:
    zh = language == "zh"
    basis = [Basis.OBSERVED, Basis.DERIVED, Basis.ESTIMATED, Basis.PROJECTED]
    values = [556.86, 297.8, 53.5, 574.0, 480.0, 4, 78.2, 14.0, 6, 71.3, 12.8, 1, 33.1, 5.9, 14]
    units = {2: "%", 5: "rank", 7: "%", 8: "rank", 10: "%", 11: "rank", 13: "%", 14: "rank"}
    return [
        AnswerFact(
            id=f"F{i + 1}",
            label=("广东的排放" if zh else "emissions of Guangdong") + f" {i + 1}",
            value=value,
            unit=units.get(i, "Mt CO2"),
            region="Guangdong",
            sector=None,
            year=2035 if i == 4 else 2017,
            account=Account.NET if i in (3, 4) else Account.SCOPE1,
            scenario=("2060中和反演" if zh else "net zero 2060") if i == 4 else None,
            basis=basis[3] if i == 4 else basis[i % 3],
            source="starter/co2",
            tool_call="T1",
        )
        for i, value in enumerate(values)
    ]


def _citations(language: Language) -> list[AnswerCitation]:
    zh = language == "zh"
    titles = [("2030年前碳达峰行动方案", "Action Plan for Carbon Peaking Before 2030"), ("示例文件二", "Document two")]
    return [
        AnswerCitation(
            id=f"P{i + 1}",
            document=f"document-{i + 1}",
            title=titles[min(i, 1)][0 if zh else 1],
            clause="一" if zh else "1",
            url="https://www.gov.cn/",
            digest="摘要文字。" if zh else "A digest in our words.",
            verified=i == 0,
        )
        for i in range(3)
    ]


class FakeLedger:
    """The evidence of the canned answers, in both languages."""

    def calls(self, conversation: str, answer: str) -> list[Call]:
        """One call per step; the first carries the facts."""
        sections = (
            Section(
                heading=Text("5 投入产出路线图（估算表）", "5 Input-output roadmap (estimated table)"), folded=True
            ),
            Section(heading=Text("9 口径说明", "9 Scope notes"), folded=True),
        )
        facts = tuple(
            Fact(label=Text(zh.label, en.label), value=zh.value, unit=zh.unit, basis=zh.basis, source="co2")
            for zh, en in zip(_facts("zh"), _facts("en"), strict=True)
        )
        ids = Ids(facts=tuple(f.id for f in _facts("zh")))
        whole = Result(title=STEPS[0][2], facts=facts, sections=sections, caveats=(CAVEAT,), suggestions=SUGGESTIONS)
        return [
            Call(
                id=name,
                tool=tool,
                title=title,
                arguments={},
                seconds=seconds,
                result=whole if name == "T1" else Result(title=title),
                ids=ids if name == "T1" else Ids(),
            )
            for name, tool, title, seconds in STEPS
        ]


class FakeEngine:
    """The page's ``Engine``; ``pace`` is the pause in seconds between two events."""

    def __init__(self, pace: float = 0.05) -> None:
        self.pace = pace
        self.asked: list[str] = []
        self.ledger = FakeLedger()
        self._answers: dict[str, list[Answer]] = {}

    async def ask(
        self,
        question: str,
        *,
        conversation: str | None = None,
        language: Language | None = None,
        model: str | None = None,
    ) -> AsyncIterator[Event]:
        """The canned answer; a question with "boom" breaks, one with "slow" takes its time."""
        tongue: Language = language or detect(question, "zh")
        self.asked.append(question)
        number = sum(len(a) for a in self._answers.values()) + 1
        talk = conversation or f"talk{number}"
        answer = self._answer(question, f"answer{number}", talk, tongue)
        yield Started(answer=answer.id, conversation=talk, language=tongue, model="planner")
        for name, tool, title, seconds in STEPS:
            step = {"id": name, "tool": tool, "title": title.to(tongue), "arguments": {}}
            yield Step(**step, status="running")
            await asyncio.sleep(30 if "slow" in question else self.pace)
            if "boom" in question:
                raise RuntimeError("a secret of the machine: /etc/passwd")
            yield Step(**step, status="ok", seconds=seconds)
        for chart in answer.charts:
            yield ChartReady(id=chart.id, kind=chart.kind, title=chart.title)
        for piece in TEXT.to(tongue).split("\n\n"):
            await asyncio.sleep(self.pace)
            yield TextPiece(text=piece + "\n\n")
        self._answers.setdefault(talk, []).append(answer)
        yield Done(answer=answer)

    def _answer(self, question: str, name: str, talk: str, language: Language) -> Answer:
        facts = _facts(language)
        return Answer(
            id=name,
            conversation=talk,
            question=question,
            created="2026-01-01T00:00:00Z",
            answer=TEXT.to(language),
            language=language,
            status="answered",
            model="planner",
            dataset=DatasetName(id="starter", version="1"),
            facts=facts,
            citations=_citations(language),
            tables=[
                AnswerTable(
                    id="B1", title="T", columns=[AnswerColumn(name="a")], rows=[["x"]], total_rows=1, truncated=False
                )
            ],
            charts=[
                AnswerChart(id=i, kind=c.kind, title=c.title.to(language), figure=render(c, language))
                for i, c in CHARTS.items()
            ],
            tool_calls=[
                AnswerCall(id=i, tool=tool, arguments={}, seconds=seconds, status="ok") for i, tool, _, seconds in STEPS
            ],
            sources=[
                AnswerSource(
                    id="co2",
                    citation="Guan, Y. et al. (2021). Assessment to China's recent emission pattern shifts. "
                    "Earth's Future 9(11).",
                    licence="CEADs",
                    url="https://www.ceads.net/",
                )
            ],
            method=["Leontief: x = (I - A)^-1 y"],
            caveats=[CAVEAT.to(language)],
            audit=Audit(figures=15, supported=15),
            suggestions=[s.to(language) for s in SUGGESTIONS],
        )

    def chart(self, conversation: str, chart: str) -> Chart:
        """The canned chart."""
        if chart not in CHARTS:
            raise NotAvailable("no_chart", Text("没有这张图。", "There is no such chart."))
        return CHARTS[chart]

    def answers(self, conversation: str) -> list[Answer]:
        """The answers told so far."""
        if conversation not in self._answers:
            raise NotAvailable("no_conversation", Text("没有这段对话。", "There is no such conversation."))
        return self._answers[conversation]
