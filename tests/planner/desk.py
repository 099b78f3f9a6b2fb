"""A desk for dialogues: plans turn after turn over the messages that an engine would pass, with results made up for each call.

The results have the form of a tool's compact message: facts with region, year, account and scenario, a lead with their marks.
What is tested with it is what the planner makes of a conversation, never a figure.
"""

from __future__ import annotations

import json
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from assistant.planner.memory import split
from assistant.planner.own_figures import plan
from assistant.planner.plan import Call, Plan

_ROADMAP = (("gross", "总排放", 200.0), ("removals", "碳移除", 20.0), ("net", "净排放", 180.0))


class Desk:
    """One conversation. ``say`` plans a question and, where the plan has calls, puts their results on the table."""

    def __init__(self, step: float = 0.0) -> None:
        """``step`` is added to the figures of every call after the first."""
        self._step = step
        self.messages: list[BaseMessage] = []
        self._facts = 0
        self._calls = 0

    def say(self, question: str) -> Plan:
        """The plan for a question, after which its results (or its reply) belong to the conversation."""
        self.messages.append(HumanMessage(question))
        decided = plan(question, split(self.messages).before)
        if decided.calls:
            self._made(decided.calls)
        self.messages.append(AIMessage("…"))
        return decided

    def _made(self, calls: tuple[Call, ...]) -> None:
        named = []
        for call in calls:
            self._calls += 1
            named.append({"name": call.tool, "args": call.args, "id": f"c{self._calls}"})
        self.messages.append(AIMessage("", tool_calls=named))
        for made, call in zip(named, calls, strict=True):
            self.messages.append(
                ToolMessage(json.dumps(self._result(call), ensure_ascii=False), tool_call_id=made["id"])
            )

    def _result(self, call: Call) -> dict[str, Any]:
        facts = [self._fact(**f) for f in _facts_of(call)]
        lead = [f"{f['label']}为{f['shown']} [{f['id']}]。" for f in facts]
        return {
            "tool": call.tool, "status": "ok", "title": call.tool, "lead": lead, "sections": [], "facts": facts, "clauses": [],
            "tables": [{"id": f"B{self._calls}", "title": "表"}], "charts": [{"id": f"C{self._calls}", "kind": "line", "title": "图"}],
            "caveats": ["这是情景，不是预测。"], "method": ["按投入产出模型计算。"], "suggestions": ["那江苏呢？", "2060年呢？"],
        }  # fmt: skip

    def _fact(self, label: str, value: float, **more: Any) -> dict[str, Any]:
        self._facts += 1
        known = {k: v for k, v in more.items() if v is not None}
        value += self._step * (self._calls - 1)
        return {"id": f"F{self._facts}", "label": label, "value": value, "unit": "Mt CO2", "shown": f"{value}", **known}


def _facts_of(call: Call) -> list[dict[str, Any]]:
    """The facts of a call: of each place, the three accounts of a roadmap, one figure of any other tool."""
    args = call.args
    places = args.get("places") or [args.get("place", "China")]
    year = args.get("year") or next(iter(args.get("years") or ()), None) or args.get("target_year") or 2060
    out: list[dict[str, Any]] = []
    for i, place in enumerate(places):
        at = {"region": place, "year": year}
        if call.tool in ("roadmap", "compare", "backcast"):
            out += [{"label": f"{place}{year}年{name}", "value": value + i, "account": account, "basis": "projected",
                     "scenario": args.get("scenario", "dual_carbon"), **at} for account, name, value in _ROADMAP]  # fmt: skip
        else:
            out.append(
                {"label": f"{place}{year}年", "value": 100.0 + i, "account": "scope1", "basis": "observed", **at}
            )
    return out


def after(*turns: str) -> Plan:
    """The plan for the last of several turns."""
    desk = Desk()
    for turn in turns[:-1]:
        desk.say(turn)
    return desk.say(turns[-1])


def only(*turns: str) -> Call:
    """The one call that the last turn makes."""
    calls = after(*turns).calls
    assert len(calls) == 1, calls
    return calls[0]
